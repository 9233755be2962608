"""The job of a list: its rows become lines, each is matched as an import matches, then what the list lacks is told."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, JSONField
from django.db.models.expressions import Func
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.coverage.actions.assigning import drop, end_settled, take_tasks_along
from disperin.coverage.actions.reading import read_lines
from disperin.coverage.models import OutsideLine, OutsideList
from disperin.coverage.rules import ABOUT, Kind, MatchedBy, Outcome, Said, differences
from disperin.registers.models import Merge, Record, RecordQuerySet
from disperin.registers.pairing.search import asked_of, names_at_hand, traits_in
from disperin.registers.record.likeness import Reason, likeness
from disperin.workbooks.importing.checking import CHUNK
from disperin.workbooks.importing.matching import Asked, Match, Matcher
from disperin.workbooks.importing.progress import keep
from disperin.workbooks.importing.taking_in import remove_file
from disperin.workbooks.models import State, Workbook
from industries.models import Establishment, HalalCertification
from industries.rules import Activity

_OF_RECORD = ["regency_id", "village_id", "name", "nib", "certificate", "record_number", "record_regency"]
_FOUND = [
    "outcome", "matched_by", "regency", "record_id", "record_number", "record_regency", "differs", "rivals",
    "problem",
]  # fmt: skip


def compare(workbook: Workbook) -> None:
    """Read what is not read yet, judge the lines that have no outcome, and tell what the list lacks.

    Cut off, it goes on where it was.
    """
    remove_file(workbook)  # if the step before was cut off just before it did
    outside_list = OutsideList.objects.get(workbook=workbook)
    read_lines(outside_list, workbook)
    _judge(outside_list, workbook)
    _tell_missing(outside_list)
    with transaction.atomic():
        take_tasks_along(outside_list)
        end_settled(outside_list)
        counts = count_lines(outside_list)
        OutsideList.objects.filter(pk=outside_list.pk).update(counts=counts, compared_at=timezone.now())
        keep(workbook, state=State.CHECKED, done=0, total=0, attempts=0)


def count_lines(outside_list: OutsideList) -> dict[str, dict[str, int]]:
    """`{regency or "": {outcome: lines}}` as they stand."""
    counts: dict[str, dict[str, int]] = {}
    rows = outside_list.lines.order_by().values_list("regency", "outcome").annotate(number=Count("pk"))
    for regency, outcome, number in rows:
        counts.setdefault(regency or "", {})[outcome] = number
    return counts


def _judge(outside_list: OutsideList, workbook: Workbook) -> None:
    """Judge the lines without outcome, regency by regency: names of one are looked for together."""
    waiting = outside_list.lines.filter(outcome="")
    keep(workbook, total=waiting.count(), done=0)
    judge, model = Judge(outside_list), outside_list.register.model
    places = waiting.order_by("regency").values_list("regency").annotate(number=Count("pk"))
    for regency, number in list(places):
        with names_at_hand(model, regency, number):
            while chunk := list(waiting.filter(regency=regency).order_by("id")[:CHUNK]):
                with transaction.atomic():
                    judge.judge(chunk)
                keep(workbook, done=workbook.done + len(chunk))


class Judge:
    """Says of lines what record they are about, and where they contradict it."""

    def __init__(self, outside_list: OutsideList) -> None:
        self.outside_list, self.register = outside_list, outside_list.register
        self.matcher = Matcher(self.register, None)
        if outside_list.kind == Kind.HALAL:
            certificates: Any = self.matcher.records
            self.matcher.records = certificates.select_related("establishment")

    def judge(self, lines: Sequence[OutsideLine]) -> None:
        """Store what these lines turn out to be."""
        for line in lines:
            if not line.says_regency:  # where its record lay when it was compared before
                line.regency_id = None
        known = self._named_before(lines)
        ended, others = self._ended(lines), self._of_same_nib(lines)
        asked = [Asked("", _values(line), {}) for line in lines]
        for line, match in zip(lines, self.matcher.match(asked), strict=True):
            before = known.get(line.record_id) if line.record_id else None
            if before and line.matched_by == MatchedBy.PERSON:
                self.about(line, before, line.matched_by)
            else:
                self._decide(line, match, before, ended, others.get(line.nib, []))
        OutsideLine.objects.bulk_update(lines, _FOUND)

    def about(self, line: OutsideLine, record: Record, matched_by: str) -> None:
        """Say that a line is about this record; it is found, or contradicts it."""
        line.record_id, line.record_number, line.record_regency = record.pk, record.number, record.regency_id or ""
        line.matched_by, line.rivals = matched_by, []
        line.differs = [str(difference) for difference in differences(_said(line), _here(record))]
        line.outcome = Outcome.CONTRADICTING if line.differs else Outcome.FOUND
        if not line.says_regency:
            line.regency_id = record.regency_id

    def _decide(
        self,
        line: OutsideLine,
        match: Match,
        by_npwp: Record | None,
        ended: dict[str, Record],
        others: Sequence[OutsideLine],
    ) -> None:
        """Its number first, then its tax number, then what is alike. What a person said of none of them stands."""
        is_none = line.matched_by == MatchedBy.PERSON and line.record_id is None
        line.record_id, line.record_number, line.record_regency = None, "", ""
        line.matched_by, line.differs, line.rivals = MatchedBy.PERSON if is_none else "", [], []
        by_key = MatchedBy.CERTIFICATE if line.certificate else MatchedBy.NIB
        holders = [record for record in match.candidates if line.nib and _here(record)["nib"] == line.nib]
        if holders := [match.record] if match.record else holders:  # one NIB may be that of several places
            nearest = _nearest(line, holders)
            if not _is_of_another(line, nearest, holders, others):
                self.about(line, nearest, by_key)
            else:
                self._leave_open(line, [] if is_none else [nearest])
            return
        if by_npwp:
            self.about(line, by_npwp, MatchedBy.NPWP)
            return
        same = [record for record in match.candidates if _is_same_place(self.register.model, line, record)]
        if len(same) == 1 and not is_none:
            self.about(line, same[0], MatchedBy.NAME_AND_VILLAGE)
        elif gone := ended.get(line.key):
            self.about(line, gone, by_key)
        elif not line.key and not line.regency_id:
            line.outcome = Outcome.UNREAD
            line.problem = _("It says neither a number nor a place where its name could be looked for.")
        else:
            self._leave_open(line, [] if is_none else match.candidates)

    def _leave_open(self, line: OutsideLine, rivals: Sequence[Record]) -> None:
        """A person decides which of these records is meant; without any, the line is new."""
        line.rivals = [
            {"number": record.number, "name": str(record)[:200], "regency": record.regency_id or ""}
            for record in rivals
        ]
        line.outcome = Outcome.DOUBTFUL if rivals else Outcome.NEW
        line.record_id = rivals[0].pk if rivals else None

    def _named_before(self, lines: Sequence[OutsideLine]) -> dict[int, Record]:
        """The records that lines name already: by a person, or by a tax number, which is kept nowhere here."""
        keys = {line.record_id for line in lines if line.record_id and line.matched_by in _LASTING}
        for line in lines:
            if line.matched_by not in _LASTING:
                line.record_id = None
        return self._standing(self.register.model.objects.in_bulk(keys)) if keys else {}

    def _ended(self, lines: Sequence[OutsideLine]) -> dict[str, Record]:
        """`{number: its record}` of those that are closed, by NIB or certificate number."""
        records: Any
        if self.outside_list.kind == Kind.HALAL:
            numbers = {line.certificate for line in lines} - {""}
            records = HalalCertification.objects.filter(certificate_number__in=numbers).select_related("establishment")
            by_number = {record.certificate_number: record for record in records.exclude(closed_on=None).order_by("pk")}
        else:
            records = Establishment.objects.filter(nib__in={line.nib for line in lines} - {""})
            by_number = {record.nib: record for record in records.exclude(closed_on=None).order_by("pk")}
        return self._standing(by_number)

    def _standing(self, records: dict[Any, Record]) -> dict[Any, Record]:
        """These records, and instead of one that was merged the one that stands."""
        into = self._into({record.number for record in records.values()})
        kept = (
            {record.number: record for record in self.matcher.records.filter(number__in=set(into.values()))}
            if into
            else {}
        )
        return {key: kept.get(into.get(record.number, ""), record) for key, record in records.items()}

    def _into(self, numbers: Iterable[str]) -> dict[str, str]:
        """`{number: the number that stands}` of those that were merged, also more than once."""
        into = dict(Merge.objects.into(numbers))
        while further := dict(Merge.objects.into(set(into.values()))):
            into = {number: further.get(kept, kept) for number, kept in into.items()}
        return into

    def _of_same_nib(self, lines: Sequence[OutsideLine]) -> dict[str, list[OutsideLine]]:
        """`{NIB: lines of the list that name it and a village}`, each thing once."""
        by_nib: dict[str, list[OutsideLine]] = {}
        named = self.outside_list.lines.filter(nib__in={line.nib for line in lines} - {""}, position__isnull=False)
        for other in named.exclude(outcome__in=(Outcome.REPEATED, Outcome.UNREAD)).exclude(village=None).order_by("pk"):
            by_nib.setdefault(other.nib, []).append(other)
        return by_nib


_LASTING = (MatchedBy.PERSON, MatchedBy.NPWP)


def _values(line: OutsideLine) -> dict[str, Any]:
    """What a line says, in the words of the register's form."""
    values = {"name": line.name, "nib": line.nib, "certificate_number": line.certificate}
    return {**values, "regency": line.regency_id or "", "village": line.village_id or ""}


