"""What the sample shows of the province, as its `sample.toml` says: how makers call themselves, and what they sell."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from industries.rules import Branch, HalalCategory

WORN = HalalCategory.USED_GOODS
PASSWORD = "portal-demo"  # noqa: S105 -- where the province says none; printed by the demo
FILE = "sample.toml"


class WrongSample(ValueError):
    """A file of samples that cannot be read. The text names the file and the place."""


@dataclass(frozen=True)
class Craft:
    """A kind of maker. `names` stand before the invented name; `goods` are products with their unit of sale.

    A craft with a commodity is at home in the regencies of that commodity, the others are found everywhere.
    """

    branch: Branch
    kbli: str
    names: tuple[str, ...]
    goods: tuple[tuple[str, str], ...]
    picture: str  # what `pictures` draws
    commodity: str = ""  # "" where the list of commodities has none
    halal: str = ""
    weight: int = 4  # how often, compared with the other crafts of a regency
    is_factory: bool = False
    group: str = ""  # of OVOP


@dataclass(frozen=True)
class Service:
    """A kind of industry service. Its class is invented too: no title beyond section C is known to the portal."""

    branch: Branch
    code: str  # five digits, of no class that there is
    title: str
    names: tuple[str, ...]
    story: str


@dataclass(frozen=True)
class Zone:
    """The invented zone."""

    name: str
    regency: str
    district: str
    south_west: tuple[float, float]  # of its outline, in degrees
    commodities: tuple[str, ...]
    focus_industries: tuple[str, ...]
    tenant: dict[str, str]  # name, kbli
    focus_industries_en: tuple[str, ...] = ()


@dataclass(frozen=True)
class Project:
    """An invented national project that is no zone. No regulation lists it."""

    name: str
    regency: str
    district: str
    place: tuple[float, float]
    stage: str
    project_stage: str
    summary: str
    summary_en: str


@dataclass(frozen=True)
class Product:
    """One product of a downstream chain."""

    commodity: str
    stage: int
    product: dict[str, str]  # id, en
    kbli: tuple[str, ...]  # classes of KBLI 2020


@dataclass(frozen=True)
class Sample:
    """All of the file."""

    password: str
    home: str  # the regency that the guided path of the README follows
    first_names: tuple[str, ...]
    words: tuple[str, ...]  # of the names of makers, with a numeral behind
    numerals: tuple[str, ...]
    of_animals: tuple[str, ...]  # goods of use that come from animals; all others are of plants and metal
    zone: Zone
    crafts: tuple[Craft, ...]
    chains: tuple[Product, ...]
    services: tuple[Service, ...]
    projects: tuple[Project, ...]

    @property
    def groups(self) -> dict[str, str]:
        """The group of OVOP by commodity."""
        return {craft.commodity: craft.group for craft in self.crafts if craft.group}


def is_there() -> bool:
    """Has the province samples? One without begins with empty registers."""
    return (settings.PROVINCE.folder / FILE).is_file()


def password() -> str:
    """Of every account of the demo."""
    return read().password if is_there() else PASSWORD


def read() -> Sample:
    """The samples of the province. Raises WrongSample."""
    return _read(settings.PROVINCE.folder / FILE)


@cache
def _read(path: Path) -> Sample:
    try:
        values = _frozen(tomllib.loads(path.read_text(encoding="utf-8")))
        crafts = tuple(Craft(**row | {"branch": Branch(row["branch"])}) for row in values.pop("craft"))
        chains = tuple(Product(**row) for row in values.pop("chain", ()))
        services = tuple(Service(**row | {"branch": Branch(row["branch"])}) for row in values.pop("service", ()))
        projects = tuple(Project(**row) for row in values.pop("project", ()))
        made = {"crafts": crafts, "chains": chains, "services": services, "projects": projects}
        return Sample(**values | made | {"zone": Zone(**values["zone"])})
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        problem = f"{path} cannot be read: {error}."
        raise WrongSample(f"{problem} docs/how-to/another-province.md says what belongs into it.") from error


def _frozen(value: Any) -> Any:
    """Lists as tuples, all the way down."""
    if isinstance(value, dict):
        return {name: _frozen(item) for name, item in value.items()}
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
