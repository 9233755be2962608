"""Which column of a file is which field: told by headings in whatever words, and by what was confirmed before."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest
from typing import Any

from django.utils.translation import override

from disperin.registers.record.directory import Register
from disperin.registers.values.written import are_percent, are_rupiah
from disperin.ui.forms import choices_of
from disperin.workbooks.files.cells import Cells, is_blank, shown
from disperin.workbooks.files.delimited import PAGE
from disperin.workbooks.tables.columns import (
    ERRORS,
    ERRORS_HEADING,
    IN_CELL,
    NAMED,
    NOT_READ,
    Table,
    are_figures,
    field_and_version,
    tables,
)
from disperin.workbooks.tables.joined import JOINED, is_joined, lists_of, settled
from disperin.workbooks.tables.options import plain
from disperin.workbooks.tables.units import is_unit, month_of, scale_of, unit_of, without_scale

SEARCHED = 30  # first rows of a sheet among which the headings stand
MOST_HEADINGS = 3  # rows of one table
ALIKE = 0.84  # from here on a heading is offered as a guess
_SHORT = {
    "no": "nomor", "nmr": "nomor", "kab": "kabupaten", "kec": "kecamatan", "kel": "kelurahan", "ds": "desa",
    "tlp": "telepon", "telp": "telepon", "hp": "handphone", "wa": "whatsapp", "tgl": "tanggal", "jml": "jumlah",
    "jlh": "jumlah", "thn": "tahun", "th": "tahun", "alm": "alamat", "ket": "keterangan", "lk": "laki laki",
    "l": "laki laki", "p": "perempuan", "pr": "perempuan", "sk": "surat keputusan", "rp": "", "pria": "laki laki",
    "wanita": "perempuan", "tk": "tenaga kerja",
}  # fmt: skip
_COUNTS = ("nomor", "nomor urut", "urut")  # headings of the running numbers of a list: never read
_VAGUE = ("nama",)  # headings that say what they are only where no other says it better
_PHOTOS = ("foto", "gambar", "nama berkas foto", "nama file foto", "berkas foto", "file foto")
_KINDS = {"nama", "alamat", "nomor", "jumlah", "tanggal", "tahun"}  # words of what is said of a thing
_PREFIXES = ("nomor ", "jumlah ", "nama ")  # words before what a column is about
_COUNTED = re.compile(r"[ .]*\(?\b(?:[1-9]|I{1,3}|ke[- ]?[1-9])\)?\s*$", re.IGNORECASE)  # one of several of a kind
_UNITS = re.compile(r"%|\b(?:persen|percent|rupiah|idr)\b", re.IGNORECASE)
_NIK = re.compile(r"\b(nik|nomor ktp|ktp|nomor induk kependudukan|nomor kk|kartu keluarga)\b")


@dataclass
class Guess:
    """What the columns of one sheet are: `columns` maps their place to a name, "" being a column nobody knows."""

    part: str | None = None  # None: no table of this register
    heading_row: int = 0  # the place of the headings, or of the lower row of two, among the rows that were looked at
    headings: Cells = field(default_factory=list)
    columns: dict[int, str] = field(default_factory=dict)
    unsure: list[int] = field(default_factory=list)
    times: dict[int, int] = field(default_factory=dict)  # by which the figures of a column are multiplied
    end: int = 0  # where another table may begin beside it
    remembered: list[int] = field(default_factory=list)  # columns that are known only because somebody confirmed them

    @property
    def known(self) -> int:
        return sum(1 for name in self.columns.values() if name not in ("", NOT_READ))


class Words:
    """What the columns of a register may be called, by table; made once per file."""

    def __init__(self, register: Register) -> None:
        self.by_part: dict[str, dict[str, str]] = {}
        self._tables: dict[str, Table] = {}
        self._labels: dict[str, set[str]] = {}  # of a part: the headings of our own templates, which name no unit
        self._parts = register.form.parts
        for language in ("id", "en"):
            with override(language):
                for table in tables(register):
                    self._learn(table)

    def _learn(self, table: Table) -> None:
        self._tables[table.part] = table
        known = self.by_part.setdefault(table.part, {words(ERRORS_HEADING): ERRORS})
        self._labels.setdefault(table.part, set()).update(plain(str(label)) for _name, label in table.named)
        for column in table.columns:
            more = table.form.in_files.words.get(column.name, ()) + (_PHOTOS if column.is_photo else ())
            for text in (column.label, column.name.strip("#").replace("_", " "), *more):
                known.setdefault(words(text), column.name)
        for column in table.columns:
            known.setdefault(words(_bare(column.label)), column.name)
        for text in _COUNTS:
            known.setdefault(text, NOT_READ)
        for column in table.in_cells:
            for text in self._called_so(*column.name.split(IN_CELL)):
                if words(text) not in _VAGUE:
                    known.setdefault(words(text), column.name)
        for name, label in table.named:
            field, version = field_and_version(name)
            called = [text for text, column_name in known.items() if column_name == field] if version else ()
            known |= {words(str(label)): name} | {f"{text} {version}": name for text in called}

    def _called_so(self, part: str, name: str) -> Iterator[str]:
        """The headings of a column of records that holds lines of a part: its field, or a choice of another one."""
        form, (answered, _sign, key) = self._parts[part], name.partition(NAMED)
        if not key:
            yield str(form.base_fields[answered].label)
            yield from form.in_files.words.get(answered, ())
            return
        named = self._tables[""].form.in_files.by_heading[part][0]
        yield str(choices_of(form.base_fields[named])[key])
        yield from form.in_files.choices.get(named, {}).get(key, ())

    def column_of(self, part: str, heading: str) -> str:
        """Which column of a table a heading names exactly; "" where none, or none that is read."""
        name = self.by_part[part].get(_in_known_words(heading, self.by_part[part]), "")
        return "" if name == NOT_READ else name

    def guess(
        self,
        rows: Sequence[Cells],
        remembered: Mapping[str, Mapping[str, str]],
        times: Mapping[str, Mapping[str, int | None]] | None = None,
    ) -> Guess:
        """The best Guess for the first rows of a sheet (lists of cells).

        `remembered` is `{part: {heading in its plainest words: name}}`, as confirmed before for this regency, `times`
        the same of what its figures were multiplied by.
        """
        named = [
            (_named(cells, known, remembered.get(part, {})), part, at, cells)
            for at, cells in _headings_in(rows[:SEARCHED])
            for part, known in self.by_part.items()
        ]
        most = max((number for number, *_rest in named), default=0)
        best = Guess()
        for number, part, at, cells in sorted(named, key=lambda candidate: -candidate[0]):
            if most >= 2 and number * 2 < most:
                break  # rows of data need not be likened to headings
            reading = _read(cells, self.by_part[part], remembered.get(part, {}))
            self._offer_to_join(reading, cells, part)
            self._ask_about_lines_in_cells(reading, cells, remembered.get(part, {}))
            is_table = reading.known >= 2 or reading.known == len(reading.columns) == 1
            if is_table and (reading.known, not reading.unsure) > (best.known, not best.unsure):
                reading.part, reading.heading_row, reading.headings, best = part, at, cells, reading
        if best.part is not None:
            self._ask_what_memory_contradicts(best, remembered.get(best.part, {}))
            self._scale(best, rows, (times or {}).get(best.part, {}))
            self._ask_what_unit_contradicts(best, remembered.get(best.part, {}))
        return best

    def _offer_to_join(self, guess: Guess, cells: Cells, part: str) -> None:
        """“No HP 2” beside “No HP 1”, “RT/RW” beside “Alamat”: one is joined to the other, if somebody says so."""
        known, table = self.by_part[part], self._tables[part]
        beside = {word: name for name, some in table.form.in_files.beside.items() for word in some}
        lists = lists_of(table)
        for at in [at for at, name in guess.columns.items() if not name and at < guess.end]:
            text = shown(cells[at])
            name = known.get(_in_known_words(_COUNTED.sub("", text), known), "")
            name = name if name in lists else beside.get(words(text), "")
            if name:
                guess.columns[at] = f"{JOINED}{name}"
                guess.unsure.append(at)
        guess.columns = settled(guess.columns)

    def _ask_about_lines_in_cells(self, guess: Guess, cells: Cells, remembered: Mapping[str, str]) -> None:
        """A heading may mean kinds of goods, or goods: somebody looks at what stands below it, once.

        One that is a choice of a list says what it means.
        """
        for at, name in guess.columns.items():
            if (
                IN_CELL in name
                and NAMED not in name
                and at not in guess.unsure
                and remembered_as(shown(cells[at])) not in remembered
            ):
                guess.unsure.append(at)

    def _ask_what_memory_contradicts(self, guess: Guess, remembered: Mapping[str, str]) -> None:
        """What was confirmed once may be wrong for this file: where the register knows better, somebody looks."""
        known = self.by_part[guess.part or ""]
        for at, name in guess.columns.items():
            heading = shown(guess.headings[at])
            if remembered_as(heading) not in remembered:
                continue
            own = name.removeprefix(JOINED)
            if known.get(words(heading), own) != own and at not in guess.unsure:
                guess.unsure.append(at)
            if words(heading) not in known:
                guess.remembered.append(at)

    def _ask_what_unit_contradicts(self, guess: Guess, remembered: Mapping[str, str]) -> None:
        """Percent are no rupiah, and neither are people: a heading with the unit of something else is asked about."""
        table = self._tables[guess.part or ""]
        for at, name in guess.columns.items():
            heading, field = shown(guess.headings[at]), table.fields.get(name)
            if field is None or not are_figures(field) or remembered_as(heading) in remembered:
                continue
            is_own = {"persen": are_percent, "rupiah": are_rupiah}.get(unit_of(heading))
            if is_own and not is_own(field) and at not in guess.unsure:
                guess.unsure.append(at)

    def _scale(self, guess: Guess, rows: Sequence[Cells], confirmed: Mapping[str, int | None]) -> None:
        """By how much the figures of each column are multiplied: said by its heading, or for all money above them."""
        table = self._tables[guess.part or ""]
        above = " ".join(shown(cell) for cells in rows[: guess.heading_row] for cell in cells if isinstance(cell, str))
        said_above = (scale_of(above) if re.search(r"\b(?:dalam|dlm)\b", above.lower()) else None) or 1
        for at, name in guess.columns.items():
            heading, field = shown(guess.headings[at]), table.fields.get(name)
            if name and not (field and are_figures(field)):
                continue
            # whoever says what a column is that nobody knows is asked about its month too
            yearly = not name or name in table.form.in_files.yearly
            times = None if plain(heading) in self._labels[table.part] else scale_of(heading, yearly=yearly)
            known = (
                confirmed.get(remembered_as(heading)) if times else None
            )  # what stands above a table is asked about each time
            if field and are_rupiah(field) and times in (None, 1, 12) and said_above > 1:
                times, known = said_above * month_of(times or 1), None
            if times is None:
                continue
            guess.times[at] = known or times
            if known is None and at not in guess.unsure:
                guess.unsure.append(at)


def _headings_in(rows: Sequence[Cells]) -> Iterator[tuple[int, Cells]]:
    """`(place, cells)` of what may be headings: each row by itself, then those of texts that go on below others.

    Below “Alamat” may stand “Desa” and “Kecamatan”, while “Nama” beside it has one row alone. There may be three rows.
    """
    yield from enumerate(rows)
    above: dict[int, Cells] = dict(enumerate(rows))
    for _second_and_third in range(MOST_HEADINGS - 1):
        joined: dict[int, Cells] = {}
        for at, below in enumerate(rows[1:], start=1):
            if at - 1 in above and (lower := _texts_below(above[at - 1], below)):
                both = zip_longest(above[at - 1], lower)
                joined[at] = [_both(upper, text) for upper, text in both]
        yield from joined.items()
        above = joined


def _both(upper: Any, lower: Any) -> Any:
    """What two cells of headings say of a column: the lower one, with the upper one where it is a unit alone."""
    if is_blank(lower) or is_blank(upper):
        return upper if is_blank(lower) else lower
    return f"{upper} {lower}" if is_unit(lower) and isinstance(upper, str) else lower


def _texts_below(above: Cells, below: Cells) -> Cells:
    """What of a row may go on the headings above it: all, or what stands before the first empty column; [] for none.

    Beside a table, beyond an empty column, may stand another one with a single row of headings, so rows of it too.
    """
    both = list(zip_longest(above, below))
    filled = [at for at, pair in enumerate(both) if not all(map(is_blank, pair))]
    gap = next((before + 1 for before, at in pairwise(filled) if at - before > 1), len(both))
    for cells in (below, below[:gap]):
        texts = [cell for cell in cells if not is_blank(cell)]
        if texts and all(isinstance(text, str) for text in texts):
            return cells
    return []


def _named(cells: Cells, known: Mapping[str, str], remembered: Mapping[str, str]) -> int:
    """How many cells of a row are headings that are known, or were confirmed before."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    return sum(words(text) in known or remembered_as(text) in remembered for text in texts)


