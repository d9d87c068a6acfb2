"""Which machines may be asked: public ones, and none of the local machine and network.

Comes in: an address. Goes out: the numeric addresses that its host name stands for, each found
public. The connection then goes to one of these, so that a name that changes its meaning between
check and use (DNS rebinding) leads nowhere.
"""

from __future__ import annotations

import ipaddress
import socket

import httpx

from pactwatch.errors import DocumentError

__all__ = ["is_public", "resolve"]

_TRANSLATED = tuple(
    map(
        ipaddress.ip_network,
        ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "::ffff:0:0:0/96"),
    )
)
_PROTOCOLS = ipaddress.ip_network("192.0.0.0/24")


def resolve(asked: str, url: httpx.URL, *, allow_private: bool) -> list[str]:
    """The numeric addresses of a host.

    Args:
        asked: The address that the user named, for messages.

    Raises:
        DocumentError: the address is not of the web, holds a password, or leads to a private
            machine.
        OSError: the name stands for nothing.
    """
    if url.scheme not in ("http", "https") or not url.host:
        raise DocumentError(
            asked, f"leads to {url}, no address of the web", "Use http:// or https://"
        )
    if url.userinfo:
        raise DocumentError(asked, "an address with a password in it", "Take the password out")
    host = url.raw_host.decode("ascii")
    port = url.port or (443 if url.scheme == "https" else 80)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numeric = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not allow_private and not all(map(is_public, numeric)):
        raise DocumentError(
            asked,
            f"{host} lies in a local or private network",
            "Read it with --allow-private if that is meant",
        )
    return numeric


def is_public(numeric: str) -> bool:
    """Whether a numeric address is one of the public internet."""
    ip = ipaddress.ip_address(numeric.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            ip = ip.ipv4_mapped
        elif ip.is_site_local or any(ip in network for network in _TRANSLATED):
            return False  # stands for an IPv4 address that was not checked
    return ip.is_global and not ip.is_multicast and ip not in _PROTOCOLS
