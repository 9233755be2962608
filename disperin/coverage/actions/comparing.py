"""The job of a list: its rows become lines, each is matched as an import matches, then what the list lacks is told."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from disperin.coverage.actions.assigning import end_settled
from disperin.coverage.actions.reading import read_lines
from disperin.coverage.models import OutsideLine, OutsideList
from disperin.coverage.rules import ABOUT, Kind, MatchedBy, Outcome, Said, differences
from disperin.registers.models import Record, RecordQuerySet
from disperin.registers.pairing.search import asked_of, names_at_hand, traits_in
from disperin.registers.record.likeness import Reason, likeness
from disperin.workbooks.importing.checking import CHUNK
from disperin.workbooks.importing.matching import Asked, Match, Matcher
from disperin.workbooks.importing.progress import keep
from disperin.workbooks.importing.taking_in import remove_file
from disperin.workbooks.models import State, Workbook
from industries.models import Establishment, HalalCertification
from industries.rules import Activity

_FOUND = [
    "outcome", "matched_by", "regency", "record_id", "record_number", "record_regency", "differs", "rivals",
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
        end_settled(outside_list)
        counts = count_lines(outside_list)
        OutsideList.objects.filter(pk=outside_list.pk).update(counts=counts, compared_at=timezone.now())
        keep(workbook, state=State.CHECKED, done=0, total=0, attempts=0)


def count_lines(outside_list: OutsideList) -> dict[str, dict[str, int]]:
    """`{regency or "": {outcome: lines}}` as they stand."""
    counts: dict[str, dict[str, int]] = {}
    found = outside_list.lines.order_by().values_list("regency", "outcome").annotate(number=Count("pk"))
    for regency, outcome, number in found:
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
        known = self._named_before(lines)
        ended = self._ended(lines)
        asked = [Asked("", _values(line), {}) for line in lines]
        for line, match in zip(lines, self.matcher.match(asked), strict=True):
            before = known.get(line.record_id) if line.record_id else None
            if before:
                self.about(line, before, line.matched_by)
            else:
                self._decide(line, match, ended)
        OutsideLine.objects.bulk_update(lines, _FOUND)

    def about(self, line: OutsideLine, record: Record, matched_by: str) -> None:
        """Say that a line is about this record; it is found, or contradicts it."""
        line.record_id, line.record_number, line.record_regency = record.pk, record.number, record.regency_id or ""
        line.matched_by, line.rivals = matched_by, []
        line.differs = [str(one) for one in differences(_said(line), _here(record))]
        line.outcome = Outcome.CONTRADICTING if line.differs else Outcome.FOUND
        if not line.says_regency:
            line.regency_id = record.regency_id

    def _decide(self, line: OutsideLine, match: Match, ended: dict[str, Record]) -> None:
        line.record_id, line.record_number, line.record_regency = None, "", ""
        line.matched_by, line.differs, line.rivals = "", [], []
        by_key = MatchedBy.CERTIFICATE if line.certificate else MatchedBy.NIB
        if match.record:
            self.about(line, match.record, by_key)
            return
        holders = [one for one in match.candidates if line.nib and _here(one)["nib"] == line.nib]
        if holders:  # a business may work in several places under its NIB
            self.about(line, max(holders, key=lambda one: _nearness(line, one)), by_key)
            return
        same = [one for one in match.candidates if _is_same_place(self.register.model, line, one)]
        if len(same) == 1:
            self.about(line, same[0], MatchedBy.NAME_AND_VILLAGE)
            return
        if gone := ended.get(line.key):
            self.about(line, gone, by_key)
            return
        line.rivals = [{"number": one.number, "name": str(one)[:200]} for one in match.candidates]
        line.outcome = Outcome.DOUBTFUL if line.rivals else Outcome.NEW
        line.record_id = match.candidates[0].pk if line.rivals else None  # so that it is not told to be missing too

    def _named_before(self, lines: Sequence[OutsideLine]) -> dict[int, Record]:
        """The records that lines name already: by a person, or by a tax number, which is kept nowhere here."""
        keys = {line.record_id for line in lines if line.record_id and line.matched_by in _LASTING}
        for line in lines:
            if line.matched_by not in _LASTING:
                line.record_id = None
        return self.register.model.objects.in_bulk(keys) if keys else {}

    def _ended(self, lines: Sequence[OutsideLine]) -> dict[str, Record]:
        """`{number: its record}` of those that are closed, by NIB or certificate number."""
        if self.outside_list.kind == Kind.HALAL:
            numbers = {line.certificate for line in lines} - {""}
            found = HalalCertification.objects.filter(certificate_number__in=numbers).select_related("establishment")
            return {one.certificate_number: one for one in found.exclude(closed_on=None).order_by("pk")}
        makers = Establishment.objects.filter(nib__in={line.nib for line in lines} - {""})
        return {one.nib: one for one in makers.exclude(closed_on=None).order_by("pk")}


_LASTING = (MatchedBy.PERSON, MatchedBy.NPWP)


def _values(line: OutsideLine) -> dict[str, Any]:
    """What a line says, in the words of the register's form."""
    told = {"name": line.name, "nib": line.nib, "certificate_number": line.certificate}
    return {**told, "regency": line.regency_id or "", "village": line.village_id or ""}


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
    told = {name: record.withheld.get(name, getattr(record, name, "")) for name in ("name", "owner_name", "nib")}
    if isinstance(record, HalalCertification):
        told["name"] = record.establishment.withheld.get("name", record.establishment.name)
        is_over = bool(record.revoked_on)
    else:
        is_over = record.activity == Activity.CLOSED
    names = [one for one in (told["name"], told["owner_name"]) if one]
    ended = is_over or record.closed_on is not None
    return {"names": names, "nib": told["nib"], "regency": record.regency_id, "ended": ended}


