"""Quarters of a year: which one is over, what it is called, how it stands in addresses (`2026-3`)."""

import datetime
import re
from typing import NamedTuple, Self

from django.utils.translation import gettext as _

_KEY = re.compile(r"(20\d\d)-([1-4])")


class NoSuchQuarter(ValueError):
    """A text names no quarter."""


class Quarter(NamedTuple):
    """A quarter; the earlier one is the smaller."""

    year: int
    number: int

    @classmethod
    def of(cls, day: datetime.date) -> Self:
        """The quarter that a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def named(cls, key: str) -> Self:
        """The quarter of a key such as 2026-3. Raises NoSuchQuarter."""
        match = _KEY.fullmatch(key)
        if match is None:
            raise NoSuchQuarter(key)
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def last_over(cls, today: datetime.date) -> Self:
        """The quarter that ended last: the only one that can be closed on this day."""
        return cls.of(today).before

    @property
    def before(self) -> Self:
        """The quarter before."""
        return type(self)(self.year, self.number - 1) if self.number > 1 else type(self)(self.year - 1, 4)

    @property
    def key(self) -> str:
        """As in addresses and files."""
        return f"{self.year}-{self.number}"

    @property
    def after(self) -> Self:
        """The quarter after."""
        return type(self)(self.year, self.number + 1) if self.number < 4 else type(self)(self.year + 1, 1)

    @property
    def first_day(self) -> datetime.date:
        """Its first day."""
        return datetime.date(self.year, self.number * 3 - 2, 1)

    @property
    def last_day(self) -> datetime.date:
        """Its last day."""
        return self.after.first_day - datetime.timedelta(days=1)

    @property
    def title(self) -> str:
        """In words, in the language of the page."""
        return _("Quarter %(number)s of %(year)s") % {
            "number": ("I", "II", "III", "IV")[self.number - 1],
            "year": self.year,
        }
