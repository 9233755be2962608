"""Two records side by side, in words, with what may be chosen: a field of the other, a row that stands already."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.apps import apps
from django.http import Http404, QueryDict

from disperin.accounts.models import User
from disperin.registers.gate.forms import RecordForm
from disperin.registers.models import DuplicatePair, Merge, Record
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.registers.record.likeness import name_likeness
from disperin.registers.values.changes import same
from disperin.registers.values.terms import Row, RowKey
from disperin.submissions.presentation.words import Words, is_empty, sections_of, title_of_row
from disperin.ui.texts import Text

_ALIKE = 0.8  # from here on a row is offered as the same one as the row of the kept record


@dataclass
class Line:
    """One field of both: what the kept record says, what the other says, and which is chosen."""

    name: str
    label: Text
    mine: object
    theirs: object
    differs: bool
    taken: bool = False


@dataclass
class RowChoice:
    """A row of the record that is to be closed: it goes over, unless it is one of the kept record's rows."""

    key: str
    title: str
    same_as: str = ""  # key of the row that is chosen
    options: list = field(default_factory=list)  # (key, title) of the kept record's rows


def reached(register: Register, keys: Sequence[int], user: User) -> list[Record]:
    """The records of these keys, if all of them lie within reach now; Http404 otherwise."""
    records = register.model.objects.within_reach(user).select_related("regency").in_bulk(keys)
    if len(records) < len(keys):
        raise Http404
    return [records[key] for key in keys]


def last_merge(pair: DuplicatePair) -> Merge | None:
    """The last Merge of the two records of a pair, undone or not; None if there was none."""
    both = [pair.first_id, pair.second_id]
    return Merge.objects.filter(register=pair.register, kept_id__in=both, dropped_id__in=both).first()


def carried_by(made: Merge) -> list[tuple[str, int]]:
    """`[(what, how many)]` of the rows that a merge carried over."""
    counts: dict[str, int] = {}
    for label in {(label, pk) for label, pk, _column, _old, _new in made.moved}:
        counts[label[0]] = counts.get(label[0], 0) + 1
    return sorted((str(apps.get_model(label)._meta.verbose_name_plural), number) for label, number in counts.items())


def left_in_words(made: Merge) -> list[str]:
    """What an undoing left as it is, in words: `left` holds paths of the kept record, and rows as `<model>:<key>`."""
    register, texts = directory.get(made.register), []
    kept = register.form.recorded(register.model.objects.get(pk=made.kept_id))
    for path in made.left:
        name, _colon, key = path.partition(":")
        if key:
            model = apps.get_model(name)
            row = model._base_manager.filter(pk=key).first()
            texts.append(f"{model._meta.verbose_name} {row or key}")
            continue
        part, _dot, rest = path.partition(".")
        rows = {row["key"]: (row, place) for place, row in enumerate(kept.get(part) or [], start=1)} if rest else {}
        label = str(register.form.label_of(path, kept))
        title = title_of_row(register.form, part, *rows[key]) if (key := rest.partition(".")[0]) in rows else ""
        texts.append(f"{label} ({title})" if title else label)
    return texts


def side_by_side(
    register: Register, keep: Record, drop: Record, post: QueryDict | None = None
) -> tuple[list[tuple[Text, list[Line]]], list[RowChoice]]:
    """`(groups of lines as (title, lines), choices of rows)` of two records; `post` is what was chosen on the page.

    Before anybody chooses, the kept record's value stands wherever it has one, and rows of a like name are one. Ticks
    and days are never chosen beforehand: a consent is given by a person, and its day belongs to it.
    """
    form = register.form(instance=keep)
    mine, theirs = register.form.recorded(keep), register.form.recorded(drop)
    words = Words(form, mine, theirs)
    groups = []
    for _key, title, names in sections_of(form):
        lines = [_line(words, name, mine.get(name), theirs.get(name), post) for name in names]
        groups.append((title, [line for line in lines if line.mine or line.theirs]))
    rows = [row for name in form.parts for row in _rows(form, name, mine[name], theirs[name], post)]
    return [(title, lines) for title, lines in groups if lines], rows


def chosen_fields(register: Register, post: QueryDict) -> list[str]:
    """The fields whose value the page takes from the record that is to be closed."""
    return [name for name in register.form.base_fields if post.get(f"field:{name}") == "theirs"]


def chosen_rows(post: QueryDict) -> dict[RowKey, RowKey]:
    """`{key of a row that goes: key of the kept row that it is}`."""
    rows = {name.removeprefix("row:"): post.get(name, "") for name in post if name.startswith("row:")}
    return {key: other for key, other in rows.items() if other}


def _line(words: Words, name: str, mine: Any, theirs: Any, post: QueryDict | None) -> Line:
    differs = not same(mine, theirs)
    offered = is_empty(mine) and not isinstance(words.field_of(name), forms.BooleanField | forms.DateField)
    taken = differs and (offered if post is None else post.get(f"field:{name}") == "theirs")
    return Line(name, words.label_of(name), words.say(name, mine), words.say(name, theirs), differs, taken)


def _rows(
    form: RecordForm, name: str, mine: Sequence[Row], theirs: Sequence[Row], post: QueryDict | None
) -> Iterator[RowChoice]:
    options = [(row["key"], title_of_row(form, name, row, place)) for place, row in enumerate(mine, start=1)]
    for place, row in enumerate(theirs, start=1):
        like = next((own_row["key"] for own_row in mine if _likeness(own_row, row) >= _ALIKE), "")
        same_as = like if post is None else post.get(f"row:{row['key']}", "")
        yield RowChoice(row["key"], title_of_row(form, name, row, place), same_as, options)


def _likeness(own: Row, other: Row) -> float:
    names = [str(row.get("name") or row.get("number") or "") for row in (own, other)]
    return name_likeness(*names)
