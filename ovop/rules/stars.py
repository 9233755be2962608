"""What a star must show: its scheme's limits, its decree, its state. Stars of two schemes are never compared.

Permenperin 14/2021 awards one to three stars; the scheme before it one to five. Neither the format of the certificate
number nor a period of validity is laid down, so the first is free text and the second may be empty.
"""

from datetime import date
from typing import Protocol

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

REEVALUATION_AFTER = (
    2  # years: rounds come every two years (2022, 2024); a reminder of the office, not found in a regulation
)


class AwardState(TextChoices):
    """How a star stands."""

    VALID = "berlaku", _("Valid")
    REEVALUATED = "dinilai_ulang", _("Being assessed again")
    REVOKED = "dicabut", _("Revoked")
    ENDED = "berakhir", _("Ended")


STANDING = (AwardState.VALID, AwardState.REEVALUATED)  # a star that is assessed again stands until that is decided


def grade_of(scheme: str, stars: int) -> str:
    """Scheme and stars in one value, such as `permenperin_14_2021-2`: stars have no meaning without their scheme."""
    return f"{scheme}-{stars}"


def scheme_of(grade: str) -> str:
    """The scheme of a grade, as `grade_of` names it."""
    return grade.rpartition("-")[0]


def reevaluation_year(year: int) -> int:
    """The year in which the office reminds itself that a star of this round comes up for assessment again."""
    return year + REEVALUATION_AFTER


def shown_state(state: str, valid_until: date | None, on: date) -> AwardState:
    """The state on a day: a valid star whose last day has passed has ended, whatever the register still says."""
    lapsed = valid_until is not None and valid_until < on
    return AwardState.ENDED if lapsed and state != AwardState.REVOKED else AwardState(state)


def check_scheme_years(*, year: int, first_year: int, last_year: int | None, scheme: str) -> None:
    """A round lies in the years of its scheme. Raises ValidationError at `year`, code `not_in_scheme`."""
    if year < first_year or (last_year is not None and year > last_year):
        raise ValidationError(
            {
                "year": ValidationError(
                    _("%(scheme)s awarded no stars in %(year)s. Choose the scheme of that year."),
                    code="not_in_scheme",
                    params={"scheme": scheme, "year": str(year)},
                )
            }
        )


class Award(Protocol):
    """What the decree of a star says, and how the star stands since."""

    stars: int
    valid_until: date | None
    state: str
    state_on: date | None
    state_reason: str

    @property
    def decree_on(self) -> date | None:
        """The day of the decree; a form may not have heard yet."""


def check_award(award: Award, *, max_stars: int, year: int, today: date) -> None:
    """What the fields of an award must say together.

    `max_stars` is the scheme's, `year` the round's. Raises ValidationError by field, with codes `too_many_stars`,
    `decree_date`, `valid_until`, `state_date`, `state_reason`.
    """
    errors: dict[str, ValidationError] = {}
    if not 1 <= award.stars <= max_stars:
        errors["stars"] = ValidationError(
            _("The scheme of this round has 1 to %(most)s stars."), code="too_many_stars", params={"most": max_stars}
        )
    if award.decree_on is not None and not (year <= award.decree_on.year and award.decree_on <= today):
        errors["decree_on"] = ValidationError(
            _("A decree of the %(year)s round is dated in that year or later, and not in the future."),
            code="decree_date",
            params={"year": str(year)},
        )
    if award.valid_until is not None and award.decree_on is not None and award.valid_until <= award.decree_on:
        errors["valid_until"] = ValidationError(
            _("The last day lies after the date of the decree. Leave it empty if the decree names none."),
            code="valid_until",
        )
    if award.state == AwardState.VALID:
        if award.state_on is not None or award.state_reason.strip():
            errors["state"] = ValidationError(
                _("A valid star needs neither date nor reason of another state. Remove them or choose that state."),
                code="state_date",
            )
    else:
        if award.state_on is None:
            errors["state_on"] = ValidationError(_("Say since when."), code="state_date")
        elif award.state_on > today or (award.decree_on is not None and award.state_on < award.decree_on):
            errors["state_on"] = ValidationError(
                _("This day lies after the decree and not in the future."), code="state_date"
            )
        if not award.state_reason.strip():
            errors["state_reason"] = ValidationError(_("Say why. Only the office reads it."), code="state_reason")
    if errors:
        raise ValidationError(errors)
