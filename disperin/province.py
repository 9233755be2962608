"""The province that this installation serves: all that is its own, read once from its folder.

`PROVINCE` names it by its code (63 without), `PROVINCE_DIR` by a folder elsewhere. What the folder holds is told in
docs/how-to/another-province.md; everybody else asks `settings.PROVINCE`.
"""

import re
import tomllib
import zoneinfo
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language, gettext

DEFAULT = "63"
FILE = "province.toml"
REQUIRED = ("regencies.csv", "regions.csv", "regencies.geojson")
COLOUR, COLOUR_REMEDY = "#[0-9a-f]{6}", "Write a colour as #rrggbb, in small letters."
WEB_ADDRESS, WEB_REMEDY = r"https?://\S+", "Write an address that begins with https://."
PALETTE = 4  # colours: ground, deep, light, accent
# what the style sheets and papers draw with, in the light and in the dark theme
COLOURS = (
    "brand", "brand_tint", "accent", "accent_deep", "link", "button", "button_hover",
    "masthead", "masthead_line", "masthead_ink",
)  # fmt: skip
STRIPES = ("waves", "lozenges", "teeth", "knots")  # that `disperin.ui.motif` can draw


class WrongProvince(ImproperlyConfigured):
    """A province that is not there, or whose file says what cannot be. The text names file, key, value and remedy."""


@dataclass(frozen=True)
class Words:
    """A text in both languages; as text it is the one of the reader."""

    id: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "id").startswith("en") else self.id


@dataclass(frozen=True)
class Home:
    """What the first page says of this province alone."""

    title: Words
    description: Words
    makes: Words  # the heading above its commodities
    search: Words  # what one may look for


@dataclass(frozen=True)
class Contact:
    """Who answers for the portal and how the office is reached; what it has not said is empty, and not shown."""

    responsible: Words | None
    address: Words | None
    hours: Words | None
    phone: str
    email: str
    website: str


@dataclass(frozen=True)
class Licence:
    """What everybody may do with the open data, as the office has decided."""

    name: Words
    address: str  # where its text stands


@dataclass(frozen=True)
class Motif:
    """The cloth that stands in for a photograph. A palette is ground, deep, light, accent."""

    stripes: tuple[str, ...]
    palettes: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Example:
    """A regency and a point (latitude, longitude) for the examples of forms and of the API."""

    regency: str
    latitude: float
    longitude: float

    @property
    def plain(self) -> str:
        """The code without its full stop, as it stands in numbers."""
        return self.regency.replace(".", "")

    @property
    def number(self) -> str:
        """A number of a maker."""
        return f"IKM-{self.plain}-000123"

    @property
    def tracking_number(self) -> str:
        """A number of an inquiry."""
        return f"TNY-{self.plain}-K7QM2XW4HB"

    @property
    def box(self) -> str:
        """A box of a map, as addresses have it: west, south, east, north."""
        half = 0.25
        edges = (self.longitude - half, self.latitude - half, self.longitude + half, self.latitude + half)
        return ",".join(f"{edge:.1f}" for edge in edges)


@dataclass(frozen=True, eq=False)
class Province:
    """One province; as text it is its name."""

    folder: Path
    code: str
    name: Words
    office: Words
    office_short: str
    contact: Contact
    licence: Licence | None  # None: not decided yet
    time_zone: str
    bounding_box: tuple[float, float, float, float]  # south, west, north, east
    example: Example
    home: Home
    downstream: Mapping[str, Words]  # what is to be processed further at home, by key, in the order of the page
    downstream_source: Words | None  # who named these, and when
    regions_source: Words | None  # who says how large and how populous its regencies are, and of when
    mail_signature: Words
    colours: Mapping[str, Mapping[str, str]]  # by theme (light, dark) and name
    motif: Motif

    def __str__(self) -> str:
        return str(self.name)

    @property
    def portal(self) -> str:
        """What the portal is called."""
        return gettext("Industry portal of %(province)s") % {"province": self}

    @property
    def inquiry_place(self) -> str:
        """What stands in the tracking number of what belongs to no regency."""
        return f"{self.code}00"


