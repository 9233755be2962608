"""The part of Bootstrap that pages use: whoever opens a page on a telephone waits for every byte of its styles.

Bootstrap styles many hundred classes; pages name the few below. A rule stays where every class that it asks for is one
of them, so that what it says of plain elements, and its custom properties, stay whole.
"""

import re
from collections.abc import Collection, Iterator

# Classes of Bootstrap that templates, widgets or scripts name; tests/ui/test_needed_styles.py holds both against it.
CLASSES = frozenset({
    "btn", "btn-danger", "btn-primary", "btn-secondary", "btn-sm", "d-block", "d-none", "figure", "form-check",
    "form-check-input", "form-check-label", "form-control", "form-label", "form-select", "fw-bold", "fw-normal", "h1",
    "h2", "h3", "h4", "h5", "h6", "input-group", "input-group-text", "list-unstyled", "mb-0", "mb-1", "mb-4", "mt-2",
    "small", "stretched-link", "table", "text-body", "text-body-secondary", "text-break", "visually-hidden", "w-100",
})  # fmt: skip

CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_BRACE = re.compile(r"[{}]")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LICENCE = re.compile(r"/\*!.*?\*/", re.DOTALL)
_NOT = re.compile(r":not\([^)]*\)")
_BETWEEN = re.compile(r",(?![^()]*\))")  # selectors of one rule


def needed_of(css: str, classes: Collection[str] = CLASSES) -> str:
    """The rules of a minified style sheet that can apply where only these classes are named, with its licence."""
    licence = _LICENCE.search(css)
    kept = [*_needed(_COMMENT.sub("", css), frozenset(classes))]
    plain = "".join(text for name, text in kept if not name)
    moves = "".join(text for name, text in kept if name and re.search(rf"\b{re.escape(name)}\b", plain))
    return f'@charset "UTF-8";{licence[0] if licence else ""}\n{plain}{moves}\n'


def classes_of(css: str) -> set[str]:
    """The classes that a style sheet asks for anywhere."""
    return {name for before, _body in _blocks_within(css) for name in CLASS.findall(_NOT.sub("", before))}


def _needed(css: str, classes: frozenset[str]) -> Iterator[tuple[str, str]]:
    """`(name of keyframes or "", text)` of each rule that is needed."""
    for before, body in _blocks(css):
        if before.startswith("@keyframes"):
            yield before.split()[1], f"{before}{{{body}}}"
        elif before.startswith("@"):
            inner = "".join(text for _name, text in _needed(body, classes))
            if inner:
                yield "", f"{before}{{{inner}}}"
        elif selectors := [
            selector for selector in _BETWEEN.split(before) if {*CLASS.findall(_NOT.sub("", selector))} <= classes
        ]:
            yield "", f"{','.join(selectors)}{{{body}}}"


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """`(what stands before it, what stands in it)` of each block of the outermost level."""
    depth = begin = opened = 0
    for brace in _BRACE.finditer(css):
        depth += 1 if brace[0] == "{" else -1
        if brace[0] == "{" and depth == 1:
            opened = brace.end()
        elif depth == 0:
            yield css[begin : opened - 1].rpartition(";")[2].strip(), css[opened : brace.start()]
            begin = brace.end()


def _blocks_within(css: str) -> Iterator[tuple[str, str]]:
    """As `_blocks`, those within others too."""
    for before, body in _blocks(_COMMENT.sub("", css)):
        yield before, body
        if before.startswith("@"):
            yield from _blocks_within(body)
