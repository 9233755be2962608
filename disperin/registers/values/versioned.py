"""Codes that mean one thing in one version of a list and another in the next: which version a text names for them."""

import re
from collections.abc import Collection

from disperin.ui.characters import plain_forms

_NUMBERS = re.compile(r"(?<![0-9])(?:[0-9]{4}-)?[0-9]+")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def with_named_version(text: str, versions: Collection[str]) -> list[str] | None:
    """The codes of a text in the version that it names, as “10794 (KBLI 2020)” does; None where it names none.

    Of a version that is not among these, of two, or of one that contradicts the code (2025-10794, KBLI 2020), there is
    none.
    """
    numbers = _NUMBERS.findall(plain_forms(text))
    named = list(dict.fromkeys(filter(_YEAR.fullmatch, numbers)))
    if not named:
        return None
    codes = [number if "-" in number else f"{named[0]}-{number}" for number in numbers if number not in named]
    is_one = len(named) == 1 and named[0] in versions and all(code.startswith(f"{named[0]}-") for code in codes)
    return list(dict.fromkeys(codes)) if is_one else []