def chosen(environment: Mapping[str, str], provinces: Path) -> Province:
    """The province that the environment names, among those of the folder. Raises WrongProvince.

    Where it names none, an image knows for which one it was built (`IMAGE_PROVINCE`).
    """
    code, elsewhere = environment.get("PROVINCE", ""), environment.get("PROVINCE_DIR", "")
    if elsewhere:
        province = read(Path(elsewhere).absolute())
        if code and code != province.code:
            raise WrongProvince(
                f"PROVINCE is {code}, but PROVINCE_DIR={elsewhere} holds province {province.code}. Leave PROVINCE out."
            )
        return province
    code = code or environment.get("IMAGE_PROVINCE") or DEFAULT
    folder = provinces / code
    if not re.fullmatch(r"[0-9]{2}", code) or not folder.is_dir():
        there = ", ".join(sorted(path.name for path in provinces.iterdir() if path.is_dir()))
        raise WrongProvince(
            f"PROVINCE is {code}, and {folder} is no folder. Name one of {there}, or a folder with PROVINCE_DIR; "
            "docs/how-to/another-province.md says what it holds."
        )
    return read(folder)


def read(folder: Path) -> Province:
    """The province of a folder. Raises WrongProvince."""
    missing = [name for name in (FILE, *REQUIRED) if not (folder / name).is_file()]
    if missing:
        raise WrongProvince(
            f"{folder} lacks {', '.join(missing)}; docs/how-to/another-province.md says what belongs into each."
        )
    path = folder / FILE
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongProvince(f"{path} is no TOML file in UTF-8: {error}.") from error
    with _Table(path, "", values) as top:
        return _province(folder, top)


def _province(folder: Path, top: "_Table") -> Province:
    code = top.text("code", r"[0-9]{2}", "Write the two digits of the province, in quotes.")
    with top.table("example") as table:
        pattern, remedy = rf"{code}\.[0-9]{{2}}", f"Write the code of a regency, such as {code}.01, in quotes."
        example = Example(table.text("regency", pattern, remedy), *table.numbers("point", 2, "latitude, longitude"))
    with top.table("home") as table:
        home = Home(*(table.words(name) for name in ("title", "description", "makes", "search")))
    with top.table("office") as table:
        office, office_short, contact = table.words("name"), table.text("short"), _contact(table)
        licence = _licence(table)
    with top.table("colours") as table:
        colours = {theme: _colours(table, theme) for theme in ("light", "dark")}
    with top.table("motif") as table:
        motif = Motif(_stripes(table), _palettes(table))
    return Province(
        folder=folder,
        code=code,
        name=top.words("name"),
        office=office,
        office_short=office_short,
        contact=contact,
        licence=licence,
        time_zone=_time_zone(top),
        bounding_box=_bounding_box(top),
        example=example,
        home=home,
        downstream=_downstream(top),
        downstream_source=top.words("downstream_source") if "downstream_source" in top.values else None,
        regions_source=top.words("regions_source") if "regions_source" in top.values else None,
        mail_signature=top.words("mail_signature"),
        colours=colours,
        motif=motif,
    )


def _contact(table: "_Table") -> Contact:
    return Contact(
        responsible=table.words_or_none("responsible"),
        address=table.words_or_none("address"),
        hours=table.words_or_none("hours"),
        phone=table.text_or_empty("phone", r"\+?[0-9][0-9 ()-]{4,28}", "Write one telephone number."),
        email=table.text_or_empty("email", r"[^@\s]+@[^@\s]+\.[^@\s]+", "Write one e-mail address."),
        website=table.text_or_empty("website", WEB_ADDRESS, WEB_REMEDY),
    )


def _licence(table: "_Table") -> Licence | None:
    name, address = table.words_or_none("licence"), table.text_or_empty("licence_address", WEB_ADDRESS, WEB_REMEDY)
    if (name is None) != (not address):
        raise table.wrong("licence", "stands alone", "Write licence and licence_address, or neither.")
    return Licence(name, address) if name else None


def _downstream(top: "_Table") -> dict[str, Words]:
    if "downstream" not in top.values:
        return {}
    with top.table("downstream") as table:
        for key in table.values:
            if not re.fullmatch(r"[a-z0-9_]{1,20}", key):
                raise table.wrong(key, "is no key", "Write small letters, digits and _, at most 20.")
        return {key: table.words(key) for key in table.values}


def _time_zone(top: "_Table") -> str:
    name = top.text("time_zone")
    if name not in zoneinfo.available_timezones():
        raise top.wrong("time_zone", "is no time zone", "Write one of the IANA, such as Asia/Jakarta.")
    return name


