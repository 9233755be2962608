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

    def __mod__(self, told: Any) -> "Said":
        return _filled(self, told)


def anew(text: Any) -> Any:
    """A text in the language that is active now, if it knows more than one; anything else as it is."""
    return text.again() if isinstance(text, Said) else text


def gettext(text: str) -> Said:
    """As Django's."""
    return Said(lambda: translation.gettext(text))


def ngettext(one: str, many: str, number: int) -> Said:
    """As Django's."""
    return Said(lambda: translation.ngettext(one, many, number))


def figure(number: formats.Figure) -> Said:
    """As `formats.number`."""
    return Said(lambda: formats.number(number))


def of_error(error: ValidationError) -> str:
    """What one ValidationError says; to be said again, if it knows its text in more than one language."""
    text, told = error.message, error.params
    if isinstance(text, Said | Promise):
        return _filled(text, told)
    return str(text % told) if told else str(text)


def of_all(error: ValidationError) -> Said:
    """What a ValidationError and all that it gathers say, in one text."""
    return Said(lambda: " ".join(str(anew(of_error(one))) for one in error.error_list))


def _filled(text: Any, told: Any) -> Said:
    """A text and what it tells, each in the language that is active whenever it is said."""

    def again() -> str:
        said = {name: anew(one) for name, one in told.items()} if isinstance(told, Mapping) else anew(told)
        return str(anew(text) % said) if said else str(anew(text))

    return Said(again)


def kept(text: str) -> dict[str, Any]:
    """`message`, and beside it what it is in other languages, as JSON."""
    told: dict[str, Any] = {"message": str(text)}
    if isinstance(text, Said):
        others = {}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                others[language] = str(text.again())
        if others := {language: other for language, other in others.items() if other != told["message"]}:
            told[_OTHERS] = others
    return told


def now(told: Mapping[str, Any]) -> dict[str, Any]:
    """What was kept, with its `message` in the language of the reader."""
    message = told.get(_OTHERS, {}).get(translation.get_language(), told["message"])
    return {name: one for name, one in told.items() if name != _OTHERS} | {"message": message}
