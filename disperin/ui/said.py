"""Texts that are kept for readers of every language: each can be said again in another one than it was written in."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.functional import Promise

from disperin.ui import formats

_OTHERS = "in"  # of what is kept: the text in the languages that were not active, as far as they say something else


class Said(str):
    """A text in the language that was active when it was made; `again()` says it in the one that is active now."""

    __slots__ = ("again",)
    again: Callable[[], str]

    def __new__(cls, again: Callable[[], str]) -> "Said":
        text = super().__new__(cls, again())
        text.again = again
        return text

    def __mod__(self, values: Any) -> "Said":
        return _filled(self, values)


def anew(text: Any) -> Any:
    """A text in the language that is active now, if it knows more than one; anything else as it is."""
    return text.again() if isinstance(text, Said) else text


def gettext(text: str) -> Said:
    """As Django's."""
    return Said(lambda: translation.gettext(text))


def ngettext(single: str, many: str, number: int) -> Said:
    """As Django's."""
    return Said(lambda: translation.ngettext(single, many, number))


def figure(number: formats.Figure) -> Said:
    """As `formats.number`."""
    return Said(lambda: formats.number(number))


def of_error(error: ValidationError) -> str:
    """What one ValidationError says; to be said again, if it knows its text in more than one language."""
    text, params = error.message, error.params
    if isinstance(text, Said | Promise):
        return _filled(text, params)
    return str(text % params) if params else str(text)


def of_all(error: ValidationError) -> Said:
    """What a ValidationError and all that it gathers say, in one text."""
    return Said(lambda: " ".join(str(anew(of_error(entry))) for entry in error.error_list))


def _filled(text: Any, values: Any) -> Said:
    """A text and what it tells, each in the language that is active whenever it is said."""

    def again() -> str:
        said = {name: anew(value) for name, value in values.items()} if isinstance(values, Mapping) else anew(values)
        return str(anew(text) % said) if said else str(anew(text))

    return Said(again)


def kept(text: str) -> dict[str, Any]:
    """`message`, and beside it what it is in other languages, as JSON."""
    texts: dict[str, Any] = {"message": str(text)}
    if isinstance(text, Said):
        others = {}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                others[language] = str(text.again())
        if others := {language: other for language, other in others.items() if other != texts["message"]}:
            texts[_OTHERS] = others
    return texts


def now(texts: Mapping[str, Any]) -> dict[str, Any]:
    """What was kept, with its `message` in the language of the reader."""
    message = texts.get(_OTHERS, {}).get(translation.get_language(), texts["message"])
    return {name: text for name, text in texts.items() if name != _OTHERS} | {"message": message}
