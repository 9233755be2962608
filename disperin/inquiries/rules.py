"""The clock, the tracking number and the spam rules of inquiries: pure functions, no database, no clock of their own.

The two spans are the office's own promise to whoever asks; no regulation was found for them.
"""

import datetime
import re
import secrets
from collections.abc import Callable, Collection, Sequence

REPLY_WITHIN = 3  # working days to the first reply: somebody takes the inquiry
ANSWER_WITHIN = 5  # working days to the answer

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # base32 (RFC 4648): no 0, 1, 8 or 9 to be mistaken for a letter
RANDOM_LETTERS = 10  # of 5 bits each
_TRACKING = re.compile(rf"TNY-[0-9]{{4}}-[{LETTERS}]{{{RANDOM_LETTERS}}}")

FASTEST = 3  # seconds: no person reads the form and writes a message in less
LONGEST_OPEN = 24 * 60 * 60  # seconds that an opened form can be sent
MOST_LINKS = 2  # in one message
_LINK = re.compile(r"https?:\s*//|\bwww\.|<\s*a\s|\[url", re.IGNORECASE)
_SATURDAY = 5


def is_working_day(day: datetime.date, holidays: Collection[datetime.date]) -> bool:
    """Monday to Friday, unless it is one of the holidays."""
    return day.weekday() < _SATURDAY and day not in holidays


def due_day(received_on: datetime.date, working_days: int, holidays: Collection[datetime.date]) -> datetime.date:
    """The last day to act: the day of receipt does not count, then so many working days do.

    `received_on` is a day of the office's own time zone; it may itself be a weekend or a holiday.
    """
    day, left = received_on, working_days
    while left:
        day += datetime.timedelta(days=1)
        left -= is_working_day(day, holidays)
    return day


def last_day_overdue(today: datetime.date, working_days: int, holidays: Collection[datetime.date]) -> datetime.date:
    """The last day of receipt of which `due_day`, after so many working days (1 or more), is past."""
    day, left = today, working_days
    while left:
        day -= datetime.timedelta(days=1)
        left -= is_working_day(day, holidays)
    return day - datetime.timedelta(days=1)


def tracking_number(place: str, draw: Callable[[Sequence[str]], str] = secrets.choice) -> str:
    """A new number such as TNY-9901-K7QM2XW4HB: four digits of the place, then 50 bits that nobody guesses."""
    return f"TNY-{place}-{''.join(draw(LETTERS) for _letter in range(RANDOM_LETTERS))}"


def read_tracking_number(typed: str) -> str:
    """The number as it is stored, from what a person typed (small letters, blanks around it); "" if it is none."""
    number = "".join(typed.split()).upper()
    return number if _TRACKING.fullmatch(number) else ""


def has_too_many_links(message: str) -> bool:
    """More links than a report needs: what advertisements are made of."""
    return len(_LINK.findall(message)) > MOST_LINKS


def gist(message: str) -> str:
    """The words of a message alone: two that differ in case, blanks or punctuation say the same."""
    return " ".join(re.findall(r"\w+", message.casefold()))
