"""Names for what travels between forms, records, drafts and files."""

from typing import Any

from django.core.exceptions import ValidationError

Values = dict[str, Any]  # canonical values of a record, as JSON: by field, and a list of rows by part
Row = dict[str, Any]  # those of one row of a part, with its `key`
Path = str  # a field, a row (`products.<key>`) or a field of a row (`products.<key>.name`)
RowKey = str  # the lasting name of a row
TypedTexts = dict[Path, str]  # what was typed and not understood
Unfit = dict[Path, str]  # why a value may not even be kept
Problems = dict[Path, list[ValidationError]]  # every error of a form, where it is
