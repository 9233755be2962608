"""The input of a code: typed by hand, or chosen from suggestions that the page prints once."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms


class CodeInput(forms.TextInput):
    """A code typed by hand or chosen from suggestions (`list`: an HTML datalist that the page prints once)."""

    def __init__(self, suggestions: str, **attrs: Any) -> None:
        super().__init__({"list": suggestions, "autocomplete": "off", **attrs})

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """A code without the words that were typed or pasted behind it; what goes on in digits is all of one code.

        Where another code stands behind it nothing is left out: which of them is meant, the person has to say.
        """
        given = super().value_from_datadict(data, files, name)
        if not isinstance(given, str):
            return given
        code, _blank, rest = given.strip().partition(" ")
        return given.strip() if rest[:1].isdigit() or _names_one_like(code, rest) else code


def _names_one_like(code: str, rest: str) -> bool:
    """Whether another number with as many digits as a code stands in the words behind it."""
    digits = len(re.sub(r"[^0-9]", "", code.rpartition("-")[2]))
    return any(len(re.sub(r"[^0-9]", "", number)) == digits for number in re.findall(r"[0-9][0-9.]*", rest))