def _said(line: OutsideLine) -> Said:
    return Said(
        name=line.name,
        nib=line.nib,
        certificate=line.certificate,
        regency=line.says_regency,
        village=line.village_id or "",
        ended=line.says_ended,
    )


def _here(record: Any) -> dict[str, Any]:
    """What a record says of the same things, as `rules.differences` asks it; hidden values count as any other."""
    values = {name: record.withheld.get(name, getattr(record, name, "")) for name in ("name", "owner_name", "nib")}
    if isinstance(record, HalalCertification):
        values["name"] = record.establishment.withheld.get("name", record.establishment.name)
        is_over = bool(record.revoked_on)
    else:
        is_over = record.activity == Activity.CLOSED
    names = [name for name in (values["name"], values["owner_name"]) if name]
    ended = is_over or record.closed_on is not None
    return {"names": names, "nib": values["nib"], "regency": record.regency_id, "ended": ended}


def _nearness(line: OutsideLine, record: Any) -> tuple[bool, bool, int]:
    """How near a record of the same number is to a line: its village, then its regency, then the likeness of names."""
    return (
        bool(line.village_id) and record.village_id == line.village_id,
        record.regency_id == line.regency_id,
        likeness(traits_in(type(record), _values(line)), asked_of(record)[0]).score,
    )


