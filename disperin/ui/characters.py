"""Which characters a text may hold: one rule for whatever people type, paste or send, wherever it comes in.

What can make a text read otherwise than it stands is refused by its name; what shows nothing at all is left out, and
where a person is at hand (a page, a file of rows) it is said that it was.
"""

import re
import unicodedata
from typing import Literal

from disperin.ui.said import gettext as _

# Controls (but for what breaks a line), signs that turn the direction of writing, halves of characters, and codes that
# are none.
_REFUSED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb\ufdd0-\ufdef"
    "\ufffe\uffff]"
)
# What no reader sees: joiners, zero-width spaces, marks of direction, soft hyphens, tags.
_INVISIBLE = re.compile(
    "[\xad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f\ufeff\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters by name, blanks to the eye
_SPACES = re.compile(rf"[\s{_FILLERS}]+")
_BLANK = re.compile(rf"[^\S\n\r\t ]|[{_FILLERS}]")  # a space of another kind
_BREAK = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_REMARKS = re.compile("([\u00b2\u00b3\u00b9\u2070-\u209f\u2460-\u249b\u24ea])")  # 125¹, 125①: a remark
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]+")  # alone they show nothing


def refusal(text: str) -> str:
    """Why a text may not be kept, in words that name the first character that speaks against it, or ""."""
    match = _REFUSED.search(text)
    if match is None:
        return ""
    values = {"character": code_point(match[0])}
    if "\ud800" <= match[0] <= "\udfff":
        return _("This text holds half a character (%(character)s). Send each character whole.") % values
    return _("This text holds a character that cannot be seen (%(character)s). Type it again without.") % values


def code_point(character: str) -> str:
    """How Unicode names a character, such as "U+200B"."""
    return f"U+{ord(character):04X}"


def line(text: str) -> str:
    """The text in one line as readers see it: single spaces, nothing invisible; "" where nothing would be seen."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _seen(_SPACES.sub(" ", _INVISIBLE.sub("", text)).strip())


def lines(text: str) -> str:
    """As `line`, of a text that keeps its lines and the spaces that were typed."""
    if text.isascii() and "\x0b" not in text and "\x0c" not in text:
        return text.strip()
    return _seen(_BLANK.sub(" ", _BREAK.sub("\n", _INVISIBLE.sub("", text))).strip())


def plain_forms(text: str, form: Literal["NFKC", "NFKD"] = "NFKC") -> str:
    """The text with its wide, narrow and joined signs in their plain forms; raised and circled ones stay what they are.

    Unicode alone makes 1251 of 125¹, which is 125 with a remark, and 102 of 10².
    """
    if text.isascii():
        return text
    parts = _REMARKS.split(text)
    return "".join(part if at % 2 else unicodedata.normalize(form, part) for at, part in enumerate(parts))


def plainly(text: str) -> str:
    """As `line`, in plain forms: what a reader sees of a figure, which may be pasted with marks that nobody does."""
    return plain_forms(line(text))


def _seen(text: str) -> str:
    return text if _SELECTORS.sub("", text).strip() else ""
