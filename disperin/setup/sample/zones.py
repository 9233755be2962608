"""A zone of the sample and projects that are none: invented, and say so. Real ones get no invented plot, milestone."""

import datetime
import random

from django.utils import timezone

from disperin.accounts.models import User
from disperin.registers.record import directory
from disperin.setup.sample import sample_file
from disperin.submissions import actions
from zones.models import Zone
from zones.rules import IssueKind, IssueState, Light, PlotState

STEP = 0.002  # degrees; a plot is about 220 m by 220 m
COLUMNS, ROWS = 8, 5
HECTARES = 4.9185  # of a plot of that size at that latitude
SOURCE = "Data contoh"
Planned = tuple[str, str, int, int, int, tuple[tuple[int, int], ...]]
MILESTONES: tuple[
    Planned, ...
] = (  # name, who, weight, months from now to planned start and finish, reports (days from now, percent)
    ("Pembebasan lahan tahap I (contoh)", "PT Kawasan Contoh", 30, -20, -8, ((-480, 25), (-360, 60), (-220, 100))),
    ("Jalan poros kawasan (contoh)", "Dinas PU (contoh)", 25, -10, 2, ((-200, 15), (-90, 40), (-5, 55))),
    ("Gardu listrik 30 MW (contoh)", "Penyedia listrik (contoh)", 25, -6, -1, ((-60, 10), (-5, 20))),
    ("Instalasi pengolahan air limbah (contoh)", "PT Kawasan Contoh", 20, 3, 12, ()),
)
WORK: tuple[Planned, ...] = (  # of a project that is being built
    ("Pembebasan lahan (contoh)", "Panitia Contoh", 30, -18, -9, ((-400, 60), (-260, 100))),
    ("Jalan masuk (contoh)", "Dinas PU (contoh)", 20, -9, -4, ((-150, 70), (-20, 90))),
    ("Bangunan utama (contoh)", "PT Pembangun Contoh", 50, -3, 20, ((-10, 10),)),
)
WORK_TO_COME: tuple[Planned, ...] = (
    ("Persiapan (contoh)", "Panitia Contoh", 40, 2, 8, ()),
    ("Pembangunan (contoh)", "PT Pembangun Contoh", 60, 9, 30, ()),
)
CONTRACT = 1_200_000_000  # Rupiah for each percent of weight
ISSUES = (
    (IssueKind.LAND, "Dua bidang tanah belum sepakat harga (contoh).", "Kantor Pertanahan", Light.RED),
    (IssueKind.PERMITS, "Persetujuan lingkungan menunggu sidang (contoh).", "Dinas Lingkungan Hidup", Light.YELLOW),
)


def create(chance: random.Random, *, by: User) -> Zone:
    """Publish the invented zone with plots, tenants, milestones and issues."""
    zone: Zone = actions.publish(directory.get("zones"), _zone(chance), by=by)
    _plan(zone, MILESTONES, by=by)
    for issue in ISSUES:
        _raise(zone, issue, opened=-chance.randint(20, 200), due=chance.randint(10, 60), by=by)
    return zone


def create_projects(*, by: User) -> list[Zone]:
    """Publish the invented national projects that are no zone: one with progress and an issue, the others planned."""
    made = []
    for project in sample_file.read().projects:
        latitude, longitude = project.place
        values = {
            "name": project.name,
            "kind": "proyek",
            "regency": project.regency,
            "districts": [project.district],
            "latitude": latitude,
            "longitude": longitude,
            "stage": project.stage,
            "stage_source": SOURCE,
            "project_stage": project.project_stage,
            "project_basis": "Data contoh, bukan peraturan",
            "project_basis_en": "Sample data, no regulation",
            "summary_id": project.summary,
            "summary_en": project.summary_en,
        }
        made.append(actions.publish(directory.get("zones"), values, by=by))
        _plan(made[-1], WORK if len(made) == 1 else WORK_TO_COME, by=by)
    for project in made[:1]:
        _raise(project, ISSUES[0], opened=-90, due=30, by=by)
    return made


def _plan(zone: Zone, milestones: tuple[Planned, ...], *, by: User) -> None:
    for name, who, weight, start, finish, reports in milestones:
        planned = _milestone(zone, name, who, weight, start, finish)
        milestone = actions.publish(directory.get("milestones"), planned, by=by)
        for days, percent in reports:
            actions.publish(directory.get("milestones"), _report(start, days, percent), by=by, record=milestone)