def _nearest(line: OutsideLine, holders: Sequence[Any]) -> Any:
    return holders[0] if len(holders) == 1 else max(holders, key=lambda holder: _nearness(line, holder))


def _is_of_another(line: OutsideLine, record: Any, holders: Sequence[Any], others: Sequence[OutsideLine]) -> bool:
    """Whether another line of the same NIB, which says another village, is about this record rather than this line."""
    if not others or not line.village_id or line.village_id == record.village_id:
        return False
    for other in others:
        if other.pk == line.pk or other.village_id == line.village_id:
            continue
        said = other.record_id if other.matched_by == MatchedBy.PERSON else _nearest(other, holders).pk
        if said == record.pk and (other.village_id == record.village_id or other.pk < line.pk):
            return True
    return False


def _is_same_place(model: type[Record], line: OutsideLine, record: Record) -> bool:
    """Whether a record has the name of a line and lies in its village."""
    if not model.likened_by:
        return False
    reasons = likeness(traits_in(model, _values(line)), asked_of(record)[0]).reasons
    return Reason.SAME_NAME in reasons and Reason.SAME_VILLAGE in reasons


def _tell_missing(outside_list: OutsideList) -> None:
    """Keep a line for every record that the list covers and does not name; those that it names now are gone."""
    named = outside_list.lines.filter(position__isnull=False)
    about = named.filter(outcome__in=(*ABOUT, Outcome.DOUBTFUL), record_id__isnull=False).values("record_id")
    each = Func("rivals", function="jsonb_array_elements", output_field=JSONField())
    each.set_returning = True
    rivals = named.filter(outcome=Outcome.DOUBTFUL).values_list(KeyTextTransform("number", each))
    lacked = outside_list.lines.filter(outcome=Outcome.MISSING)
    covered = covered_by(outside_list)
    drop(lacked.filter(record_id__in=about), by=None)
    drop(lacked.filter(record_number__in=rivals), by=None)
    drop(lacked.exclude(record_id__in=covered.values("pk")), by=None)
    _refresh(lacked, outside_list, covered)
    missing = covered.exclude(pk__in=about).exclude(number__in=rivals).exclude(pk__in=lacked.values("record_id"))
    if outside_list.kind != Kind.HALAL:
        missing = missing.exclude(nib__in=named.exclude(nib="").values("nib"))
    for some in _in_pieces(missing.order_by("pk")):
        OutsideLine.objects.bulk_create([_missing_line(outside_list, record) for record in some])


