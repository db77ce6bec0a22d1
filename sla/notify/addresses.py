"""Which addresses a webhook may go to: public ones; private ones only where the machine's owner says so.

Whoever may name a URL could otherwise make this service call what stands beside it. The name is resolved here, each
of its addresses judged, and the connection made to that very address: a name that answers otherwise the second time
gains nothing.
"""

import ipaddress
import socket
from collections.abc import Iterable, Sequence
from urllib.parse import SplitResult, urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
LONGEST = 2000


class Unfit(ValueError):
    """An address that no webhook may go to: `rule` names which rule forbids it (see `sla.desk.endpoints`)."""

    def __init__(self, rule: str, value: str) -> None:
        super().__init__(f"{rule}: {value}")
        self.rule, self.value = rule, value


def checked_url(url: str, open_networks: Sequence[Network]) -> SplitResult:
    """A URL that could be called, as far as its text tells. Unfit otherwise."""
    if len(url) > LONGEST or any(not char.isprintable() or char.isspace() for char in url):
        raise Unfit("unreadable", url[:80])
    try:
        parts = urlsplit(url)
        port = parts.port
        (parts.hostname or "").encode("idna")  # as it will be looked up
    except ValueError as error:
        raise Unfit("unreadable", url[:80]) from error
    if parts.scheme not in ("https", "http") or not parts.hostname or port == 0:
        raise Unfit("unreadable", url[:80])
    if parts.username or parts.password:
        raise Unfit("credentials", parts.hostname)
    if parts.fragment:
        raise Unfit("unreadable", url[:80])
    literal = _literal(parts.hostname)
    if parts.scheme == "http" and not open_networks:
        raise Unfit("not_https", parts.hostname)
    if literal is not None:
        _check_named(literal, parts, open_networks)
    return parts


def check(addresses: Iterable[Address], scheme: str, open_networks: Sequence[Network]) -> None:
    """All that a name stands for, or Unfit: one private address among public ones is one too many."""
    for address in addresses:
        if any(address in network for network in open_networks if network.version == address.version):
            continue
        if scheme != "https":
            raise Unfit("not_https", str(address))
        if not _public(address):
            raise Unfit("private", str(address))


def _public(address: Address) -> bool:
    inner = _inner(address)
    if inner is not None:
        return _public(inner)
    if isinstance(address, ipaddress.IPv6Address) and address.is_site_local:
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _inner(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def _check_named(address: Address, parts: SplitResult, open_networks: Sequence[Network]) -> None:
    try:
        check([address], parts.scheme, open_networks)
    except Unfit as unfit:
        raise Unfit(unfit.rule, parts.hostname or "") from unfit


def _literal(host: str) -> Address | None:
    """The address that a host is by its text alone: `localhost` stands for this machine wherever it is looked up (RFC
    6761), and 2130706433 and 127.1 are 127.0.0.1 once looked up."""
    if host.removesuffix(".").rpartition(".")[2] == "localhost":
        return ipaddress.IPv4Address("127.0.0.1")
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return None
