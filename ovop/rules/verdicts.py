"""What a check of a label comes to. The signature says that the office made it; the register says how it stands."""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ovop.rules.stars import AwardState, shown_state
from ovop.rules.tokens import Claim


class Verdict(TextChoices):
    """The outcomes, each with a page of its own."""

    VALID = "valid", _("This star is valid")
    OLD_SCHEME = "old_scheme", _("This star is genuine, of the earlier scheme")
    REEVALUATED = "reevaluated", _("This star is being assessed again")
    SUPERSEDED = "superseded", _("This label is out of date")
    EXPIRED = "expired", _("This star has ended")
    REVOKED = "revoked", _("This star has been revoked")
    CLOSED = "closed", _("This star is no longer in the register")
    WITHHELD = "withheld", _("This star cannot be looked up now")
    ALTERED = "altered", _("This label was altered")
    INCOMPLETE = "incomplete", _("This address is not complete")
    UNKNOWN = "unknown", _("This label is not known")

    @property
    def status(self) -> int:
        """The HTTP status: a check that has an answer is 200; one that has none says whose fault it is."""
        return {Verdict.ALTERED: 400, Verdict.INCOMPLETE: 400, Verdict.UNKNOWN: 404}.get(self, 200)

    @property
    def is_good(self) -> bool:
        """May a buyer rely on the stars?"""
        return self in (Verdict.VALID, Verdict.OLD_SCHEME, Verdict.REEVALUATED)

    @property
    def is_plain(self) -> bool:
        """Does the star stand and the label say just what the register says? By whichever scheme it was awarded."""
        return self in (Verdict.VALID, Verdict.OLD_SCHEME)

    @property
    def is_genuine(self) -> bool:
        """Did the office sign what the label says?"""
        return self not in (Verdict.ALTERED, Verdict.INCOMPLETE, Verdict.UNKNOWN)

    @property
    def tone(self) -> str:
        """How its box is drawn."""
        return "verdict-good" if self.is_plain else "verdict-careful" if self.is_careful else "verdict-bad"

    @property
    def icon(self) -> str:
        """The picture beside it."""
        if self.is_plain:
            return "check-circle-fill"
        return "exclamation-triangle" if self.is_careful else "x-circle"

    @property
    def is_careful(self) -> bool:
        """Is it neither plainly good nor bad?"""
        unsure = (Verdict.REEVALUATED, Verdict.SUPERSEDED, Verdict.INCOMPLETE, Verdict.WITHHELD)
        return self in unsure


@dataclass(frozen=True)
class Registered:
    """An award as the register has it."""

    number: str
    stars: int
    scheme: str
    issued_on: date
    state: str
    valid_until: date | None
    is_closed: bool
    is_hidden: bool
    scheme_is_in_force: bool


def verdict_on(claim: Claim, award: Registered, *, on: date) -> Verdict:
    """How the award of a genuine claim stands on a day.

    Of an award that is hidden from the public only its end is told: nobody shall rely on stars that were taken away.
    """
    now = shown_state(award.state, award.valid_until, on)
    if award.is_closed:
        return Verdict.CLOSED
    if now == AwardState.REVOKED:
        return Verdict.REVOKED
    if now == AwardState.ENDED:
        return Verdict.EXPIRED
    if award.is_hidden:
        return Verdict.WITHHELD
    registered = (award.number, award.stars, award.scheme, award.issued_on)
    if (claim.number, claim.stars, claim.scheme, claim.issued_on) != registered:
        return Verdict.SUPERSEDED
    if now == AwardState.REEVALUATED:
        return Verdict.REEVALUATED
    return Verdict.VALID if award.scheme_is_in_force else Verdict.OLD_SCHEME
