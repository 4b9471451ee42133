"""How does a folder become a store that any web server can serve?"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.packages.broken import BrokenPackage
from engine.packages.index import Index, index_of, pictures_of, place_of, sign_index
from engine.packages.package import Package, open_package
from engine.wording import Message
from runtime.packages.folder import read_package, write_whole

INDEX, SIGNATURE = "index.json", "index.sig"


def publish(package: Package, folder: Path, key: Ed25519PrivateKey | None) -> Index:
    """Lay a package into a store's folder and build its index anew. Raises BrokenPackage: what is
    published under a version stays as it is."""
    place, content = folder / place_of(package), package.bytes()
    if place.exists() and read_package(place) != content:
        message = Message("{file} 已经发布过，内容不同；请用新的版本号", file=place_of(package))
        raise BrokenPackage("index.published", message)
    packages = _packages(folder)
    index_of([*packages, package])
    write_whole(place, content)
    return build(folder, key)


def build(folder: Path, key: Ed25519PrivateKey | None) -> Index:
    """Write the index, the icons and the pictures of the packages in a folder. Raises
    BrokenPackage or BrokenApp if one of the packages is not sound."""
    packages = _packages(folder)
    index = index_of(packages)
    newest = {entry.app: entry.versions[0].version for entry in index.apps}
    for package in packages:
        if newest[package.manifest.app] == package.manifest.version:
            for name, content in pictures_of(package).items():
                write_whole(folder / name, content)
    if key is not None:
        index, signature = sign_index(index, key)
        write_whole(folder / SIGNATURE, signature)
    else:
        (folder / SIGNATURE).unlink(missing_ok=True)
    # The index goes last: whoever reads it finds everything that it names.
    write_whole(folder / INDEX, index.bytes())
    return index


def _packages(folder: Path) -> list[Package]:
    found = []
    for path in sorted((folder / "packages").glob("*.zip")):
        try:
            package = open_package(read_package(path))
        except BrokenPackage as broken:
            message = Message("{file}：{why}", file=path.name, why=broken.message)
            raise BrokenPackage(broken.code, message) from broken
        if place_of(package) != f"packages/{path.name}":
            message = Message("{file} 应叫 {name}", file=path.name, name=place_of(package))
            raise BrokenPackage("index.name", message)
        found.append(package)
    return found
