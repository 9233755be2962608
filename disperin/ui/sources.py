"""Texts that name their source with its address: the address becomes a link, or is left out where none can be."""

import re

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from disperin.ui.entered import in_language, language_of

_ADDRESS = re.compile(r"https?://([\w.-]*\w)(?:[/?#](?:[^\s)]*[^\s).,;:])?)?")  # without what ends a sentence


def linked(text: str) -> SafeString:
    """The text with each address as a link that shows its host."""
    parts, end = [], 0
    for match in _ADDRESS.finditer(text or ""):
        link = format_html('<a href="{}" rel="nofollow noopener external">{}</a>', match[0], match[1])
        parts += [escape(text[end : match.start()]), link]
        end = match.end()
    parts.append(escape((text or "")[end:]))
    return in_language(language_of(text or ""), mark_safe("".join(parts)))  # noqa: S308 -- every part is escaped


def without_addresses(text: str) -> str:
    """The text for paper: who said it and when."""
    return re.sub(r":? ?" + _ADDRESS.pattern, "", text)


def first_address(text: str) -> str:
    """The first address that a text names; "" if it names none."""
    match = _ADDRESS.search(text)
    return match[0] if match else ""
