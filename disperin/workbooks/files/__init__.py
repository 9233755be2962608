"""Files as a stream of rows, whatever program wrote them. No database, no register is known here.

`open_book(path)` tells what the file is by its bytes and gives a `Book`; `Refused` says why not, and what to do.
"""

from disperin.workbooks.files.books import MOST_COLUMNS, MOST_ROWS, Book, Row, Sheet, open_book
from disperin.workbooks.files.refusals import Refused

__all__ = ["MOST_COLUMNS", "MOST_ROWS", "Book", "Refused", "Row", "Sheet", "open_book"]
