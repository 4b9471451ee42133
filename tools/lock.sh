#!/bin/sh
# Resolves every dependency again, for all platforms, with hashes and without any registry host.
set -eu
cd "$(dirname "$0")/.."
lock() {
    out=$1
    shift
    {
        echo "# Written by 'make lock'. Installed with --require-hashes."
        .venv/bin/uv pip compile --quiet --no-config --universal --python-version 3.11 \
            --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
            --no-annotate ${UPGRADE:-} "$@"
    } >"$out.new"
    mv "$out.new" "$out"
}
lock requirements.lock pyproject.toml
lock requirements-dev.lock pyproject.toml --group dev -c requirements.lock
lock requirements-build.lock --group build -c requirements-dev.lock
lock requirements-node.lock --group assets -c requirements-dev.lock
