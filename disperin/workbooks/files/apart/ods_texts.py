"""Texts of .ods as they are seen. python-calamine leaves out line breaks and tabs, keeps the blanks between lines of
the file, and takes the words of what is drawn upon a cell for words of the cell.

Source: OpenDocument 1.3, part 3, 6.1.2 to 6.1.5 (white space, tab, line break) and 10 (drawn things).
"""

import re
from collections.abc import Iterator

_SPACES = re.compile(
    rb"""xmlns:([\w.-]+)\s*=\s*["']urn:oasis:names:tc:opendocument:xmlns:(drawing|dr3d|text):1\.0["']"""
)
_TOKEN = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"""|<(?P<end>/?)(?P<space>[\w.-]+):(?P<name>[\w.-]+)(?P<more>(?:[^"'<>]|"[^"]*"|'[^']*')*+)>""",
    re.DOTALL,
)
_BLANKS = re.compile(rb"[ \t\r\n]+")
_MARKS = {b"line-break": b"&#10;", b"tab": b"&#9;"}


def as_seen(content: bytes) -> bytes:
    """The XML of a table whose texts a reader of plain characters reads as they are seen."""
    pieces, at = [], 0
    for start, end, instead in _edits(content):
        pieces += [content[at:start], instead]
        at = end
    return b"".join([*pieces, content[at:]]) if pieces else content


def _edits(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """`(start, end, what is to stand there instead)`, in order."""
    spaces = dict(_SPACES.findall(content))
    drawn_from = depth = paragraphs = last = 0
    begins = False
    for token in _TOKEN.finditer(content):
        start, end = token.span()
        kind, name, is_end = spaces.get(token["space"]), token["name"], bool(token["end"])
        step = 0 if (token["more"] or b"").endswith(b"/") else -1 if is_end else 1
        is_paragraph = kind == b"text" and name in (b"p", b"h")
        if paragraphs and not depth and (text := content[last:start]):
            seen = _BLANKS.sub(b" ", text.lstrip() if begins else text)
            seen = seen.rstrip() if is_paragraph and is_end else seen
            if seen != text:
                yield last, start, seen
        last, begins = end, False
        if kind in (b"drawing", b"dr3d"):
            drawn_from = drawn_from if depth else start
            depth += step
            if not depth:
                yield drawn_from, end, b""
        elif not depth and kind == b"text" and name in _MARKS:
            yield start, end, b"" if is_end else _MARKS[name]
        elif not depth and is_paragraph:
            paragraphs, begins = paragraphs + step, step == 1
