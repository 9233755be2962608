"""Two states of a record side by side, in words."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disperin.maps.pictures import province_picture, zone_picture
from disperin.maps.shapes import point_in
from disperin.registers.record.models import ClosedReason
from disperin.registers.record.versions import Version
from disperin.registers.values.changes import Conflict, same
from disperin.registers.values.outline_field import OutlineField
from disperin.registers.values.terms import Path, Row, Values
from disperin.submissions.presentation.words import Words
from disperin.ui.formats import day, number
from disperin.ui.texts import Text

from .words import is_empty, sections_of, title_of_row

MOST_ROWS_TOLD = 50  # of a part with more of them, only those are told that differ


@dataclass
class Line:
    """One field, before and after, in words."""

    path: str
    label: Text
    old: object
    new: object
    state: str = ""  # as of the diff tag: changed, added, removed, same, conflict
    current: object = None  # what the register says now, where both sides changed it
    warnings: list = field(default_factory=list)
    masked: bool = False
    mendable: bool = True  # may a reason for returning stand here?
    outlines: tuple = ()  # of a proposed outline: the regency, the shape before (or None) and after
    asked: str = ""  # why it was returned in the round before

    @property
    def key(self) -> str:
        """The path as part of an element's id."""
        return self.path.replace(".", "-")

    @property
    def pictures(self) -> list[tuple[str, str, str]]:
        """`[(what it is, SVG, note)]`: where a proposed outline lies in the province, and its form before and after."""
        if not self.outlines:
            return []
        regency, before, after = self.outlines
        where = mark_safe(province_picture(regency, point_in(after)))  # noqa: S308 - ours
        drawn: list[tuple[str, str, str]] = [(_("Where it lies"), where, "")]
        for label, shape in ((_("In the register"), before), (_("Proposed"), after)):
            if shape:
                svg, metres = zone_picture(shape, [])
                scale = _("North is up; the bar is %(length)s m long.") % {"length": number(metres)}
                drawn.append((label, mark_safe(svg), scale))  # noqa: S308 - ours
        return drawn


@dataclass
class Group:
    """The lines of a section, or of a row of a part (then with a path of its own)."""

    title: Text
    lines: list[Line] = field(default_factory=list)
    path: str = ""
    state: str = ""  # of a row: added, removed, or "" for kept
    conflict: bool = False
    warnings: list = field(default_factory=list)
    rows: int = 0  # how many rows that do not differ it stands for
    part: str = ""  # of which part they are
    sought: str = ""  # what was looked for among them
    asked: str = ""  # why the row was returned in the round before
    speaks: bool = True  # of its row as a whole; the rest of a row that stands elsewhere does not

    @property
    def key(self) -> str:
        """The path as part of an element's id."""
        return self.path.replace(".", "-")


def compared(
    words: Words,
    before: Values,
    after: Values,
    *,
    fresh: bool = False,
    conflicts: Sequence[Conflict] = (),
    warnings: Sequence[tuple[Path, str]] = (),
    sought: Mapping[str, str] | None = None,
    asked: Collection[Path] = (),
) -> tuple[list[Group], list[Group]]:
    """What differs between two states and what does not, in words: (groups that differ, groups that do not).

    `fresh`: there was no record before, so that everything filled in counts as added. `conflicts` (of a merge) and
    `warnings` ((path, text) pairs) are put to their lines. Of a long part the rows that do not differ are only counted,
    save those that are `sought`, as {part: a text that stands in them}, and those of the paths that are `asked` for.
    """
    notes = _Notes(
        words, {conflict.path: conflict for conflict in conflicts}, list(warnings), after.get("regency"), asked
    )
    changed: list[Group] = []
    unchanged: list[Group] = []
    sought = sought or {}
    for _key, title, names in sections_of(words.form):
        lines = [notes.line(name, before.get(name), after.get(name), fresh) for name in names]
        _sort_out(Group(title), lines, changed, unchanged)
    for name in words.form.parts:
        rows = _rows(notes, name, before.get(name) or [], after.get(name) or [], fresh, sought.get(name, ""))
        for group, lines in rows:
            _sort_out(group, lines, changed, unchanged)
    return changed, unchanged


def apart(groups: Sequence[Group]) -> tuple[list[Group], list[Group]]:
    """What stands and what is empty of groups that do not differ; the reason for a row as a whole is asked once."""
    standing: list[Group] = []
    empty: list[Group] = []
    for group in groups:
        full = [line for line in group.lines if line.new]
        if full or not group.lines:
            standing.append(replace(group, lines=full))
        bare = [line for line in group.lines if not line.new]
        if bare:
            empty.append(replace(group, lines=bare, speaks=group.speaks and not full))
    return standing, empty


def filled(words: Words, values: Values) -> list[Group]:
    """Everything that is entered, in words, by section and row: what a reader sees of a state."""
    changed, _unchanged = compared(words, {}, values, fresh=True)
    return changed


