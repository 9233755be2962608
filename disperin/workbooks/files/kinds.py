"""What a file is, told from its bytes; its name is only a name. What is no table is refused by what it is."""

import mmap
import re
import zipfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from posixpath import basename
from zipfile import ZipInfo

from django.utils.translation import gettext as _

from disperin.workbooks.files.directories import is_endless
from disperin.workbooks.files.package import Package
from disperin.workbooks.files.refusals import Refused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls, and of an .xlsx with a password
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # as programs pack; the other ways may ask for endless memory
MOST_ENTRIES = 5_000  # files in a zip
MOST_UNPACKED = 400 * 1024 * 1024  # bytes of all of them; 200,000 rows of a register are about 300 MB
MOST_RATIO = 250  # unpacked to packed: tables of equal rows come to about 100, bombs to 1,000 and more
SMALL = 20 * 1024 * 1024  # bytes; what unpacks to less does no harm, whatever its ratio
_XML_TABLE = re.compile(rb"^\s*<\?xml[^>]*\?>\s*(?:<\?mso-[^>]*\?>\s*)?<(?:\w+:)?(?:Workbook|document)[\s>/]")
_TEXT_TRAITS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG", "PNG"),
    (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"\x09\x00", "Excel 2"),
    (b"\x09\x02", "Excel 3"),
    (b"\x09\x04", "Excel 4"),
    (b"MZ", "EXE"),
)


def kind_of(path: Path) -> str:
    """`xlsx`, `xls`, `ods` or `csv`; raises Refused for anything else, and for what would harm when unpacked."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip(b"\x00 \r\n\t"):
        raise Refused("empty", _("This file is empty. Choose it again."))
    if head.startswith(OLE):
        return _of_ole(path)
    if head.startswith(b"PK"):
        return _of_zip(path)
    for start, name in _OTHERS:
        if head.startswith(start):
            raise _no_table(name)
    if head.startswith(_TEXT_TRAITS):
        return "csv"
    if _XML_TABLE.search(head):
        text = _("This file is a table written as XML. Open it in Excel or LibreOffice, save it as .xlsx, send that.")
        raise Refused("xml_table", text)
    if re.match(rb"\s*<(!doctype|html|table|meta|head|\?xml|script|body|div)", head, re.IGNORECASE):
        text = _("This file is a web page, whatever its name says. Open it in Excel, save it as .xlsx, then send that.")
        raise Refused("web_page", text)
    if b"\x00" in head:
        raise _no_table("?")
    return "csv"


def _no_table(name: str) -> Refused:
    text = _("This file is no table (%(kind)s). Send an Excel (.xlsx, .xls), OpenDocument (.ods) or CSV file.")
    return Refused("kind", text % {"kind": name})


def _password() -> Refused:
    text = _("This file is protected by a password. Save it again without a password, then send that copy.")
    return Refused("password", text)


def _broken() -> Refused:
    return Refused("broken", _("This file is damaged. Open it in Excel, save it again as .xlsx, then send that."))


def _of_ole(path: Path) -> str:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise _password()
        if any(re.search(f"{name}\0".encode("utf-16-le"), content, re.IGNORECASE) for name in ("Workbook", "Book")):
            return "xls"
    raise _no_table("Word, PowerPoint")


def _of_zip(path: Path) -> str:
    try:
        if is_endless(path):
            raise _endless()
        with closing(Package(path)) as package:
            check_entries(package.infolist(), path.stat().st_size)
            mimetype = package.read("mimetype")[:100] if "mimetype" in package else b""
            if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
                manifest = package.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in package else b""
                if b"encryption-data" in manifest:
                    raise _password()
                return "ods"
            main = package.main()
            name = basename(main).lower()
            has_sheets = any(kind == "worksheet" for _id, kind, _part in package.related(main))
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise _broken() from error
    if name == "workbook.bin":
        raise Refused("xlsb", _("Binary workbooks (.xlsb) are not read. Save it as .xlsx in Excel, then send that."))
    if has_sheets or name == "workbook.xml":
        return "xlsx"
    raise _no_table({"document.xml": "Word", "presentation.xml": "PowerPoint"}.get(name, "ZIP"))


def _endless() -> Refused:
    text = _("This file has far more parts inside than a table has. Copy the rows into a new workbook and send that.")
    return Refused("bomb", text)


def _bomb(unpacked: int) -> Refused:
    values = {"size": round(unpacked / 1024 / 1024), "limit": MOST_UNPACKED // 1024 // 1024}
    text = _(
        "Unpacked this file would have %(size)s MB in a form that tables do not have; at most %(limit)s MB are "
        "accepted. Copy the rows into a new workbook and send that, or split it."
    )
    return Refused("bomb", text % values)


def check_entries(entries: Sequence[ZipInfo], packed: int) -> None:
    """Refuse, before anything is unpacked, what would fill memory or disk. `packed`: bytes of the file itself."""
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or (unpacked > SMALL and unpacked > MOST_RATIO * packed):
        raise _bomb(unpacked)
    if any(entry.flag_bits & 1 for entry in entries):
        raise _password()
    if any(entry.compress_type not in PACKED for entry in entries):
        raise _broken()
