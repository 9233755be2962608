"""What covers a product over time: the days are cut into spans, so that nothing has to be judged anew as they pass."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from industries.rules.certificates import STAGES_IN_PROCESS
from industries.rules.halal import Certificate, DutyOn, HalalState, is_in_process, is_running

EVER = date.min  # the first day of what has always been so
NOT_COVERED = ""
COVERS = (HalalState.CERTIFIED, HalalState.IN_PROCESS, NOT_COVERED)


class CoverSpan(NamedTuple):
    """From `since` to `until` (both included; None: without end) a product is covered in this way, see COVERS."""

    cover: str
    since: date
    until: date | None


def cover_on(on: date, certificates: Iterable[Certificate]) -> str:
    """How a product is covered on a day: certified, else in process, else not (the order of `status_on`)."""
    certificates = list(certificates)
    if any(is_running(certificate, on) for certificate in certificates):
        return HalalState.CERTIFIED
    return HalalState.IN_PROCESS if any(is_in_process(certificate, on) for certificate in certificates) else NOT_COVERED


def cover_spans(certificates: Iterable[Certificate]) -> list[CoverSpan]:
    """All days, from EVER to the end of time, as spans in their order; neighbours differ in their cover."""
    certificates = list(certificates)
    turns = {day for certificate in certificates for day in _turns(certificate)}
    spans = [CoverSpan(cover_on(EVER, certificates), EVER, None)]
    for day in sorted(turns):
        cover = cover_on(day, certificates)
        if cover != spans[-1].cover:
            spans[-1] = spans[-1]._replace(until=day - timedelta(days=1))
            spans.append(CoverSpan(cover, day, None))
    return spans


def judge(cover: str, duty: DutyOn) -> tuple[str, int]:
    """State of a product and days past its deadline, from how it is covered and what is asked of it on a day."""
    if duty.state == HalalState.EXEMPT:
        return duty.state, 0
    if cover == HalalState.CERTIFIED:
        return cover, 0
    return cover or duty.state, duty.overdue_days


def _turns(certificate: Certificate) -> Iterator[date]:
    """The days on which something about a certificate may change; `is_running` and `is_in_process` know no others."""
    for day in (certificate.issued_on, certificate.revoked_on, certificate.recomposed_on):
        if day:
            yield day
    if certificate.valid_until and certificate.valid_until < date.max:
        yield certificate.valid_until + timedelta(days=1)
    if certificate.stage in STAGES_IN_PROCESS:
        yield certificate.stage_on
