"""Days, years, shares and consents of an establishment: what a single figure or a pair of answers may be."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FIRST_YEAR = 1900


def check_founded_year(year: int | None, *, today: date) -> None:
    """A founding year lies between 1900 and the year of `today`. Raises ValidationError (code `founded_year`)."""
    if year is not None and not FIRST_YEAR <= year <= today.year:
        raise ValidationError(
            _("The founding year %(year)s must lie between %(first)s and %(last)s."),
            code="founded_year",
            params={"year": year, "first": FIRST_YEAR, "last": today.year},
        )


def check_day(day: date | None, today: date) -> None:
    """A figure, a paper or a beginning cannot be of a day to come. Raises ValidationError `future`."""
    if day is not None and day > today:
        raise ValidationError(_("This day lies in the future. Enter today or an earlier day."), "future")


def check_share(value: Decimal | int | float | None) -> None:
    """A share is 0 to 100 percent. Raises ValidationError (code `share`)."""
    # Written so that a NaN, which is neither below nor above anything, is refused too.
    if value is not None and (value != value or not 0 <= value <= 100):
        raise ValidationError(
            _("%(value)s is not a share: enter 0 to 100 percent."), code="share", params={"value": value}
        )


def check_shares(*, domestic_share: Decimal | int | float | None, export_share: Decimal | int | float | None) -> None:
    """The domestic and the export share of the same sales: each 0 to 100, together at most 100 percent.

    Raises ValidationError by field (`domestic_share`, `export_share`; code `share`).
    """
    errors = {}
    for name, value in (("domestic_share", domestic_share), ("export_share", export_share)):
        try:
            check_share(value)
        except ValidationError as error:
            errors[name] = error
    if errors:
        raise ValidationError(errors)
    if domestic_share is not None and export_share is not None:
        together = Decimal(str(domestic_share)) + Decimal(str(export_share))
        if together > 100:
            refusal = ValidationError(
                _("Domestic and export share are %(together)s percent together. Lower one: 100 is the most."),
                code="share",
                params={"together": together},
            )
            raise ValidationError({"export_share": refusal})


def check_consent(*, given: bool, consented_on: date | None, today: date) -> None:
    """A consent and its date stand together or not at all, and the date is not in the future.

    Raises ValidationError (code `consent`); the caller names the field of the date.
    """
    if given and consented_on is None:
        raise ValidationError(
            _("Enter the date on which the owner consented, or take the consent back."), code="consent"
        )
    if consented_on is not None and not given:
        raise ValidationError(
            _("There is a date of consent but no consent. Tick the consent or empty the date."), code="consent"
        )
    if consented_on is not None and consented_on > today:
        raise ValidationError(
            _("The date of consent lies in the future. Enter today or an earlier day."), code="consent"
        )
