"""Sets a paper with typst: a template of this folder and data as JSON. What people wrote is data, never evaluated."""

import json
from pathlib import Path
from typing import Any

import typst

FOLDER = Path(__file__).parent
FORMATS = ("pdf", "svg", "png")
ARCHIVED = "a-2a"  # PDF/A-2a: tagged, and readable for ever


def typeset(
    template: str, data: dict, *, form: str = "pdf", standard: str = ARCHIVED, pixels_per_inch: float = 144.0
) -> bytes:
    """The paper as bytes: `pdf` (tagged, of a `standard`), `svg` or `png` (one page each, with `pixels_per_inch`).

    `template` is the name of a file here without its ending; it reads `data` from `sys.inputs.data`. Fonts are those
    of typst alone, so that every machine sets the same. Raises ValueError for another format.
    """
    if form not in FORMATS:
        raise ValueError(f"{form} is no format of a paper. Formats are: {', '.join(FORMATS)}.")
    options: dict[str, Any] = {"format": form, "sys_inputs": {"data": json.dumps(data)}, "ignore_system_fonts": True}
    if form == "pdf":
        options["pdf_standards"] = standard
    if form == "png":
        options["ppi"] = pixels_per_inch
    set_paper = typst.compile(str(FOLDER / f"{template}.typ"), root=str(FOLDER), **options)
    if not isinstance(set_paper, bytes):
        raise ValueError(f"{template} has {len(set_paper)} pages; only a PDF may have several.")
    return set_paper
