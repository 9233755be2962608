"""Texts brought into the one form in which they are kept, so that the same one written otherwise is no change."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from django import forms


def tidy_of(field: forms.Field) -> Callable[[str], str] | None:
    """What brings the texts of a field into one form, told by its kind; None where they are kept as they are."""
    if isinstance(field, forms.URLField):
        return normalise_web_address
    if isinstance(field, forms.EmailField):
        return normalise_mail_address
    is_one_line = isinstance(field, forms.CharField) and not isinstance(field.widget, forms.Textarea)
    return one_line if is_one_line else None


def one_line(text: str) -> str:
    """Single blanks between words, none around them."""
    return " ".join(text.split())


def normalise_web_address(value: str) -> str:
    """With its scheme (https where none is typed), host in small letters, and no lone slash behind it; or ""."""
    text = value.strip()
    if not text:
        return ""
    text = text if re.match(r"[a-z][a-z0-9+.-]*:", text, re.IGNORECASE) else f"https://{text}"
    try:
        parts = urlsplit(text)
    except ValueError:
        return value
    path = "" if parts.path == "/" and not (parts.query or parts.fragment) else parts.path
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), path, parts.query, parts.fragment))


def normalise_mail_address(value: str) -> str:
    """With its host in small letters, which alone mean the same as capitals."""
    name, at, host = value.strip().rpartition("@")
    return f"{name}{at}{host.lower()}"
