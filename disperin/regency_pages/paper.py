"""The sheet of a regency: its figures in words, short enough for one page."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from disperin.figures.league import League
from disperin.maps.pictures import province_picture
from disperin.papers.profile import Drawing
from disperin.papers.regency import Block, Count, RegencySheet
from disperin.papers.sample import sample_mark
from disperin.regency_pages.figures import Chain, Figures, Line, figures_of
from disperin.regions.models import Regency
from disperin.registers.models import Record
from disperin.ui.formats import day, number
from industries.models import Cluster
from ovop.models import Award
from zones.models import Zone

GAPS, WORD = 6, 60  # gaps named of a chain; characters of one name
NAMED, MOST = 4, 99  # records named of a kind; more than so many are not counted


def sheet_of(regency: Regency, slug: str, on: datetime.date) -> RegencySheet:
    """What is public of a regency on this day, as its sheet says it."""
    figures = figures_of(regency, on)
    page = settings.PUBLIC_ORIGIN + reverse("regency_pages:regency", args=[slug])
    return RegencySheet(
        title=_("Profile of %(name)s") % {"name": regency.name},
        kicker=_("Industry of a regency or city").upper(),
        name=regency.name,
        lead=_("Capital %(capital)s · %(population)s people · %(area)s km²")
        % {
            "capital": regency.capital,
            "population": number(regency.population),
            "area": number(round(regency.area_km2)),
        },
        highlights=[_count(line) for line in (figures.makers, *figures.kept)],
        drawing=Drawing(
            svg=province_picture(regency.code, None),
            alt=_("Map of %(province)s with %(name)s marked.") % {"province": settings.PROVINCE, "name": regency.name},
            caption=str(settings.PROVINCE),
        ),
        first=[_leading(regency), _counted(_("Makers by branch"), figures.branches)],
        second=[
            _counted(_("Makers by scale of the industry"), figures.scales),
            _counted(_("Makers by commodity"), figures.commodities, bars=False),
            *_named(regency, on),
            *(_chain(chain) for chain in figures.chains),
            _quality(League(on), regency.code),
        ],
        invitation=_("The page of this regency, with the list behind each number"),
        address=page,
        footer=_footer(figures, on),
        language=get_language() or "id",
        mark=sample_mark(),
    )


def _count(line: Line, *, bar: bool = False) -> Count:
    return Count(capfirst(_short(str(line.label))), number(line.number), round(line.share, 1) if bar else 0)


def _short(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(WORD, truncate="…")


def _counted(title: str, lines: Iterable[Line], *, bars: bool = True) -> Block:
    return Block(title, _("No makers are registered yet"), counts=[_count(line, bar=bars) for line in lines])


def _leading(regency: Regency) -> Block:
    """As said by others: never worked out from the counts."""
    rows = list(regency.leading_industries.all())
    sources = dict.fromkeys(f"{industry.source}, {day(industry.source_on)}" for industry in rows)
    return Block(
        _("Leading industries"),
        _("No data yet"),
        sentences=[_short(industry.name) for industry in rows],
        note=_("Source: %(source)s") % {"source": "; ".join(sources)} if rows else "",
    )


def _named(regency: Regency, on: datetime.date) -> list[Block]:
    """What stands of a regency by name: awards that stand, production centres, zones; nothing where there is none."""
    awards = Award.objects.standing(on).filter(regency=regency).select_related("grade__scheme", "establishment")
    clusters, zones = (model.objects.current().filter(regency=regency) for model in (Cluster, Zone))
    kinds: list[tuple[str, Any, Callable[[Any], str]]] = [
        (_("OVOP awards that stand"), awards.order_by("-decree_on", "-id"), _starred),
        (_("Production centres"), clusters.order_by("number"), _name),
        (_("Industrial zones"), zones.order_by("number"), _name),
    ]
    return [
        Block(title, "", sentences=[sentence_of(record) for record in some[:NAMED]] + _and_more(len(some)))
        for title, rows, sentence_of in kinds
        if (some := list(rows[: MOST + 1]))
    ]


def _starred(award: Award) -> str:
    return f"{_short(award.name)}, {_short(award.establishment.name)}: {award.grade}"


def _name(record: Record) -> str:
    return _short(str(record))


def _and_more(count: int) -> list[str]:
    if count <= NAMED:
        return []
    return [_("and more") if count > MOST else _("and %(number)s more") % {"number": number(count - NAMED)}]


def _chain(chain: Chain) -> Block:
    """Which products of a chain are made here by registered makers, and of which none is registered."""
    gaps = ", ".join(_short(str(product)) for product in chain.gaps[:GAPS])
    more = len(chain.gaps) - GAPS
    if more > 0:
        gaps = _("%(names)s and %(more)s more") % {"names": gaps, "more": number(more)}
    return Block(
        _("Downstream processing: %(name)s") % {"name": chain.name},
        "",
        counts=[_count(line) for line in chain.made],
        sentences=[_("No registered maker here: %(names)s") % {"names": gaps}] if gaps else [],
        note=_("Counted are registered makers.") if chain.made else "",
    )


def _quality(league: League, code: str) -> Block:
    """How good the data of the regency is, as the league has it."""
    row = league.row_of(code)
    standing = row.standing if row else None
    measures = [
        (_("Completeness"), standing and standing.completeness),
        (_("Freshness"), standing and standing.freshness),
        (_("Coverage"), standing and standing.coverage),
        (_("Returned"), standing and standing.returns),
    ]
    counts = [Count(label, f"{number(value)}%", value) for label, value in measures if value is not None]
    sentences = []
    if standing and standing.rank:
        place = {"rank": number(standing.rank), "all": number(league.ranked), "points": number(standing.points)}
        sentences = [_("Rank %(rank)s of %(all)s with %(points)s of 100 points") % place]
    note = _("As of %(day)s. The office's own count, not a regulation.") % {"day": day(league.day)}
    return Block(_("Quality of the data"), _("Too few records to tell of"), counts, sentences, note)


def _footer(figures: Figures, on: datetime.date) -> str:
    sentences = [_("Registered and open on %(day)s. Source: the registers of this portal.") % {"day": day(on)}]
    if figures.unchecked.number:
        sentences.append(
            _("%(number)s of the makers were brought from an older system and are not checked yet.")
            % {"number": number(figures.unchecked.number)}
        )
    if settings.PROVINCE.regions_source:
        sentences.append(str(settings.PROVINCE.regions_source))
    return " ".join(sentences)
