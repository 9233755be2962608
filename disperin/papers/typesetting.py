"""Sets a paper with typst: a template of this folder and data as JSON. What people wrote is data, never evaluated."""

import json
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

FOLDER = Path(__file__).parent
FORMATS = ("pdf", "svg", "png")
ARCHIVED = "a-2a"  # PDF/A-2a: tagged, and readable for ever
REPLACEMENT = "\ufffd"  # stands where the fonts have no sign
MOST_TRIED = 60  # signs of one paper that are tried out, a few hundredths of a second each; others count as missing
_TRIED = b"""#let sign = json(bytes(sys.inputs.data))
#set document(title: "sign")
#set text(font: "Libertinus Serif", lang: "id")
#let tried = sign + " a " + sign // some are refused only behind a blank
#for weight in ("regular", "bold") { for style in ("normal", "italic") { text(weight: weight, style: style, tried) } }
"""


def typeset(
    template: str, data: dict, *, form: str = "pdf", standard: str = ARCHIVED, pixels_per_inch: float = 144.0
) -> bytes:
    """The paper as bytes: `pdf` (tagged, of a `standard`), `svg` or `png` (one page each, with `pixels_per_inch`).

    `template` is the name of a file here without its ending; it reads `data` from `sys.inputs.data`, and beside that
    the `office` and the `colours` of the province. Fonts are those
    of typst alone, so that every machine sets the same; a sign that they lack, which no standard admits, is replaced.
    Raises ValueError for another format.
    """
    if form not in FORMATS:
        raise ValueError(f"{form} is no format of a paper. Formats are: {', '.join(FORMATS)}.")
    options: dict[str, Any] = {"format": form, "root": str(FOLDER)}
    if form == "pdf":
        options["pdf_standards"] = standard
    if form == "png":
        options["ppi"] = pixels_per_inch
    source = str(FOLDER / f"{template}.typ")
    province = settings.PROVINCE
    data = {**data, "office": province.office_short, "colours": province.colours["light"]}
    try:
        set_paper = _compiled(source, data, **options)
    except typst.TypstError:
        set_paper = _compiled(source, _settable(data, standard), **options)
    if not isinstance(set_paper, bytes):
        raise ValueError(f"{template} has {len(set_paper)} pages; only a PDF may have several.")
    return set_paper


def _compiled(source: str | bytes, data: Any, **options: Any) -> bytes | list[bytes]:
    return typst.compile(source, sys_inputs={"data": json.dumps(data)}, ignore_system_fonts=True, **options)


def _settable(data: dict[str, Any], standard: str) -> dict[str, Any]:
    """The same data with a replacement for each sign that cannot be set; what is around it stays as it is."""
    odd = dict.fromkeys(sign for text in _texts_of(data) for sign in _signs_of(text) if not _is_common(sign))
    fit = {sign for sign in islice(odd, MOST_TRIED) if _can_be_set(sign, standard)}

    def mended(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: mended(part) for name, part in value.items()}
        if isinstance(value, list | tuple):
            return [mended(part) for part in value]
        if isinstance(value, str):
            return "".join(sign if _is_common(sign) or sign in fit else REPLACEMENT for sign in _signs_of(value))
        return value

    return mended(data)


def _texts_of(value: object) -> Iterator[str]:
    if isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts_of(part)
    elif isinstance(value, str):
        yield value


def _signs_of(text: str) -> Iterator[str]:
    """The signs of a text, each with the marks that belong to it, as fonts have them or have them not."""
    sign = ""
    for character in text:
        if sign and not (unicodedata.category(character).startswith("M") or character == "\u200d"):
            yield sign
            sign = ""
        sign += character
    if sign:
        yield sign


def _is_common(sign: str) -> bool:
    """Whether every font has it: the letters of Latin and the signs of its books."""
    return len(sign) == 1 and (
        " " <= sign <= "~" or "\xa0" <= sign <= "\u017f" or sign in "\n\u2013\u2014\u2018\u2019\u201c\u201d\u2026"
    )


@lru_cache(maxsize=4096)
def _can_be_set(sign: str, standard: str) -> bool:
    try:
        _compiled(_TRIED, sign, format="pdf", pdf_standards=standard)
    except typst.TypstError:
        return False
    return True