def _nearness(line: OutsideLine, record: Any) -> tuple[bool, bool, int]:
    """How near a record of the same number is to a line: its village, then its regency, then the likeness of names."""
    return (
        bool(line.village_id) and record.village_id == line.village_id,
        record.regency_id == line.regency_id,
        likeness(traits_in(type(record), _values(line)), asked_of(record)[0]).score,
    )


def _is_same_place(model: type[Record], line: OutsideLine, record: Record) -> bool:
    """Whether a record has the name of a line and lies in its village."""
    reasons = likeness(traits_in(model, _values(line)), asked_of(record)[0]).reasons
    return Reason.SAME_NAME in reasons and Reason.SAME_VILLAGE in reasons


def _tell_missing(outside_list: OutsideList) -> None:
    """Keep a line for every record that the list covers and does not name; those that it names now are gone."""
    named = outside_list.lines.filter(position__isnull=False)
    about = named.filter(outcome__in=(*ABOUT, Outcome.DOUBTFUL), record_id__isnull=False).values("record_id")
    outside_list.lines.filter(outcome=Outcome.MISSING, record_id__in=about).delete()
    covered = covered_by(outside_list)
    told = outside_list.lines.filter(outcome=Outcome.MISSING).values("record_id")
    outside_list.lines.filter(outcome=Outcome.MISSING).exclude(record_id__in=covered.values("pk")).delete()
    missing = covered.exclude(pk__in=about).exclude(pk__in=told)
    if outside_list.kind != Kind.HALAL:
        missing = missing.exclude(nib__in=named.exclude(nib="").values("nib"))
    for some in _in_pieces(missing.order_by("pk")):
        OutsideLine.objects.bulk_create([_missing_line(outside_list, record) for record in some])


def covered_by(outside_list: OutsideList) -> RecordQuerySet[Any]:
    """The open records that a list speaks of: of its regency and branch; of certificates those with a number."""
    found: Any = outside_list.register.model.objects.unclosed()
    place = {"regency": outside_list.regency_id} if outside_list.regency_id else {}
    if outside_list.kind == Kind.HALAL:
        found = found.filter(**place).exclude(certificate_number="").select_related("establishment")
        return found.filter(establishment__branch=outside_list.branch) if outside_list.branch else found
    return found.filter(**place, **({"branch": outside_list.branch} if outside_list.branch else {}))


def _in_pieces(records: RecordQuerySet[Any]) -> Iterator[list[Any]]:
    """The records a piece at a time, by their keys."""
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
