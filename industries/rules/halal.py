"""The halal duty of a product on a day (UU 33/2014; PP 42/2024 art. 160-161), and the path to a certificate.

The dates themselves are rows, handed in by the caller: a deadline that the government moves is no change of code.
What a product is judged by is its class (`halal_classes`): its category, with the answer that its category asks for.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from industries.rules.certificates import STAGES_IN_PROCESS, HalalScheme, HalalStage
from industries.rules.choices import BusinessScale
from industries.rules.halal_classes import FORBIDDEN, QUESTIONS, read_class

SCALES = (BusinessScale.MICRO, BusinessScale.SMALL, BusinessScale.MEDIUM, BusinessScale.LARGE)
CHECKED_BY_HAND = ("one_place", "simple_equipment", "safe_materials", "product_list")  # of the self-declare scheme
SELF_DECLARE_SALES = 15_000_000_000  # Rupiah a year at most (Kepkaban BPJPH 146/2025)
EXEMPT_BY = "PP 42/2024 Ps 2(2)-(3), 110, 185"  # products of forbidden material: no certificate, but "tidak halal"


class HalalState(TextChoices):
    """What a product is on a day, in the order in which it is judged; unknown where facts are missing."""

    EXEMPT = "exempt", gettext_lazy("Not halal (exempt)")
    CERTIFIED = "certified", gettext_lazy("Certified")
    IN_PROCESS = "in_process", gettext_lazy("In process")
    OVERDUE = "overdue", gettext_lazy("Overdue")
    DUE = "due", gettext_lazy("Not yet obliged")
    NOT_OBLIGED = "not_obliged", gettext_lazy("No duty on record")
    UNKNOWN = "unknown", gettext_lazy("Not known")


class Duty(Protocol):
    """A dated row: products of `category` by businesses of these `scales` need a certificate after `deadline`.

    With an `answer` only those products of which the question of the category was answered so.
    """

    category: str
    answer: str
    scales: list[str]
    deadline: date
    citation: str
    valid_from: date | None
    valid_to: date | None


class Certificate(Protocol):
    """One certification that covers the product, as it stands in the register."""

    certificate_number: str
    stage: str
    stage_on: date
    issued_on: date | None
    valid_until: date | None
    revoked_on: date | None
    recomposed_on: date | None


class DutyOn(NamedTuple):
    """The duty of a class and scale on a day, certificates left aside. `missing` names the facts that are needed."""

    state: str
    deadline: date | None = None
    overdue_days: int = 0
    citation: str = ""
    missing: tuple[str, ...] = ()


class HalalStatus(NamedTuple):
    """A product on a day. `reason` is a code, see `explain_halal`; `certificate` the one that decides, or None."""

    state: str
    deadline: date | None
    overdue_days: int
    citation: str
    certificate: Certificate | None
    reason: str
    missing: tuple[str, ...]

    @property
    def has_duty(self) -> bool:
        """Is there a duty, come or to come, for which a path to a certificate can be told?"""
        return self.deadline is not None


class HalalPath(NamedTuple):
    """How to a certificate: a scheme ("" while it cannot be told), what is missing, what must be looked at by hand."""

    scheme: str
    missing: tuple[str, ...]
    to_check: tuple[str, ...]


NO_PATH = HalalPath("", (), ())


def duty_on(on: date, *, halal_class: str, business_scale: str, duties: Iterable[Duty]) -> DutyOn:
    """Whether products of this class and scale need a certificate on this day.

    The deadline is the last day without duty: due up to it, overdue by one on the next day (PP 42/2024 Ps 160-161). Of
    several rows in force the one that came into force last counts. Where the scale of the business, or the answer that
    the category asks for, is not known, what is the same for all of them holds, with the latest of their deadlines (so
    many days are certain); else it is not known. Products of forbidden material are exempt.
    """
    if halal_class == FORBIDDEN:
        return DutyOn(HalalState.EXEMPT, citation=EXEMPT_BY)
    category, answer = read_class(halal_class)
    if not category:
        return DutyOn(HalalState.UNKNOWN, missing=("halal_category",))
    in_force = [duty for duty in duties if duty.category == category and _is_in_force(duty, on)]
    question = QUESTIONS.get(category)
    if question is None or answer:
        return _of_answer(on, business_scale, answer, in_force)
    return _common(
        on, question.name, [_of_answer(on, business_scale, possible, in_force) for possible in question.answers]
    )


def status_on(
    on: date, *, halal_class: str, business_scale: str, certificates: Iterable[Certificate], duties: Iterable[Duty]
) -> HalalStatus:
    """The halal status of a product on a day: exempt, certified, in process, overdue, due, not obliged, or unknown.

    `certificates` are those that cover the product, `duties` every dated row. `overdue_days` = `on` - deadline; it
    counts also while a certification is in process, and is 0 once certified.
    """
    duty = duty_on(on, halal_class=halal_class, business_scale=business_scale, duties=duties)
    if duty.state == HalalState.EXEMPT:
        return HalalStatus(duty.state, None, 0, duty.citation, None, str(HalalState.EXEMPT), ())
    covering = sorted(certificates, key=lambda certificate: certificate.issued_on or date.min, reverse=True)
    certificate = next((candidate for candidate in covering if is_running(candidate, on)), None)
    if certificate is not None:
        certified = HalalState.CERTIFIED
        return HalalStatus(certified, duty.deadline, 0, duty.citation, certificate, str(certified), ())
    process = next((candidate for candidate in covering if is_in_process(candidate, on)), None)
    state = HalalState.IN_PROCESS if process else duty.state
    ended = process or next((candidate for candidate in covering if _has_ended(candidate, on)), None)
    reason = _reason(state, ended, on)
    return HalalStatus(state, duty.deadline, duty.overdue_days, duty.citation, ended, reason, duty.missing)


def is_running(certificate: Certificate, on: date) -> bool:
    """Is the certificate valid on this day? Issued, not ended, not revoked, and the composition is still the same.

    A day of revocation and a day of change are the first days without it; `valid_until` is the last day with it.
    """
    if not certificate.issued_on or certificate.issued_on > on:
        return False
    if certificate.valid_until and certificate.valid_until < on:
        return False
    if certificate.revoked_on and certificate.revoked_on <= on:
        return False
    changed = certificate.recomposed_on
    return not (changed and certificate.issued_on <= changed <= on)


def is_in_process(certificate: Certificate, on: date) -> bool:
    """Has a certification reached a stage on the way to its certificate by this day?"""
    return certificate.stage in STAGES_IN_PROCESS and certificate.stage_on <= on


def path_to_certificate(*, nib: str, business_scale: str, annual_sales: int | None) -> HalalPath:
    """Self-declare or regular, as far as the register knows (Kepkaban BPJPH 146/2025), with what is still missing.

    Self-declare asks for a NIB of a micro or small business, sales of at most Rp 15 billion a year, one place of
    production and one outlet, simple equipment, materials without risk, and a product on the list of Kepkaban BPJPH
    145/2025; the last four are looked at by hand.
    """
    missing: tuple[str, ...] = () if nib else ("nib",)
    if business_scale in (BusinessScale.MEDIUM, BusinessScale.LARGE) or (annual_sales or 0) > SELF_DECLARE_SALES:
        return HalalPath(HalalScheme.REGULAR, missing, ())
    if business_scale not in SCALES:
        missing += ("business_scale",)
    if annual_sales is None:
        missing += ("annual_sales",)
    scheme = HalalScheme.SELF_DECLARE if business_scale in SCALES else ""
    return HalalPath(scheme, missing, CHECKED_BY_HAND)


_MISSING = {
    "halal_category": gettext_lazy("the halal category of the product"),
    "animal_origin": gettext_lazy("whether the product comes from animals or contains animal parts"),
    "goes_with_food": gettext_lazy("whether the product goes with food, drink, medicine or cosmetics"),
    "risk_class": gettext_lazy("the risk class of the medical device"),
    "business_scale": gettext_lazy("the scale of the business (capital or annual sales)"),
    "annual_sales": gettext_lazy("the annual sales"),
    "nib": gettext_lazy("the NIB"),
    "one_place": gettext_lazy("one place of production and at most one outlet"),
    "simple_equipment": gettext_lazy("simple equipment"),
    "safe_materials": gettext_lazy("materials without risk"),
    "product_list": gettext_lazy("product on the list of Kepkaban BPJPH 145/2025"),
}

_REASONS = {
    "exempt": gettext_lazy("The product is made of forbidden material: it is exempt and must say “tidak halal”."),
    "certified": gettext_lazy("A valid certificate covers this product."),
    "in_process": gettext_lazy("The certification is under way."),
    "expired": gettext_lazy("The certificate has ended."),
    "revoked": gettext_lazy("The certificate was revoked."),
    "recomposed": gettext_lazy("Composition or process changed after the certificate was issued: it must be renewed."),
    "rejected": gettext_lazy("The application was rejected."),
    "overdue": gettext_lazy("The deadline has passed and no certificate is on record."),
    "due": gettext_lazy("The deadline has not come yet."),
    "not_obliged": gettext_lazy("No deadline is on record for products of this kind and businesses of this scale."),
    "unknown": gettext_lazy("This cannot be judged yet."),
}


def name_missing(code: str) -> str:
    """A missing or unchecked fact in words, in the active language."""
    return str(_MISSING.get(code, code))


def explain_halal(status: HalalStatus) -> str:
    """Why a status is what it is, in one or two sentences of the active language."""
    sentences = [str(_REASONS[status.reason])]
    if status.missing:
        sentences.append(_("Missing: %(facts)s.") % {"facts": ", ".join(name_missing(fact) for fact in status.missing)})
    return " ".join(sentences)


def _is_in_force(duty: Duty, on: date) -> bool:
    return (duty.valid_from is None or duty.valid_from <= on) and (duty.valid_to is None or on <= duty.valid_to)


def _of_answer(on: date, business_scale: str, answer: str, in_force: list[Duty]) -> DutyOn:
    """What is asked of products of this answer, by a business of a scale that may be unknown."""
    rows = [duty for duty in in_force if duty.answer in ("", answer)]
    if business_scale in SCALES:
        return _of_scale(on, business_scale, rows)
    return _common(on, "business_scale", [_of_scale(on, scale, rows) for scale in SCALES])


def _common(on: date, fact: str, answers: list[DutyOn]) -> DutyOn:
    """What is certain where any of these may hold, because a fact is missing."""
    missing = (fact, *dict.fromkeys(name for answer in answers for name in answer.missing))
    if len({answer.state for answer in answers}) > 1:
        return DutyOn(HalalState.UNKNOWN, missing=missing)
    if len({answer.deadline for answer in answers}) == 1:
        return answers[0]
    return max(answers, key=lambda answer: answer.deadline or on)._replace(missing=missing)


def _of_scale(on: date, scale: str, in_force: list[Duty]) -> DutyOn:
    rows = [duty for duty in in_force if scale in duty.scales]
    if not rows:
        return DutyOn(HalalState.NOT_OBLIGED)
    duty = max(rows, key=lambda row: (row.valid_from or date.min, row.deadline))
    if on > duty.deadline:
        return DutyOn(HalalState.OVERDUE, duty.deadline, (on - duty.deadline).days, duty.citation)
    return DutyOn(HalalState.DUE, duty.deadline, 0, duty.citation)


def _has_ended(certificate: Certificate, on: date) -> bool:
    """Was there a certificate once, or an application that was rejected?"""
    rejected = certificate.stage == HalalStage.REJECTED and certificate.stage_on <= on
    return rejected or bool(certificate.issued_on and certificate.issued_on <= on)


def _reason(state: str, certificate: Certificate | None, on: date) -> str:
    """What explains a state: usually itself; an overdue product may have had a certificate."""
    if state != HalalState.OVERDUE or certificate is None:
        return str(state)
    if certificate.revoked_on and certificate.revoked_on <= on:
        return "revoked"
    if certificate.recomposed_on and certificate.recomposed_on <= on:
        return "recomposed"
    return "expired" if certificate.issued_on and certificate.issued_on <= on else "rejected"
