"""Texts that people entered: on a page in another language each is marked with its own (WCAG 2.2, 3.1.2)."""

from typing import Any, Self

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

OWN = "id"  # what the office writes in


class Entered(str):
    """A text with its language; a template that shows it marks it where the page speaks another."""

    language: str

    def __new__(cls, text: str, language: str = OWN) -> Self:
        made = super().__new__(cls, text)
        made.language = language
        return made

    def __html__(self) -> SafeString:
        return in_language(self.language, str.__str__(self))


def in_language(language: str, text: Any) -> SafeString:
    """The text, escaped unless it is HTML, marked where the page is in another language."""
    if not text or language == (get_language() or OWN)[:2]:
        return SafeString(conditional_escape(text))
    return format_html('<span lang="{}">{}</span>', language, text)


def language_of(text: str) -> str:
    """What a text is written in: its own language where it was entered, else that of the page."""
    return text.language if isinstance(text, Entered) else (get_language() or OWN)[:2]


def told(record: Any, name: str) -> Entered:
    """What a record says in the column `name`, or in its English twin `<name>_en` for readers of English.

    Where only one of the two was entered, everybody gets that.
    """
    return either(getattr(record, name), getattr(record, f"{name}_en"))


def either(indonesian: str, english: str) -> Entered:
    """The text in the language of the reader, or else in the other one."""
    texts = [Entered(indonesian), Entered(english, "en")]
    if get_language() == "en":
        texts.reverse()
    return next(filter(None, texts), texts[0])


def entered(text: Any) -> SafeString:
    """A filter for texts that the office wrote in Indonesian, such as `{{ plot.terms|entered }}`."""
    return conditional_escape(text) if isinstance(text, Entered) else in_language(OWN, "" if text is None else text)
