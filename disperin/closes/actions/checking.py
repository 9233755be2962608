"""Whether closes are as they were written: what their seals, their chain and the history say."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.utils import timezone

from disperin.closes.models import Close, CloseCorrection, CloseFigure, ClosePaper
from disperin.closes.sealing import CLOSED, CORRECTED, digest, seal_of_close, seal_of_correction, seal_of_figure
from disperin.history.models import Entry


def faults() -> Iterator[str]:
    """What is wrong with the closes, a line for each fault; nothing where all is as it was written."""
    closes = list(Close.objects.all())
    written = {entry.detail["seal"]: entry for entry in Entry.objects.filter(verb=CLOSED).order_by("id")}
    before: Close | None = None
    for close in closes:
        yield from _faults_of(close, before, written)
        before = close
    for seal in written.keys() - {close.seal for close in closes}:
        named = written[seal].target_name
        yield f"{named}: the history tells of a close with the seal {seal[:12]}…, which is not there."


def _faults_of(close: Close, before: Close | None, written: dict[str, Entry]) -> Iterator[str]:
    figures = list(close.figures.order_by("id"))
    named = f"{close.period.key}"
    for figure in figures:
        if seal_of_figure(figure) != figure.seal:
            yield f"{named}: the figure “{figure.name}” was altered; it says {figure.value} now."
    yield from _faults_of_head(close, named)
    if seal_of_close(close.head, figures) != close.seal:
        difference = _missing_or_added(close, figures)
        yield f"{named}: the seal does not fit head and figures{difference}. The chain is broken here."
    if close.seal not in written:
        yield f"{named}: the history does not know this seal. The chain is broken here."
    if close.told.get("previous", "") != (before.seal if before else ""):
        after = f"after {before.period.key}" if before else "at its beginning"
        yield f"{named}: it does not follow the close before. The chain is broken {after}."
    yield from _faults_of_paper(close, before, written.get(close.seal), named)
    yield from _faults_of_corrections(close, named)


def _faults_of_head(close: Close, named: str) -> Iterator[str]:
    """What stands in columns for lists to read is the same as in the head."""
    columns = {
        "period": close.period.key, "closed_at": timezone.localtime(close.closed_at).isoformat(), "note": close.note,
        "closed_by": close.closed_by_id,
    }  # fmt: skip
    head = close.told
    said = {
        "period": head.get("period"), "closed_at": head.get("closed_at"), "note": head.get("note"),
        "closed_by": head.get("closed_by", {}).get("id"),
    }  # fmt: skip
    for name in columns:
        if columns[name] != said[name]:
            yield f"{named}: “{name}” was altered; the column says {columns[name]!r}, the head {said[name]!r}."


def _missing_or_added(close: Close, figures: Sequence[CloseFigure]) -> str:
    number = close.told.get("figures")
    return "" if number == len(figures) else f" ({number} figures were sealed, {len(figures)} are there)"


def _faults_of_paper(close: Close, before: Close | None, entry: Entry | None, named: str) -> Iterator[str]:
    paper = ClosePaper.objects.filter(close=close).first()
    if paper is None:
        yield f"{named}: its paper is not there."
    elif digest(bytes(paper.pdf)) != paper.seal:
        yield f"{named}: its paper was altered."
    elif entry is not None and paper.seal != entry.detail.get("paper", paper.seal):
        yield f"{named}: its paper is not the one that the history tells of."
    if before is not None:
        sealed = ClosePaper.objects.filter(close=before).values_list("seal", flat=True).first()
        if close.told.get("previous_paper") != sealed:
            yield f"{before.period.key}: its paper is not the one that {named} was sealed after."


def _faults_of_corrections(close: Close, named: str) -> Iterator[str]:
    """Those of each figure are those that the history tells of, in their order; of the first it tells no seals."""
    told: defaultdict[str, list[str | None]] = defaultdict(list)
    there: defaultdict[str, list[CloseCorrection]] = defaultdict(list)
    for entry in Entry.objects.about(close).filter(verb=CORRECTED).order_by("id"):
        told[entry.detail["figure"]].append(entry.detail.get("seal"))
    for correction in CloseCorrection.objects.filter(figure__close=close).select_related("figure").order_by("id"):
        there[correction.figure.name].append(correction)
    for figure in sorted({*told, *there}):
        seals, corrections = told[figure], there[figure]
        for _one in range(len(seals) - len(corrections)):
            yield f"{named}: a correction of “{figure}” that the history tells of is not there."
        if len(seals) < len(corrections):
            unknown = [correction for correction in corrections if seal_of_correction(correction) not in seals]
            for correction in unknown:
                value = correction.right_value
                yield f"{named}: the history does not know a correction of “{figure}”; it says {value}."
        elif len(seals) == len(corrections):
            for seal, correction in zip(seals, corrections, strict=True):
                if seal not in (None, seal_of_correction(correction)):
                    yield f"{named}: a correction of “{figure}” was altered; it says {correction.right_value} now."
