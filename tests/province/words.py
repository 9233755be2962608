"""The words by which a province is known: its names, and those of its regencies, districts and zones."""

import csv
import json
import re
from functools import cache

from disperin.province import Province

# of the province that ships: what its people call it and are known for
FIRST = ("Kalimantan", "Kalsel", "Banjar", "Banua", "sasirangan", "amplang", "Makassar")
KINDS = re.compile(r"^(Kabupaten|Kota|Kawasan Industri|Kawasan Ekonomi Khusus|Kawasan Peruntukan Industri) ")


@cache
def words_of(province: Province) -> set[str]:
    """Every name of its files that stands for a place of it."""
    names = {province.name.id, province.name.en, province.office_short}
    for file, kinds in (("regencies.csv", ""), ("regions.csv", "kabupaten kota kecamatan")):
        with (province.folder / file).open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        names |= {KINDS.sub("", row["name"]) for row in rows if not kinds or row["type"] in kinds.split()}
    zones = province.folder / "zones.json"
    if zones.exists():
        names |= {KINDS.sub("", row["name"]) for row in json.loads(zones.read_text())}
    return names


def named_in(text: str, province: Province) -> list[str]:
    """What of a province stands in a text: its names as they are written, its codes, and `FIRST` in any case."""
    names = [name for name in words_of(province) if name in text and re.search(rf"\b{re.escape(name)}\b", text)]
    lowered = text.lower()
    code = province.code
    codes = re.findall(rf"\b{code}\.\d\d\b|-{code}\d\d-", text)
    return sorted({*names, *codes, *(word for word in FIRST if word.lower() in lowered)})
