"""Files as people send them, made on the spot."""

import struct
import zipfile

import xlsxwriter


def an_xlsx(path, *sheets):
    """A workbook of sheets `(name, rows)`; a cell that is a tuple is `(value, number format)`."""
    book = xlsxwriter.Workbook(path)
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                value, shown = cell if isinstance(cell, tuple) else (cell, None)
                style = book.add_format({"num_format": shown}) if shown else None
                if isinstance(value, str):
                    sheet.write_string(at, column, value, style)
                elif shown and "yy" in shown:
                    sheet.write_datetime(at, column, value, style)
                elif value is not None:
                    sheet.write(at, column, value, style)
    book.close()
    return path


def changed(path, entry, change):
    """The same zip with one entry changed by `change(bytes) -> bytes`."""
    with zipfile.ZipFile(path) as old:
        entries = {one: old.read(one) for one in old.namelist()}
    entries[entry] = change(entries[entry])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in entries.items():
            new.writestr(name, content)
    return path


def renamed(path, names):
    """The same zip with some entries under other names: `{old: new}`."""
    with zipfile.ZipFile(path) as old:
        entries = {one: old.read(one) for one in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in entries.items():
            entry = zipfile.ZipInfo("x")
            entry.filename, entry.compress_type = names.get(name, name), zipfile.ZIP_DEFLATED  # kept as it is written
            new.writestr(entry, content)
    return path


def an_endless_zip(path, size=5_000_000):
    """What says at its end that its list of entries is this long."""
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, size, 0, 0)
    path.write_bytes(b"PK\x03\x04" + b"\0" * 100 + end)
    return path


def an_ods(path, rows, *, name="Lembar1"):
    """An OpenDocument table of one sheet, all cells texts or numbers."""
    cells = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="{name}">{cells}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        new.writestr("META-INF/manifest.xml", manifest)
        new.writestr("content.xml", content)
    return path


def _ods_cell(value):
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'


def an_xls(path, rows, *, name="Lembar1", stream="Workbook", merged=()):
    """An Excel 97 workbook of one sheet, all cells texts or numbers: records of BIFF8 in an OLE container.

    `merged` are areas `(first row, last row, first column, last column)`, counted from 0.
    """
    cells = b"".join(_xls_cell(at, column, cell) for at, row in enumerate(rows) for column, cell in enumerate(row))
    cells += _record(0xE5, struct.pack("<H", len(merged)) + b"".join(struct.pack("<4H", *one) for one in merged))
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + _record(0x200, size) + cells
    first = _record(0x809, struct.pack("<HHHHII", 0x600, 0x5, 0, 0, 0, 0))
    begins = len(first) + 4 + 8 + len(name) + 4
    bound = _record(0x85, struct.pack("<IBBBB", begins, 0, 0, len(name), 0) + name.encode())
    path.write_bytes(_in_ole(stream, first + bound + _record(0xA, b"") + sheet + _record(0xA, b"")))
    return path


def _record(kind, content):
    return struct.pack("<HH", kind, len(content)) + content


def _xls_cell(row, column, value):
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        return _record(0x204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return _record(0x203, place + struct.pack("<d", value)) if value is not None else b""


def _in_ole(name, stream):
    """A container with one stream of 512-byte sectors: FAT in sector 0, directory in 1, stream from 2."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\x00")
    sectors = len(stream) // 512
    end, free, of_fat = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    chain = [of_fat, end, *range(3, 2 + sectors), end]
    fat = struct.pack("<128I", *(chain + [free] * (128 - len(chain))))
    root = _entry("Root Entry", 5, child=1, first=end, size=0)
    directory = root + _entry(name, 2, child=free, first=2, size=len(stream)) + _entry("", 0) * 2
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\x00" * 6
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *([free] * 108))
    return head + fat + directory + stream


def _entry(name, kind, *, child=0xFFFFFFFF, first=0, size=0):
    text = name.encode("utf-16-le").ljust(64, b"\x00")
    length = len(name) * 2 + 2 if name else 0
    links = struct.pack("<HBBIII", length, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return text + links + b"\x00" * 36 + struct.pack("<IQ", first, size)