def _raise(zone: Zone, issue: tuple[str, str, str, str], *, opened: int, due: int, by: User) -> None:
    kind, description, agency, light = issue
    values = {
        "zone": zone.number,
        "kind": kind,
        "description": description,
        "agency": agency,
        "opened_on": _day(opened),
        "due_on": _day(due),
        "light": light,
        "state": IssueState.OPEN,
    }
    actions.publish(directory.get("issues"), values, by=by)


def _zone(chance: random.Random) -> dict[str, object]:
    today, invented = _day(0), sample_file.read().zone
    south, west = invented.south_west
    return {
        "name": invented.name,
        "kind": "ki",
        "regency": invented.regency,
        "districts": [invented.district],
        "manager": "PT Kawasan Contoh",
        "manager_source": SOURCE,
        "stage": "konstruksi",
        "stage_on": _day(-300),
        "stage_source": SOURCE,
        "project_stage": "bukan_psn",
        "commodities": list(invented.commodities),
        "focus_industries": list(invented.focus_industries),
        "focus_industries_en": list(invented.focus_industries_en),
        "summary_id": "Kawasan rekaan untuk mencoba portal: tidak ada di lapangan.",
        "summary_en": "An invented zone for trying out the portal: it does not exist.",
        "outline": _square(west, south, COLUMNS * STEP, ROWS * STEP),
        "outline_as_of": today,
        "outline_source": SOURCE,
        "plots_as_of": today,
        "plots_source": SOURCE,
        "tenants_as_of": _day(-500),
        "tenants_source": SOURCE,
        "areas": [
            {"basis": "masterplan", "hectares": 200, "source": SOURCE, "source_date": today},
            {"basis": "dikuasai", "hectares": 120, "source": SOURCE, "source_date": _day(-600)},
        ],
        "utilities": _utilities(today),
        "plots": [_plot(chance, invented, column, row) for row in range(ROWS) for column in range(COLUMNS)],
        "tenants": [{**invented.tenant, "hectares": 9.8, "since": _day(-700)}],
        "documents": [{"kind": "kkpr", "number": "CONTOH/01", "issued_on": _day(-900), "source": SOURCE}],
    }


def _utilities(today: str) -> list[dict[str, object]]:
    power = {"kind": "listrik", "name": "Gardu Contoh", "status": "dibangun", "unit": "mw"}
    port = {"kind": "pelabuhan", "name": "Pelabuhan Contoh", "status": "tersedia", "distance_km": 165}
    return [
        {**power, "capacity": 30, "free_capacity": 18, "source": SOURCE, "as_of": today},
        {**port, "source": SOURCE, "as_of": _day(-420)},
    ]


def _plot(chance: random.Random, zone: sample_file.Zone, column: int, row: int) -> dict[str, object]:
    south, west = zone.south_west
    state = chance.choice([PlotState.FREE, PlotState.FREE, PlotState.RESERVED, PlotState.LET, PlotState.SOLD])
    outline = _square(west + column * STEP, south + row * STEP, STEP, STEP)
    return {"code": f"{'ABCDE'[row]}-{column + 1}", "hectares": HECTARES, "state": state, "outline": outline}


def _square(west: float, south: float, width: float, height: float) -> dict[str, object]:
    east, north = round(west + width, 6), round(south + height, 6)
    west, south = round(west, 6), round(south, 6)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def _milestone(zone: Zone, name: str, who: str, weight: int, start: int, finish: int) -> dict[str, object]:
    return {
        "zone": zone.number,
        "name": name,
        "weight": weight,
        "planned_start": _day(start * 30),
        "planned_finish": _day(finish * 30),
        "responsible": who,
        "contract_value": weight * CONTRACT,
    }


def _report(start: int, days: int, percent: int) -> dict[str, object]:
    """What the regency reported of a milestone that was to begin `start` months from now."""
    values: dict[str, object] = {"percent": percent, "progress_on": _day(days), "actual_start": _day(start * 30 + 10)}
    return values | ({"actual_finish": _day(days)} if percent == 100 else {})


def _day(days: int) -> str:
    return (timezone.localdate() + datetime.timedelta(days=days)).isoformat()
