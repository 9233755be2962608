"""Reads of .xls and .ods what python-calamine leaves out: what is hidden or merged, and how numbers are shown.

`main(FILE)` writes one JSON value a line, one for each sheet in its order: `{"name", "hidden_rows": [[first, last]],
"hidden_columns": [place], "formats": [[place, first row, last row, format code]], "merged": [[first row, last row,
place]], "failed": [[place, first row, last row, what it shows]], "comments": [[row, place]], "pictures": [row]}`; rows
are counted from 1, and stand in their order whatever that of the file. Only number formats are told that make a number
another one to the eye: in percent, in thousands, with zeros before it. `failed` are formulas of OpenDocument; among
`pictures` are boxes of text.
"""

import json
import resource

from .ods import of_ods
from .xls import of_xls

MEMORY = 512 * 1024 * 1024  # bytes
SECONDS = 60  # of work
MOST_TOLD = 16 * 1024 * 1024  # characters of all sheets: whoever asked holds them in memory
UNREADABLE = 4  # exit code


def main(path: str) -> int:
    """Write what the sheets say to standard output; gives the exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        with open(path, "rb") as file:
            is_zip = file.read(2) == b"PK"
            file.seek(0)
            sheets = list(of_ods(path) if is_zip else of_xls(file.read()))
        lines = [json.dumps(sheet.told()) for sheet in sheets]
        if sum(map(len, lines)) > MOST_TOLD:
            raise ValueError("endless")
        print("\n".join(lines))
    except Exception:  # noqa: BLE001 -- whatever a broken file does, the answer is the same
        return UNREADABLE
    return 0
