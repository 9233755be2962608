"""XML of workbooks: small files as a tree, large ones piece by piece in bounded memory; never with a DTD."""

import lzma
import zlib
from collections import deque
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, ParseError, XMLParser, XMLPullParser  # noqa: S405 -- after `_refuse_dtd` alone
from zipfile import BadZipFile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

from disperin.workbooks.files.refusals import Refused

if TYPE_CHECKING:
    from disperin.workbooks.files.package import Package

CHUNK = 256 * 1024  # bytes fed at once
LONGEST = 32 * 1024 * 1024  # bytes of one piece: no row of a table is that long, nor is any small file
# What comes of parts that are broken or made to break: there is no common parent.
UNREADABLE = (
    ParseError, DefusedXmlException, BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError,
    LookupError, OSError, EOFError, ValueError,
)  # fmt: skip


def local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


def broken(entry: str) -> Refused:
    """The refusal of a file one of whose parts cannot be read."""
    text = _("A part of this file cannot be read (%(part)s). Open it in Excel, save it again as .xlsx, then send that.")
    return Refused("broken", text % {"part": entry[:60]})


def tree(archive: "Package", entry: str) -> Element:
    """The root element of a small entry of a zip. Raises Refused."""
    try:
        if archive.getinfo(entry).file_size > LONGEST:
            raise ValueError("endless")
        _refuse_dtd(archive, entry)
        parser = XMLParser()  # noqa: S314 -- it has no DTD
        parser.feed(archive.read(entry))
        return parser.close()
    except UNREADABLE as error:
        raise broken(entry) from error


def children(archive: "Package", entry: str, under: str = "") -> Iterator[Element]:
    """The children of the root of a large entry, or of the root's child `under`, each whole. Raises Refused."""
    try:
        _refuse_dtd(archive, entry)
        with archive.open(entry) as stream:
            yield from _stream(stream, under)
    except UNREADABLE as error:
        raise broken(entry) from error


def _refuse_dtd(archive: "Package", entry: str) -> None:
    """A DTD can only stand before the first element: reading that far with the defused parser settles it."""
    with archive.open(entry) as stream:
        for _event in iterparse(stream, events=("start",), forbid_dtd=True):
            return


def _stream(stream: IO[bytes], under: str) -> Iterator[Element]:
    """Events are asked for only to get hold of the root: what is complete is then taken off the growing tree."""
    parser: Any = XMLPullParser(("start",))
    root: Element | None = None
    parent: Element | None = None
    unread = 0
    while chunk := stream.read(CHUNK):
        parser.feed(chunk)
        unread += len(chunk)
        if root is None:
            root = next((element for _event, element in parser.read_events()), None)
        deque(parser.read_events(), maxlen=0)
        if root is not None and parent is None:
            parent = root if not under else next((child for child in root if local(child.tag) == under), None)
        if parent is not None and len(parent) > 1:
            ready = parent[:-1]  # the last one may not be complete yet
            del parent[:-1]
            unread = 0
            yield from ready
        if unread > LONGEST:
            raise ValueError("endless")
    parser.close()
    if parent is not None:
        yield from parent
