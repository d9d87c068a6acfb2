"""The scripts and outlines that charts are drawn with, as files of the package.

Comes in: a name. Goes out: its bytes. `vega.js` is Vega, Vega-Lite and Vega-Embed as one module;
`world.json` holds outlines of countries under their ISO 3166-1 alpha-2 codes, to a tenth of a
degree. Where they come from and under which licences is said in NOTICE.txt beside them.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

__all__ = ["FILES", "bundle_file"]

FILES = {
    "vega.js": "text/javascript",
    "world.json": "application/json",
    "NOTICE.txt": "text/plain",
}
"""Files of the bundle, with their media types."""


@cache
def bundle_file(name: str) -> bytes:
    """The bytes of a file of the bundle.

    Raises:
        KeyError: there is none of this name.
    """
    if name not in FILES:
        raise KeyError(name)
    return (resources.files(__package__) / name).read_bytes()
