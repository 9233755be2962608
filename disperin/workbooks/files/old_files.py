""".xls and .ods: what the process of `old_excel.py` tells about them."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from django.utils.translation import gettext as _

from disperin.workbooks.files.cells import Cells
from disperin.workbooks.files.layout import Layout, refuse_much_merged
from disperin.workbooks.files.refusals import Refused

_READER = Path(__file__).with_name("old_excel.py")
_PASSWORD = 3


class Part(NamedTuple):
    """A sheet: its name, and whether it is hidden."""

    name: str
    hidden: bool


class Workbook:
    """An .xls or .ods that is open. Its sheets come one after the other and only once."""

    def __init__(self, path: Path) -> None:
        self.reader = subprocess.Popen(  # noqa: S603 -- our own program
            [sys.executable, "-I", str(_READER), str(path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.answers = cast("IO[bytes]", self.reader.stdout)
        self.layout = Layout.plain()
        self.parts = [Part(name, hidden) for name, hidden in self._line()]

    def close(self) -> None:
        self.reader.kill()
        self.answers.close()
        self.reader.wait()

    def rows(self, _part: Part) -> Iterator[tuple[int, Cells]]:
        """`(number, cells)` of each row of the next sheet, in the order of the sheets.

        `layout` is that of the sheet whose rows were read last; what is hidden in it, and how it shows its numbers, is
        not known.
        """
        while isinstance(row := self._line(), list):
            yield row[0], row[1]
        refuse_much_merged(len(row["repeated"]))
        self.layout = Layout.plain(row["repeated"], percent_unseen=True)

    def _line(self) -> Any:
        line = self.answers.readline()
        if not line.endswith(b"\n"):
            code = self.reader.wait()
            self.close()
            if code == _PASSWORD:
                text = _("This file is protected by a password. Save it again without a password, then send that copy.")
                raise Refused("password", text)
            text = _(
                "This file cannot be read, or is too large for its kind. Save it as .xlsx in Excel, then send that."
            )
            raise Refused("broken", text)
        return json.loads(line)
