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


def an_ods(path, rows, *, name="Lembar1", styles="", hidden_rows=(), columns=""):
    """An OpenDocument table of one sheet; a cell is a text, a number, or `(number, attributes)`.

    `styles` are its number formats and styles, `columns` what it says of its columns.
    """
    hidden = ' table:visibility="collapse"'
    cells = "".join(
        f"<table:table-row{hidden * (at in hidden_rows)}>{''.join(map(_ods_cell, row))}</table:table-row>"
        for at, row in enumerate(rows)
    )
    spaces = "".join(f' xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"' for key, space in _SPACES)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces} office:version="1.2">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="{name}">{columns}{cells}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        new.writestr("META-INF/manifest.xml", manifest)
        new.writestr("content.xml", content)
    return path


_SPACES = (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("number", "datastyle"))
_SPACES += (("draw", "drawing"), ("svg", "svg-compatible"))


def _ods_cell(value):
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    number, said = value if isinstance(value, tuple) else (value, 'office:value-type="float"')
    return f'<table:table-cell {said} office:value="{number}"/>'


def an_xls(
    path,
    rows,
    *,
    name="Lembar1",
    stream="Workbook",
    merged=(),
    hidden_rows=(),
    hidden_columns=(),
    comments=(),
    upon=b"",
):
    """An Excel 97 workbook of one sheet: records of BIFF8 in an OLE container.

    A cell is a text, a number, or `(number, number format)`. `merged` are areas `(first row, last row, first column,
    last column)`, counted from 0 as what is hidden, and as `comments` with their `(row, column)`; `upon` are the
    records of what lies upon the sheet.
    """
    codes = ["General", *dict.fromkeys(cell[1] for row in rows for cell in row if isinstance(cell, tuple))]
    cells = b"".join(a_record(0x208, struct.pack("<6HI", at, 0, 9, 255, 0, 0, 0x20)) for at in hidden_rows)
    cells += b"".join(
        _xls_cell(at, column, cell, codes) for at, row in enumerate(rows) for column, cell in enumerate(row)
    )
    cells += b"".join(a_record(0x1C, struct.pack("<4H", *place, 0, 1)) for place in comments)
    cells += a_record(0xE5, struct.pack("<H", len(merged)) + b"".join(struct.pack("<4H", *one) for one in merged))
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)
    sheet = a_record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    sheet += b"".join(a_record(0x7D, struct.pack("<6H", at, at, 2048, 0, 1, 0)) for at in hidden_columns)
    sheet += a_record(0x200, size) + cells + upon
    first = a_record(0x809, struct.pack("<HHHHII", 0x600, 0x5, 0, 0, 0, 0))
    for at, code in enumerate(codes):
        first += a_record(0x41E, struct.pack("<HHB", 164 + at, len(code), 0) + code.encode("latin-1"))
    first += b"".join(a_record(0xE0, struct.pack("<HH16x", 0, 164 + at)) for at in range(len(codes)))
    begins = len(first) + 4 + 8 + len(name) + 4
    bound = a_record(0x85, struct.pack("<IBBBB", begins, 0, 0, len(name), 0) + name.encode())
    path.write_bytes(_in_ole(stream, first + bound + a_record(0xA, b"") + sheet + a_record(0xA, b"")))
    return path


def a_record(kind, content):
    """A record of an Excel 97 workbook."""
    return struct.pack("<HH", kind, len(content)) + content


def _xls_cell(row, column, value, codes):
    value, code = value if isinstance(value, tuple) else (value, "General")
    place = struct.pack("<HHH", row, column, codes.index(code))
    if isinstance(value, str):
        return a_record(0x204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return a_record(0x203, place + struct.pack("<d", value)) if value is not None else b""


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