def standing(older: Version, newer: Version) -> Group | None:
    """Whether two versions of a record (`Version`) stood open or closed, as a group; None where both stood alike."""
    if (older.closed_on, older.closed_reason) == (newer.closed_on, newer.closed_reason):
        return None
    line = Line("closed_on", _("Stands"), _how_it_stood(older), _how_it_stood(newer), "changed")
    return Group(_("Open or closed"), [line])


def _how_it_stood(version: Version) -> str:
    if version.closed_on is None:
        return _("open")
    values = {"day": day(version.closed_on), "reason": ClosedReason(version.closed_reason).label}
    return _("closed on %(day)s: %(reason)s") % values


class _Notes:
    """Makes lines, with what is to be noted at each."""

    def __init__(
        self,
        words: Words,
        conflicts: Mapping[Path, Conflict],
        warnings: Sequence[tuple[Path, str]],
        regency: str | None,
        asked: Collection[Path],
    ) -> None:
        self.words, self.conflicts, self.warnings, self.regency = words, conflicts, warnings, regency
        self.asked = asked

    @property
    def rows(self) -> set[Path]:
        """The paths of the rows of which something is to be told, whether they differ or not."""
        paths = (*self.conflicts, *(path for path, _text in self.warnings), *self.asked)
        return {".".join(path.split(".")[:2]) for path in paths}

    def line(self, path: Path, old: Any, new: Any, fresh: bool, *, mendable: bool = True) -> Line:
        words, conflict = self.words, self.conflicts.get(path)
        changed = not is_empty(new) if fresh else not same(old, new)
        state = "conflict" if conflict else "" if changed else "same"
        line = Line(path, words.label_of(path), "" if fresh else words.say(path, old), words.say(path, new), state)
        if state == "" and line.old == line.new:  # a masked value that changed under the same mask
            line.state = "changed"
        if conflict:
            line.current = words.say(path, conflict.current)
        line.warnings = [text for at, text in self.warnings if at == path]
        line.masked = path in words.masked and bool(line.old or line.new)
        line.mendable = mendable
        if changed and isinstance(new, dict) and "." not in path and isinstance(words.field_of(path), OutlineField):
            line.outlines = (self.regency, None if fresh else old, new)
        return line


def _rows(
    notes: _Notes, name: str, before: Sequence[Row], after: Sequence[Row], fresh: bool, sought: str
) -> Iterator[tuple[Group, list[Line]]]:
    old_rows = {row["key"]: row for row in before}
    new_rows = {row["key"]: row for row in after}
    form = notes.words.form
    fields = list(form.parts[name].base_fields)
    keys = dict.fromkeys([*new_rows, *old_rows])
    noted = notes.rows
    untold = number_found = 0
    for place, key in enumerate(keys, start=1):
        path, old, new = f"{name}.{key}", old_rows.get(key), new_rows.get(key)
        title = title_of_row(form, name, new or old or {}, place)
        if len(keys) > MOST_ROWS_TOLD and old == new and not fresh and path not in noted:
            if number_found == MOST_ROWS_TOLD or not _holds(title, new or {}, sought):
                untold += 1
                continue
            number_found += 1
        group = Group(title, path=path)
        group.state = "added" if old is None else "removed" if new is None else ""
        group.conflict = path in notes.conflicts
        group.warnings = [text for at, text in notes.warnings if at == path]
        lines = [
            notes.line(
                f"{path}.{field_name}",
                (old or {}).get(field_name),
                (new or {}).get(field_name),
                fresh or old is None,
                mendable=new is not None,
            )
            for field_name in fields
        ]
        if group.state == "removed":  # only what was filled in is worth reading
            lines = [line for line in lines if line.old or line.path in notes.asked]
        yield group, lines
    if untold:
        title = ngettext("%(count)s more row, unchanged", "%(count)s more rows, unchanged", untold)
        yield Group(title % {"count": number(untold)}, rows=untold, part=name, sought=sought), []


def _holds(title: str, row: Row, sought: str) -> bool:
    """Does this row, whose key nobody sees, hold the text that is sought?"""
    texts = (value for name, value in row.items() if name != "key" and isinstance(value, str))
    return bool(sought) and sought.casefold() in "\n".join((title, *texts)).casefold()


def _sort_out(group: Group, lines: Sequence[Line], changed: list[Group], unchanged: list[Group]) -> None:
    """Lines that differ go to the one side, the others to the other; a warned line is always shown."""
    if group.rows:
        unchanged.append(group)
        return
    shown = [line for line in lines if line.state != "same" or line.warnings]
    differs = bool(shown or group.state or group.conflict)
    if differs:
        changed.append(Group(group.title, shown, group.path, group.state, group.conflict, group.warnings))
    rest = [line for line in lines if line.state == "same" and not line.warnings]
    if rest and group.state != "removed":
        unchanged.append(Group(group.title, rest, group.path, speaks=not differs))
