"""The form of a draft on its page: the files that are sent with it, what may be shown, and where each refusal stands.

A path names a field (`name`), a field of a row (`products.<key>.name`) or a row (`products.<key>`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.attachments.forms import load_attachments
from disperin.regions.models import Regency
from disperin.registers.gate.forms import RecordForm, whole
from disperin.registers.gate.refusals import left_out_whole
from disperin.registers.values.audience import mask
from disperin.registers.values.posted import rows_posted
from disperin.registers.values.terms import Path, Problems, Row, Values
from disperin.registers.values.written import AsRead
from disperin.submissions.draft_sections import ROWS_SHOWN
from disperin.submissions.models import Submission
from disperin.ui.abilities import TakesFile


def place_of(form: RecordForm, path: Path) -> str:
    """Where a path stands on the page of the draft whose bound form this is: `?plots-page=2#id_plots-57-code`."""
    name, key, field = [*path.split("."), "", ""][:3]
    if name not in form.parts:
        return f"#{element_of(form[name])}" if name in form.fields else "#id_message" if name == "message" else ""
    rows = form.rows[name]
    at = next((at for at, row in enumerate(rows) if row.key == key), None)
    if at is None:
        return f"#bagian-{name}"
    query = f"?{name}-page={at // ROWS_SHOWN + 1}" if len(rows) > ROWS_SHOWN else ""
    return f"{query}#{element_of(rows[at][field]) if field else f'baris-{rows[at].prefix}'}"


def place_to_mend(form: RecordForm, values: Values, path: Path) -> str:
    """As `place_of`, of what is to be filled: of `products.photo` in the first row without it, or where rows begin."""
    name, _dot, field = path.partition(".")
    if name not in form.parts:
        return place_of(form, path)
    if field not in form.parts[name].base_fields:
        return place_of(form, name)
    empty = (row["key"] for row in values.get(name) or [] if row.get(field) in (None, "", []))
    return place_of(form, f"{name}.{next(empty, '')}.{field}")


def element_of(bound: BoundField) -> str:
    """The id of the element that a link to this field leads to."""
    return bound.id_for_label or bound.auto_id


def tell(form: RecordForm, problems: Mapping[Path, Sequence[str]]) -> None:
    """Show exactly these problems on a bound form and its rows, instead of checking it: `{path: [message, …]}`.

    A draft is opened many times before it is whole; that fields are still empty is not said at each opening.
    """
    forms_by_path = {"": form} | {f"{name}.{row.key}": row for name, rows in form.rows.items() for row in rows}
    for bound in forms_by_path.values():
        bound._errors = ErrorDict(renderer=bound.renderer)
        bound.cleaned_data = {}
    for path, messages in problems.items():
        where, _dot, name = path.rpartition(".")
        if path in forms_by_path:  # a row as a whole
            where, name = path, "__all__"
        target = forms_by_path.get(where, form)
        name = name if name in target.fields else "__all__"
        errors = target.errors.setdefault(name, target.error_class(renderer=target.renderer))
        errors.extend(str(getattr(message, "message", message)) for message in messages)


def hide_masked(values: Values, form_class: type[RecordForm]) -> Values:
    """The same values with masked ones as their mask: what a page may show. Posted back, the mask leaves them.

    What is wrong is no secret yet: who typed it has to see it to mend it.
    """
    named = form_class._meta.model.audience.masked
    masked = {name: mask(values[name]) for name in named if values.get(name) and _is_right(form_class, name, values)}
    return {**values, **masked}


def _is_right(form_class: type[RecordForm], name: str, values: Values) -> bool:
    try:
        form_class.tidies.get(name, str)(values[name])
    except ValidationError:
        return False
    return True


def with_files(
    post: QueryDict, files: Mapping[str, Any], form_class: type[RecordForm], *, regency: Regency | None, by: User
) -> tuple[QueryDict, dict[str, str]]:
    """The posted texts with the ids of the files that were sent along: (post, {html name: what went wrong}).

    The files are taken in here, before the form is bound, so that a draft that is refused keeps them too.
    """
    post, refused = post.copy(), {}
    for html_name, field in _file_fields(form_class, post):
        post[html_name], problem = field.take_in(post, files, html_name, regency=regency, by=by)
        post.pop(f"{html_name}-clear", None)
        if problem:
            refused[html_name] = problem
    return post, refused


def with_rows(values: Values, files: Mapping[str, Any], form_class: type[RecordForm]) -> tuple[Values, dict[str, str]]:
    """The values with the rows of files that were sent for a whole part (`<part>-file`): (values, refused).

    A row of the file goes to the row with the same text in the field `named_by` of the part, others become new ones.
    `refused` is as of `with_files`.
    """
    refused = {}
    for name, part in form_class.parts.items():
        if part.named_by and files.get(f"{name}-file"):
            try:
                sent = part.rows_of_file(files[f"{name}-file"])
            except forms.ValidationError as problem:
                refused[name] = " ".join(problem.messages)
            else:
                values = {**values, name: _laid(values[name], sent, by=part.named_by)}
    return values, refused


def with_photos(
    values: Values, files: MultiValueDict[str, Any], form_class: type[RecordForm], *, regency: Regency | None, by: User
) -> tuple[Values, list[str]]:
    """The values with a new row for each photograph that was sent for a part (`<part>-photos`): (values, refused).

    `refused` says of each file that is no photograph, by its name, why not; the others are kept.
    """
    refused: list[str] = []
    for name, part in form_class.parts.items():
        field = part.base_fields.get(part.photo_in)
        if not isinstance(field, TakesFile):
            continue
        for file in files.getlist(f"{name}-photos"):
            photo, problem = field.take_in({}, {"photo-file": file}, "photo", regency=regency, by=by)
            if problem:
                refused.append(f"{file.name}: {problem}")
            else:
                values = {**values, name: [*values[name], {part.photo_in: photo}]}
    return values, refused


def _laid(rows: Sequence[Row], sent: Sequence[Row], *, by: str) -> list[Row]:
    laid = [dict(row) for row in rows]
    known = {str(row.get(by) or "").strip(): row for row in laid}
    for row in sent:
        if row[by] and row[by] in known:
            known[row[by]] |= row
        else:
            laid.append(dict(row))
            known[row[by]] = laid[-1]
    return laid


def load_files(form: RecordForm) -> None:
    """Look up every file that the form and its rows show, in one query."""
    load_attachments(form, *(row for rows in form.rows.values() for row in rows))


def _file_fields(form_class: type[RecordForm], post: QueryDict) -> Iterator[tuple[str, Any]]:
    for name, field in form_class.base_fields.items():
        if isinstance(field, TakesFile):
            yield name, field
    for part_name, part in form_class.parts.items():
        taking = [(name, field) for name, field in part.base_fields.items() if isinstance(field, TakesFile)]
        for at in range(min(rows_posted(post, part_name), form_class.most_rows)):
            yield from ((f"{part_name}-{at}-{name}", field) for name, field in taking)


def by_path(refused: ValidationError) -> Problems:
    """The errors of a verb by path."""
    if hasattr(refused, "error_dict"):
        return refused.error_dict
    return {"__all__": refused.error_list}


def with_key(path: Path, values: Values) -> Path:
    """A row that was named by its place is named by its key: `products.2.name` → `products.<key>.name`."""
    name, _dot, rest = path.partition(".")
    at, _dot, field = rest.partition(".")
    rows = values.get(name)
    if at.isdecimal() and isinstance(rows, list) and int(at) < len(rows):
        return ".".join(filter(None, [name, rows[int(at)]["key"], field]))
    return path


def with_left_out(submission: Submission, given: Values, paths: Iterable[Path]) -> Values:
    """What a draft holds, with what was typed at these paths instead: it was not kept, and has to be seen to be mended.

    A row is named as in `given`, by its key or by its place.
    """
    form_class, shown = submission.form_class, submission.kept()
    typed = whole(form_class, given, instance=submission.record(), current=shown)
    whole_parts = left_out_whole(form_class, paths)
    for path in paths:
        name, _dot, rest = path.partition(".")
        if name in whole_parts or not rest:
            shown |= {name: typed[name]} if name in typed else {}
            continue
        key, _dot, field = rest.partition(".")
        at = next((at for at, row in enumerate(shown[name]) if key in (str(at), row["key"])), None)
        if at is not None:
            shown[name][at] = {**shown[name][at], field: typed[name][at][field]}
    return shown


def cleaned(form_class: type[RecordForm], given: Values) -> list[str]:
    """The labels of the fields of which a text was kept without double spaces or what nobody sees."""
    labels = form_class.untidy(given)
    for name, part in form_class.parts.items():
        labels += [label for row in given.get(name) or [] for label in part.untidy(row)]
    return list(dict.fromkeys(labels))


def reads(form_class: type[RecordForm], given: Values) -> dict[Path, str]:
    """How each figure was read that was written as offices do (15 jt), in words; a row is named by its place."""
    found = {name: value for name, value in given.items() if isinstance(value, AsRead)}
    for part in form_class.parts:
        for at, row in enumerate(given.get(part) or []):
            found |= {f"{part}.{at}.{name}": value for name, value in row.items() if isinstance(value, AsRead)}
    text = _("“%(value)s” was read as %(number)s.")
    return {
        path: text % {"value": value.typed[:40], "number": _figure(form_class, path, value)}
        for path, value in found.items()
    }


def _figure(form_class: type[RecordForm], path: Path, value: AsRead) -> str:
    part, _dot, rest = path.partition(".")
    form = form_class.parts[part] if rest else form_class
    return str(form.base_fields[path.rpartition(".")[2]].widget.format_value(str(value)))


def of_rows(
    refused_files: Mapping[str, str], submission: Submission, kept_places: Mapping[str, Mapping[int, int]]
) -> dict[Path, list[str]]:
    """Refusals of files by path instead of the name of their input."""
    refusals: dict[Path, list[str]] = {}
    for html_name, text in refused_files.items():
        name, *rest = html_name.split("-")
        if rest and name in kept_places:
            at = int(rest[0])
            if at not in kept_places[name]:
                refusals.setdefault("__all__", []).append(text)
                continue
            row = submission.values[name][kept_places[name][at]]
            refusals[f"{name}.{row['key']}.{rest[1]}"] = [text]
        else:
            refusals[html_name] = [text]
    return refusals
