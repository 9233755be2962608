"""The input of a code: typed by hand, or chosen from suggestions that the page prints once."""

from collections.abc import Mapping
from typing import Any

from django import forms


class CodeInput(forms.TextInput):
    """A code typed by hand or chosen from suggestions (`list`: an HTML datalist that the page prints once)."""

    def __init__(self, suggestions: str, **attrs: Any) -> None:
        super().__init__({"list": suggestions, "autocomplete": "off", **attrs})

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """A code without the words that were typed or pasted behind it; what goes on in digits is all of one code."""
        given = super().value_from_datadict(data, files, name)
        if not isinstance(given, str):
            return given
        code, _blank, rest = given.strip().partition(" ")
        return given.strip() if rest[:1].isdigit() else code