def _read(cells: Cells, own_words: Mapping[str, str], remembered: Mapping[str, str]) -> Guess:
    """The columns that a row of headings names: first those that it names exactly, then those it nearly names.

    What was `remembered` goes for the very heading; one that is only like it is a guess.
    """
    known = {**own_words, **remembered}
    headings = {at: shown(cell) for at, cell in enumerate(cells) if not is_blank(cell)}
    if PAGE in headings.values():  # one of our own files: its columns have the names of fields; the others only tell
        own = {name.strip("#"): name for name in known.values()}
        return Guess(columns={at: own.get(text, NOT_READ) for at, text in headings.items()})
    confirmed = {at: again for at, text in headings.items() if (again := remembered_as(text)) in remembered}
    headings = {at: confirmed.get(at) or _in_known_words(text, own_words) for at, text in headings.items()}
    guess, free = Guess(columns=dict.fromkeys(headings, "")), set(known.values()) - {NOT_READ}
    guess.end = _end_of_first_table(headings, own_words)
    headings = {
        at: text for at, text in headings.items() if at < guess.end
    }  # whoever confirms says what the others are
    for at, text in sorted(headings.items(), key=lambda pair: pair[1] in _VAGUE):
        name = (remembered if at in confirmed else own_words).get(text)
        if name == NOT_READ or name in free:
            guess.columns[at] = name
            free -= set() if is_joined(name) else _same_field(name, free)
    likenesses = sorted(
        (
            (_likeness(text, word), at, name)
            for at, text in headings.items()
            if not guess.columns[at] and text
            for word, name in known.items()
            if name in free
        ),
        reverse=True,
    )
    for likeness, at, name in likenesses:
        if likeness >= ALIKE and name in free and not guess.columns[at]:
            guess.columns[at] = name
            guess.unsure.append(at)
            free -= _same_field(name, free)
    return guess


