"""What is noticed of a sheet beside its values."""

import re
from typing import Any

MOST = 20_000  # runs of one kind in a sheet
MOST_NAMED = 100  # cells with comments, and pictures
MOST_HIDDEN = 300  # columns: no more are read
LONGEST_FORMAT = 255  # characters: Excel takes no more, and each run of cells tells its own
_TELLS = re.compile(r"%|[0#?],+(?![0#?,])|(?<![.0#?,])00+(?![0#?.,])|[0#?]\s*\"")
_FAILED = re.compile(r"#[A-Z/0-9]{1,12}[!?]?|Err:[0-9]{3}")


class Sheet:
    """What is noticed of one sheet, row after row."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.hidden_rows: list[list[int]] = []
        self.hidden_columns: set[int] = set()
        self.formats: list[list[Any]] = []
        self.merged: list[list[int]] = []  # of OpenDocument alone, which python-calamine does not know either
        self.failed: list[list[Any]] = []  # the same: it tells a formula that failed as a blank
        self.comments: list[list[int]] = []
        self.pictures: list[int] = []  # the rows beside which pictures and boxes of text lie
        self._last: dict[int, list[Any]] = {}
        self._last_failed: dict[int, list[Any]] = {}

    def hide_columns(self, first: int, last: int) -> None:
        self.hidden_columns.update(range(first, min(last + 1, MOST_HIDDEN)))

    def comment(self, row: int, column: int) -> None:
        if len(self.comments) < MOST_NAMED:
            self.comments.append([row, column])

    def picture(self, row: int) -> None:
        if len(self.pictures) < MOST_NAMED:
            self.pictures.append(row)

    def fails(self, column: int, first: int, last: int, text: str | None) -> None:
        """Note what a formula that failed shows; None: that no program has reckoned it."""
        shown = "" if text is None else text if _FAILED.fullmatch(text) else "#VALUE!"  # nothing else of a cell is told
        self._last_failed[column] = _extend(self.failed, self._last_failed.get(column), [column], first, last, shown)

    def hide_rows(self, first: int, last: int) -> None:
        _extend(self.hidden_rows, self.hidden_rows[-1] if self.hidden_rows else None, [], first, last)

    def shows(self, column: int, first: int, last: int, code: str) -> None:
        """Note how the number in a cell is shown, which may go on over equal rows."""
        if len(code) > LONGEST_FORMAT:
            raise ValueError("endless")
        if code and column < MOST_HIDDEN and _TELLS.search(code):
            self._last[column] = _extend(self.formats, self._last.get(column), [column], first, last, code)

    def told(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "hidden_rows": sorted(self.hidden_rows),
            "hidden_columns": sorted(self.hidden_columns),
            "formats": sorted(self.formats),
            "merged": self.merged,
            "failed": sorted(self.failed),
            "comments": self.comments,
            "pictures": sorted(self.pictures),
        }


def _extend(runs: list[Any], last: list[Any] | None, before: list[int], first: int, end: int, *after: str) -> list[Any]:
    """Lengthen the last run where this one follows it; gives the one that it stands in now."""
    at = len(before)
    if last and last[at + 1] in (first - 1, first) and last[:at] == before and last[at + 2 :] == [*after]:
        last[at + 1] = end
        return last
    runs.append([*before, first, end, *after])
    if len(runs) > MOST:
        raise ValueError("endless")
    return runs[-1]
