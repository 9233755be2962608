"""The pictures behind a map, if the office has an address for them: which hosts a browser must be let ask for them."""

import re

_ADDRESS = re.compile(
    r"(?:(?P<scheme>https://)(?P<any>\{s\}\.)?(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::[0-9]{1,5})?))?/[^/][^\s\"'<>\\]*",
    re.IGNORECASE,
)
_NAMES = ("a", "b", "c")  # what Leaflet puts in the place of {s}


def hosts_of(address: str) -> list[str]:
    """The hosts of an address such as `https://{s}.tiles.example.org/{z}/{x}/{y}.png`, as a policy names them.

    None for "" and for pictures of the portal's own host (`/tiles/{z}/{x}/{y}.png`). Raises ValueError for what would
    not work: another scheme, no place for zoom, column or row, a host that is none.
    """
    if not address:
        return []
    match = _ADDRESS.fullmatch(address)
    if match is None or not all(place in address for place in ("{z}", "{x}", "{y}")):
        text = "is no address of map tiles. Write https://<host>/<path> with {z}, {x} and {y}, or leave it empty."
        raise ValueError(f"“{address[:200]}” {text}")
    if not match["scheme"]:
        return []
    names = [f"{name}." for name in _NAMES] if match["any"] else [""]
    return [f"https://{name}{match['host'].lower()}" for name in names]
