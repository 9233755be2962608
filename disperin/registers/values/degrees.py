"""Degrees as people write them: 2°35'12" LS, 115,387 BT, S 2.58. Read alike on pages and in files."""

import re
from decimal import Decimal

_NUMBER = r"[0-9]{1,3}(?:[.,][0-9]+)?"
_SIDES = {
    "ls": (False, -1), "lintang selatan": (False, -1), "s": (False, -1),
    "lu": (False, 1), "lintang utara": (False, 1), "n": (False, 1),
    "bt": (True, 1), "bujur timur": (True, 1), "e": (True, 1),
    "bb": (True, -1), "bujur barat": (True, -1), "w": (True, -1),
}  # fmt: skip
_RAISED = "o(?= ?[0-9])"  # what becomes of º in its plain form; 2o alone may be 20
_SIDE = rf"(?:{'|'.join(_SIDES)})\.?"
_WRITTEN = re.compile(
    rf"(?:(?P<before>{_SIDE}) ?)?(?P<minus>[-\u2010-\u2015\u2212] ?)?(?P<degrees>{_NUMBER}) ?(?:[°˚]|{_RAISED})?"
    rf"(?:(?<=[°˚o]) ?(?P<minutes>{_NUMBER}) ?['’′](?: ?(?P<seconds>{_NUMBER}) ?(?:\"|”|″|''|’’|′′))?)?"
    rf"(?: ?(?P<after>{_SIDE}))?"
)
_SIXTY = 60
_KEPT = Decimal("0.000001")


def degrees_in(text: str, *, is_longitude: bool) -> Decimal | None:
    """The degrees that a text names, to six decimals (0.1 m); None for what is none, or of the other axis.

    South and west are negative. A minus beside a side that is positive contradicts it.
    """
    match = _WRITTEN.fullmatch(" ".join(text.lower().split()))
    if match is None or (match["before"] and match["after"]):
        return None
    axis, sign = _SIDES.get((match["before"] or match["after"] or "").rstrip("."), (is_longitude, 0))
    if axis != is_longitude or (match["minus"] and sign > 0):
        return None
    degrees, minutes, seconds = (_exact(match[name]) for name in ("degrees", "minutes", "seconds"))
    if (
        minutes >= _SIXTY
        or seconds >= _SIXTY
        or (match["minutes"] and degrees % 1)
        or (match["seconds"] and minutes % 1)
    ):
        return None
    exact = degrees + minutes / _SIXTY + seconds / _SIXTY**2
    return (-exact if match["minus"] or sign < 0 else exact).quantize(_KEPT).normalize()


def _exact(text: str | None) -> Decimal:
    return Decimal((text or "0").replace(",", "."))
