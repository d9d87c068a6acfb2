"""One page from the web, fetched safely: bounded in size, time and redirects, and never from inside
the house.

Comes in: an address. Goes out: the bytes with their content type and the address they came from in
the end. Every host is resolved here, each of its addresses must be public, and the connection goes
to the address that was checked, so that neither a redirect nor a changing name leads to a private
machine. No cookies, no log-in, no proxy.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import time
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx

from pactwatch.documents.decoding import MOST_BYTES
from pactwatch.errors import DocumentError

__all__ = ["Page", "fetch"]

_MOST_REDIRECTS = 5
_MOST_SECONDS = 60.0
_TIMEOUT = httpx.Timeout(15.0)
_HEADERS = {
    "User-Agent": "pactwatch/0.1 (reads reports about agreements between governments)",
    "Accept": "text/html,application/xhtml+xml,text/plain,text/markdown;q=0.9,*/*;q=0.1",
    "Accept-Encoding": "gzip, identity",
}
_TRANSLATED = tuple(
    map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What an address gave.

    Attributes:
        address: Where it came from after all redirects.
        data: The body, unpacked, at most `MOST_BYTES`.
        media_type: As the server names it, without parameters; "" if it does not.
        charset: The encoding the server names, if any.
    """

    address: str
    data: bytes
    media_type: str
    charset: str | None


def fetch(address: str, *, allow_private: bool | None = None) -> Page:
    """Fetch one page.

    Args:
        allow_private: Allow hosts of the local machine and network too; None asks the environment
            variable PACTWATCH_ALLOW_PRIVATE ("1" allows).

    Raises:
        DocumentError: the address is refused, does not answer, answers with an error, or gives too
            much.
    """
    private = (
        os.environ.get("PACTWATCH_ALLOW_PRIVATE") == "1" if allow_private is None else allow_private
    )
    deadline = time.monotonic() + _MOST_SECONDS
    here = address
    try:
        with httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client:
            for _ in range(_MOST_REDIRECTS + 1):
                answer = _ask(client, address, here, allow_private=private, deadline=deadline)
                if isinstance(answer, Page):
                    return answer
                here = urljoin(here, answer)
    except (
        httpx.HTTPError,
        httpx.InvalidURL,
        httpx.StreamError,
        OSError,
        UnicodeError,
        ValueError,
    ) as error:
        what = str(error) or type(error).__name__
        raise DocumentError(
            address, f"no answer ({what})", "Check the address, or try later"
        ) from error
    raise DocumentError(address, "too many redirects", "Save the page as a file instead")


def _ask(
    client: httpx.Client, asked: str, here: str, *, allow_private: bool, deadline: float
) -> Page | str:
    """Ask one address: its page, or where it redirects to."""
    url = httpx.URL(here)
    if url.scheme not in ("http", "https") or not url.host:
        raise DocumentError(
            asked, f"leads to {here}, no address of the web", "Use http:// or https://"
        )
    if url.userinfo:
        raise DocumentError(asked, "an address with a password in it", "Take the password out")
    numeric = _resolve(asked, url, allow_private=allow_private)
    request = client.build_request(
        "GET",
        url.copy_with(host=numeric),
        headers={**_HEADERS, "Host": url.netloc.decode("ascii")},
        extensions={"sni_hostname": url.raw_host.decode("ascii"), "timeout": _TIMEOUT.as_dict()},
    )
    response = client.send(request, stream=True)
    try:
        location = response.headers.get("location")
        if response.is_redirect and location:
            return str(location)
        if response.status_code != 200:
            raise DocumentError(
                asked,
                f"the server answers {response.status_code}",
                "Open it in a browser and save the page",
            )
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > MOST_BYTES:
                raise DocumentError(
                    asked, "more than 20 MB", "Save the part that matters as a file"
                )
            if time.monotonic() > deadline:
                raise DocumentError(
                    asked, "not loaded within a minute", "Try later, or save it as a file"
                )
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Page(
            address=here, data=bytes(data), media_type=media_type, charset=response.charset_encoding
        )
    finally:
        response.close()


def _resolve(asked: str, url: httpx.URL, *, allow_private: bool) -> str:
    """The numeric address to connect to, after all that the name stands for were found public."""
    host = url.raw_host.decode("ascii")
    found = socket.getaddrinfo(
        host, url.port or (443 if url.scheme == "https" else 80), type=socket.SOCK_STREAM
    )
    numeric = [str(entry[4][0]) for entry in found]
    if not allow_private and not all(map(_is_public, numeric)):
        raise DocumentError(
            asked,
            f"{host} lies in a local or private network",
            "Set PACTWATCH_ALLOW_PRIVATE=1 if that is meant",
        )
    return numeric[0]


def _is_public(numeric: str) -> bool:
    ip = ipaddress.ip_address(numeric.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            ip = ip.ipv4_mapped
        elif any(ip in network for network in _TRANSLATED):
            return False  # stands for an IPv4 address that was not checked
    return ip.is_global and not ip.is_multicast
