"""To which addresses may the server connect, whoever wrote the address?"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any, TypeAlias

from runtime.settings import Settings

Found: TypeAlias = tuple[Any, ...]
"""What socket.getaddrinfo gives for one address."""
Resolve: TypeAlias = Callable[[str, int], Iterable[Found]]
Address: TypeAlias = IPv4Address | IPv6Address

CARRIES_IPV4 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
"""Networks that point to the IPv4 address in their last four bytes."""
SHUT = (IPv4Network("192.0.0.0/24"), IPv4Network("100.64.0.0/10"))
"""What Python calls global or knows nothing of, and where clouds keep their secrets."""
LIMIT = 2**32


class NotAllowed(OSError):
    """The address is one that only the operator may allow; an OSError, as any failed connect."""


class NotFound(OSError):
    """No such host."""


def resolve(host: str, port: int) -> Iterable[Found]:
    """Ask the system for the addresses of a host."""
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


@dataclass(frozen=True, kw_only=True)
class Guard:
    """Decides at the moment of connecting, on the address itself: what a name meant before, how
    it is spelled and where it redirects makes no difference."""

    allowed: frozenset[tuple[str, int]] = field(default_factory=frozenset)
    """Hosts and ports inside that the operator opened."""
    resolve: Resolve = resolve

    @staticmethod
    def of(settings: Settings) -> Guard:
        """Return the guard that the operator's settings describe."""
        return Guard(allowed=frozenset(settings.inside))

    def connect(self, host: str, port: int, timeout: float) -> socket.socket:
        """Connect to a host outside, or to one inside that the operator opened. Raises OSError."""
        trouble: OSError | None = None
        for family, kind, protocol, _, address in self.addresses(host, port):
            opened = socket.socket(family, kind, protocol)
            opened.settimeout(timeout)
            try:
                opened.connect(address)
            except OSError as error:
                opened.close()
                trouble = error
            else:
                return opened
        raise trouble or NotFound(host)

    def addresses(self, host: str, port: int) -> tuple[Found, ...]:
        """Return the addresses of a host, if every one of them may be connected to. Raises
        NotAllowed and NotFound."""
        try:
            found = tuple(self.resolve(host, port))
        except (OSError, UnicodeError) as error:
            raise NotFound(host) from error
        if (host.lower(), port) not in self.allowed:
            inside = [each[4][0] for each in found if not is_outside(str(each[4][0]))]
            if inside:
                raise NotAllowed(f"{host} is {inside[0]}")
        return found


def is_outside(text: str) -> bool:
    """Tell whether an address belongs to the public network, and to nothing that points inside."""
    try:
        address = _meant(ip_address(text.partition("%")[0]))
    except ValueError:
        return False
    if any(address in network for network in SHUT):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _meant(address: Address) -> Address:
    if isinstance(address, IPv4Address):
        return address
    hidden = address.ipv4_mapped or address.sixtofour
    if hidden is None and address.teredo:
        hidden = address.teredo[1]
    if hidden is None and any(address in network for network in CARRIES_IPV4):
        hidden = IPv4Address(int(address) % LIMIT)
    return hidden or address
