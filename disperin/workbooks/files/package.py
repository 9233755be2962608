"""The zip of an Office file: its parts are found by their relationships (ECMA-376), not by usual names.

Names of parts are the same in capitals or small letters (ISO/IEC 29500-2); some programs write `\\` for `/`.
"""

import zipfile
from pathlib import Path
from posixpath import basename, dirname, join, normpath
from typing import IO
from urllib.parse import unquote
from zipfile import ZipInfo

from disperin.workbooks.files.xml import broken, tree

_USUAL = ("xl/workbook.xml", "xl/workbook.bin", "word/document.xml")  # where the main part is, should nothing say so


class Package:
    """An open zip whose entries are asked for by the names of parts. `KeyError` for one that is not there."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path)
        self._entries: dict[str, ZipInfo] = {}
        for entry in self._zip.infolist():
            if not entry.is_dir() and self._entries.setdefault(_plain(entry.filename), entry) is not entry:
                self._zip.close()
                raise broken(entry.filename)  # one name for two parts: which of them is meant, nobody knows

    def close(self) -> None:
        self._zip.close()

    def infolist(self) -> list[ZipInfo]:
        """What the zip says of every entry."""
        return self._zip.infolist()

    def __contains__(self, part: str) -> bool:
        return self._key(part) in self._entries

    def getinfo(self, part: str) -> ZipInfo:
        """As of ZipFile."""
        return self._entries[self._key(part)]

    def _key(self, part: str) -> str:
        """The name of a part among the entries: a relationship names it as an address, so %20 may be a blank there."""
        name = _plain(part)
        return name if name in self._entries or "%" not in name else _plain(unquote(part))

    def open(self, part: str) -> IO[bytes]:
        """As of ZipFile."""
        return self._zip.open(self.getinfo(part))

    def read(self, part: str) -> bytes:
        """As of ZipFile."""
        return self._zip.read(self.getinfo(part))

    def related(self, part: str = "") -> list[tuple[str, str, str]]:
        """`[(id, kind, part)]` that a part, or the package itself, names; a kind is "worksheet". Raises Refused."""
        folder, name = dirname(part), basename(part)
        entry = join(folder, "_rels", f"{name}.rels")
        if entry not in self:
            return []
        return [
            (
                relation.get("Id") or "",
                basename(relation.get("Type") or ""),
                _target(folder, relation.get("Target") or ""),
            )
            for relation in tree(self, entry)
        ]

    def main(self) -> str:
        """The part that all others hang on, or "" where the package names none."""
        named = (part for _id, kind, part in self.related() if kind == "officeDocument")
        return next(named, None) or next((part for part in _USUAL if part in self), "")


def _target(folder: str, target: str) -> str:
    target = target.replace("\\", "/")
    return target[1:] if target.startswith("/") else normpath(join(folder, target))


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
