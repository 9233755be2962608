"""Translations without system tools: compile them, find what the code asks for, name what is not translated yet.

`python -m disperin.ui.translations compile | update | check`; `make messages` updates and compiles.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import polib
from django.utils.translation.template import templatize

PROJECT = Path(__file__).resolve().parent.parent.parent
LOCALE = PROJECT / "locale"
PACKAGES = ("disperin", "industries", "ovop", "zones")
TEMPLATES = "templates"
# which argument of a call is the context, the text, the plural
CALLS = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "_": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
# templatize turns `{% translate %}` and the like into such calls, among filler that is no Python
IN_TEMPLATE = re.compile(r"\b(_|n?p?gettext)\(")
FOREIGN = re.compile(r"\w+")  # the place of a text that a foreign package asks for is its name; our places are paths
PLACEHOLDER = re.compile(r"%\(\w+\)(?:\.\d+)?[sd]|\{\w*\}")


class Message(NamedTuple):
    """One text that the code asks for, and where."""

    context: str | None
    text: str
    plural: str | None
    place: str


def _message(call: ast.Call, place: str) -> Message | None:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if name not in CALLS:
        return None
    context, text, plural = (_text(call, position) for position in CALLS[name])
    return Message(context, text, plural, place) if text else None


def _text(call: ast.Call, position: int | None) -> str | None:
    if position is None or position >= len(call.args):
        return None
    argument = call.args[position]
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def _in_python(path: Path) -> Iterator[Message]:
    place = path.relative_to(PROJECT).as_posix()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and (message := _message(node, place)):
            yield message


def _in_template(path: Path) -> Iterator[Message]:
    place = path.relative_to(PROJECT).as_posix()
    source = templatize(path.read_text(), origin=place)
    for start in IN_TEMPLATE.finditer(source):
        # the shortest piece up to a closing bracket that reads as a call is the call
        for end in re.finditer(r"\)", source[start.start() :]):
            piece = source[start.start() : start.start() + end.end()]
            try:
                call = ast.parse(piece.replace("\n", " "), mode="eval").body
            except SyntaxError:
                continue
            if isinstance(call, ast.Call) and (message := _message(call, place)):
                yield message
            break


def messages() -> Iterator[Message]:
    """Give every text that packages and templates ask for, once for each place."""
    for package in PACKAGES:
        for path in sorted((PROJECT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from _in_python(path)
    for folder in [PROJECT / TEMPLATES, *(PROJECT / package for package in PACKAGES)]:
        for path in sorted(file for ending in ("html", "txt") for file in folder.rglob(f"*.{ending}")):
            yield from _in_template(path)


Asked = dict[tuple[str | None, str], Message]


def used() -> Asked:
    """Return every text that packages and templates ask for, by (context, text), each with the first place."""
    return _asked()[0]


def _asked() -> tuple[Asked, dict[tuple[str | None, str], set[str]]]:
    """`used()`, and all places that ask for each of these texts."""
    texts: Asked = {}
    places: dict[tuple[str | None, str], set[str]] = {}
    for message in messages():
        key = (message.context, message.text)
        texts.setdefault(key, message)
        places.setdefault(key, set()).add(message.place)
    return texts, places


def _catalogue(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def faults(language: str = "id") -> list[str]:
    """Return one line for each text without a translation, with one that loses a placeholder, or named elsewhere."""
    entries = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(_catalogue(language)))}
    asked, places = _asked()
    lines = [
        f"{language}: {entry.msgid!r} is not asked for in {entry.comment}"
        for entry in _misplaced(entries.values(), places)
    ]
    for key, message in asked.items():
        entry = entries.get(key)
        if entry is None or not entry.translated():
            lines.append(f"{message.place}: no {language} translation for {message.text!r}")
        elif message.plural and not entry.msgid_plural:
            lines.append(f"{message.place}: {message.text!r} needs its plural in the {language} translation")
    for entry in entries.values():
        wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))
        for text in filter(None, [entry.msgstr, *entry.msgstr_plural.values()]):
            strange = set(PLACEHOLDER.findall(text)) - wanted
            if strange or (not entry.msgid_plural and set(PLACEHOLDER.findall(text)) != wanted):
                lines.append(f"{language}: {entry.msgid!r} and its translation differ in their placeholders")
    return lines


def _unused(entries: Iterable[polib.POEntry], asked: Asked) -> list[polib.POEntry]:
    """Those of these entries that no place of ours asks for, and no foreign package either."""
    return [
        entry
        for entry in entries
        if (entry.msgctxt, entry.msgid) not in asked and not FOREIGN.fullmatch(entry.comment or "")
    ]


def _misplaced(
    entries: Iterable[polib.POEntry], places: Mapping[tuple[str | None, str], set[str]]
) -> list[polib.POEntry]:
    """Those that name a place which does not ask for them (any more), though another of ours does."""
    return [
        entry
        for entry in entries
        if entry.comment and entry.comment not in places.get((entry.msgctxt, entry.msgid), {entry.comment})
    ]


def update(language: str = "id") -> int:
    """Add what the code asks for and the catalogue lacks, untranslated, and remove what it asks for no more.

    A text that moved is named with the first place that asks for it now. Returns how many were added.
    """
    path = _catalogue(language)
    catalogue = polib.pofile(str(path), wrapwidth=120)
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue}
    asked, places = _asked()
    missing = [message for key, message in asked.items() if key not in known]
    for message in missing:
        entry = polib.POEntry(msgid=message.text, msgctxt=message.context, comment=message.place)
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = {0: ""}
        catalogue.append(entry)
    unused, misplaced = _unused(catalogue, asked), _misplaced(catalogue, places)
    for entry in unused:
        catalogue.remove(entry)
    for entry in misplaced:
        entry.comment = asked[entry.msgctxt, entry.msgid].place
    if missing or unused or misplaced:
        catalogue.save(str(path))
    return len(missing)


def compile_all() -> int:
    """Write the `.mo` beside each `.po` that is newer; returns how many were written."""
    written = 0
    for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written += 1
    return written


def main() -> int:
    """Run one verb; the exit code of `check` is 1 when something is not translated."""
    parser = argparse.ArgumentParser(prog="python -m disperin.ui.translations", description=__doc__)
    parser.add_argument("verb", choices=["compile", "update", "check"])
    verb = parser.parse_args().verb
    if verb == "check":
        problems = faults()
        print("\n".join(problems) or "Every text is translated.")
        return 1 if problems else 0
    if verb == "update":
        print(f"{update()} new texts in {_catalogue('id').relative_to(PROJECT)}.")
    else:
        print(f"{compile_all()} catalogues compiled.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