def _end_of_first_table(headings: Mapping[int, str], own_words: Mapping[str, str]) -> int:
    """Where another table begins beside the first: beyond an empty column, with a heading that stood there already."""
    places = sorted(headings)
    for before, at in pairwise(places):
        if at - before > 1:
            known = {headings[place] for place in places if place < at} & own_words.keys()
            first = [headings[place] for place in places if place >= at][:2]  # before the names may stand numbers
            if known.intersection(first):
                return at
    return places[-1] + 1 if places else 0


def _in_known_words(text: str, known: Mapping[str, str]) -> str:
    """A heading in the words in which it is known, if it is: whole, without brackets, unit, or “number” before it."""
    ways = [words(text), words(_bare(text)), words(without_scale(text))]
    ways += [way.removeprefix(prefix) for way in ways for prefix in _PREFIXES if way.startswith(prefix)]
    if "/" in text:  # HP/WA: two words for one thing
        parts = [_in_known_words(part, known) for part in text.split("/")]
        ways += parts[:1] if len({known.get(part) for part in parts}) == 1 else []
    return next((way for way in ways if way in known), ways[1])


def _same_field(name: str, names: Iterable[str]) -> set[str]:
    return {other for other in names if field_and_version(other)[0] == field_and_version(name)[0]}


def _likeness(this: str, other: str) -> float:
    """0 to 1: how near two headings are, in whichever order their words stand."""
    if not this or not other:
        return 0.0
    if min(len(this), len(other)) * 2 < ALIKE * (len(this) + len(other)):
        return 0.0  # they cannot have so much in common
    kinds = [_KINDS & {*text.split()} for text in (this, other)]
    if all(kinds) and not kinds[0] & kinds[1]:
        return 0.0  # the address of an owner is no name of one, however alike the words are
    this, other = " ".join(sorted(this.split())), " ".join(sorted(other.split()))
    matcher = SequenceMatcher(None, this, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0


def words(heading: str) -> str:
    """A heading as it is compared: plain words, abbreviations written out."""
    parts = re.split(r"[^a-z0-9]+", plain(heading))
    return " ".join(" ".join(_SHORT.get(part, part) for part in parts).split())


def remembered_as(heading: str) -> str:
    """As `words`, with its unit: what was confirmed of “(%)” says nothing of “(Rp)”."""
    return " ".join(filter(None, (words(_UNITS.sub(" ", heading)), unit_of(heading))))


def _bare(heading: str) -> str:
    """Without what stands in brackets, such as a unit."""
    return re.sub(r"(?<=\S) *(?:\([^()]*\)|\[[^\[\]]*\])", " ", heading)


def is_of_nik(heading: str) -> bool:
    """Whether a heading says that its column holds NIKs or numbers of family cards."""
    return bool(_NIK.search(words(heading)))
