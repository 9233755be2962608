"""Days so many months apart, as the database counts them."""

import calendar


def months_later(day, months):
    """The same day of another month, as the database counts: its last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))
