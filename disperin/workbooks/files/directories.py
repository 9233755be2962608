"""How long the list of a zip's entries is, told from its end: Python reads all of it before anybody can ask."""

import struct
from pathlib import Path
from zipfile import BadZipFile

MOST_BYTES = 4 * 1024 * 1024  # of such a list: 5,000 entries with names of 200 characters need a third of it
_END, _FAR = b"PK\x05\x06", b"PK\x06\x07"  # the record at the end, and the mark before it of a zip beyond 4 GB
_LENGTH = 22  # of the record at the end, which a comment may follow
_LONGEST_COMMENT = 2**16 - 1
_FAR_RECORD = 76  # bytes before the record at the end at which that of 4 GB and more begins


def is_endless(path: Path | str) -> bool:
    """Whether the list of entries is longer than any file of rows or pictures needs. Raises BadZipFile without one."""
    with Path(path).open("rb") as file:
        file.seek(0, 2)
        file.seek(-min(file.tell(), _LENGTH + _LONGEST_COMMENT + _FAR_RECORD), 2)
        tail = file.read()
    at = len(tail) - _LENGTH
    if tail[at : at + 4] != _END or tail[-2:] != b"\0\0":  # as Python looks for it: without a comment, else the last
        at = tail.rfind(_END)
    if at < 0 or at + _LENGTH > len(tail):
        raise BadZipFile
    (size,) = struct.unpack_from("<L", tail, at + 12)
    if at >= _FAR_RECORD and tail[at - 20 : at - 16] == _FAR:
        (size,) = struct.unpack_from("<Q", tail, at - _FAR_RECORD + 40)
    return bool(size > MOST_BYTES)