def _bounding_box(top: "_Table") -> tuple[float, float, float, float]:
    south, west, north, east = top.numbers("bounding_box", 4, "south, west, north, east")
    if not (-90 <= south < north <= 90 and -180 <= west < east <= 180):
        raise top.wrong("bounding_box", "is no box", "Write south, west, north, east in degrees.")
    return south, west, north, east


def _colours(table: "_Table", theme: str) -> dict[str, str]:
    with table.table(theme) as of_theme:
        return {name: of_theme.text(name, COLOUR, COLOUR_REMEDY) for name in COLOURS}


def _stripes(table: "_Table") -> tuple[str, ...]:
    names = table.several("stripes", "[names of stripes]")
    if not names or set(names) - set(STRIPES):
        raise table.wrong("stripes", "names what cannot be drawn", f"Write one or more of {', '.join(STRIPES)}.")
    return tuple(names)


def _palettes(table: "_Table") -> tuple[tuple[str, ...], ...]:
    palettes = table.several("palettes", "[[ground, deep, light, accent], …]")
    for palette in palettes:
        of_colours = isinstance(palette, list) and all(re.fullmatch(COLOUR, str(colour)) for colour in palette)
        if not of_colours or len(palette) != PALETTE:
            raise table.wrong("palettes", "is no list of palettes", f"A palette is four colours. {COLOUR_REMEDY}")
    if not palettes:
        raise table.wrong("palettes", "is empty", "Write at least one palette.")
    return tuple(tuple(palette) for palette in palettes)


class _Table:
    """A table of the file, asked key by key; at its end no key may be left that nobody asked for."""

    def __init__(self, path: Path, place: str, values: dict[str, Any]) -> None:
        self.path, self.place, self.values, self.asked = path, place, values, set[str]()

    def __enter__(self) -> "_Table":
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        left = sorted(set(self.values) - self.asked)
        if kind is None and left:
            raise self.wrong(left[0], "is not known here", f"Known are {', '.join(sorted(self.asked))}.")

    def wrong(self, key: str, fault: str, remedy: str) -> WrongProvince:
        """The refusal of a value."""
        value = f" = {self.values[key]!r}" if key in self.values else ""
        return WrongProvince(f"{self.path}: {self.place}{key}{value} {fault}. {remedy}")

    def text(self, key: str, pattern: str = r"\S.*", remedy: str = "Write a text in quotes.") -> str:
        """A text of one line that fits the pattern as a whole."""
        value = self._asked(key, remedy)
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise self.wrong(key, "does not fit", remedy)
        return value

    def words(self, key: str) -> Words:
        """A text in both languages: a table with `id` and `en`."""
        with self.table(key) as both:
            remedy = "Write the text in Indonesian (id) and in English (en), each in quotes."
            return Words(both.text("id", r"(?s)\S.*", remedy), both.text("en", r"(?s)\S.*", remedy))

    def text_or_empty(self, key: str, pattern: str, remedy: str) -> str:
        """The same of a text that may be left out or left empty."""
        return self.text(key, pattern, remedy) if self._is_said(key) else ""

    def words_or_none(self, key: str) -> Words | None:
        """A text in both languages that may be left out or left empty."""
        return self.words(key) if self._is_said(key) else None

    def _is_said(self, key: str) -> bool:
        self.asked.add(key)
        return self.values.get(key, "") != ""

    def numbers(self, key: str, count: int, names: str) -> Iterable[float]:
        """So many numbers."""
        value = self._asked(key, f"Write [{names}].")
        are_numbers = isinstance(value, list) and all(type(number) in (int, float) for number in value)
        if not are_numbers or len(value) != count:
            raise self.wrong(key, "does not fit", f"Write [{names}], {count} numbers.")
        return [float(number) for number in value]

    def several(self, key: str, shape: str) -> list[Any]:
        """A list of anything."""
        value = self._asked(key, f"Write {shape}.")
        if not isinstance(value, list):
            raise self.wrong(key, "is no list", f"Write {shape}.")
        return value

    def table(self, key: str) -> "_Table":
        """A table in this one."""
        value = self._asked(key, f"Write a table [{self.place}{key}].")
        if not isinstance(value, dict):
            raise self.wrong(key, "is no table", f"Write a table [{self.place}{key}].")
        return _Table(self.path, f"{self.place}{key}.", value)

    def _asked(self, key: str, remedy: str) -> Any:
        self.asked.add(key)
        if key not in self.values:
            raise self.wrong(key, "is missing", remedy)
        return self.values[key]