def _refresh(lacked: Any, outside_list: OutsideList, covered: RecordQuerySet[Any]) -> None:
    """Let each line of a record that the list lacks say what the record says now, and lie where it lies."""
    for some in _in_pieces(lacked.order_by("pk")):
        records, changed = covered.in_bulk([line.record_id for line in some]), []
        for line in some:
            if line.record_id not in records:  # closed just now
                continue
            now = _missing_line(outside_list, records[line.record_id])
            values = {name: getattr(now, name) for name in _OF_RECORD}
            if values != {name: getattr(line, name) for name in _OF_RECORD}:
                vars(line).update(values)
                changed.append(line)
        OutsideLine.objects.bulk_update(changed, _OF_RECORD)


def covered_by(outside_list: OutsideList) -> RecordQuerySet[Any]:
    """The open records that a list speaks of: of its regency and branch; of certificates those with a number."""
    records: Any = outside_list.register.model.objects.unclosed().in_lists()
    place = {"regency": outside_list.regency_id} if outside_list.regency_id else {}
    if outside_list.kind == Kind.HALAL:
        records = records.filter(**place).exclude(certificate_number="").select_related("establishment")
        return records.filter(establishment__branch=outside_list.branch) if outside_list.branch else records
    return records.filter(**place, **({"branch": outside_list.branch} if outside_list.branch else {}))


def _in_pieces(records: Any) -> Iterator[list[Any]]:
    """What a queryset holds, a piece at a time, by keys."""
    last = 0
    while some := list(records.filter(pk__gt=last)[:CHUNK]):
        last = some[-1].pk
        yield some


def _missing_line(outside_list: OutsideList, record: Any) -> OutsideLine:
    return OutsideLine(
        outside_list=outside_list,
        outcome=Outcome.MISSING,
        regency_id=record.regency_id,
        village_id=getattr(record, "village_id", None),
        name=(_here(record)["names"] or [record.number])[0][:200],
        nib=getattr(record, "nib", ""),
        certificate=getattr(record, "certificate_number", ""),
        record_id=record.pk,
        record_number=record.number,
        record_regency=record.regency_id,
    )
