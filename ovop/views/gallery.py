"""The public gallery: list, map, one page each with its share picture, statistics."""

import datetime
from typing import Any

from django.db.models import CharField, F, Q, QuerySet
from django.db.models.functions import Cast
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from disperin.attachments.in_rows import photo_columns, photo_url_of
from disperin.registers.api.drawing import drawn
from disperin.registers.lists.caching import A_MINUTE, Kept
from disperin.registers.lists.facets import MOST_COUNTED, Facet, names_of, regencies, shown_facet, unchecked_of
from disperin.registers.lists.views import RecordDetail, RecordList
from disperin.registers.models import Origin
from disperin.registers.record import past, reference, rollup
from disperin.submissions.views.record_page import RecordPage
from disperin.ui.addresses import addresses
from disperin.ui.findings import leaders
from disperin.ui.listing import with_query
from disperin.ui.texts import Text
from industries.models import with_certificates
from industries.views.reaching import ways_to, ways_to_share, whole_address
from ovop import rules
from ovop.filters import AwardFilter
from ovop.models import Award, AwardRound, CommodityGroup, Grade, standing_awards
from ovop.papers import share_file

from .json_ld import linked_data

READS = ("awards", "establishments", "clusters", "halal", "reference")
PHOTOS = ("product__photo", "establishment__photo")
COLUMNS = (
    "number", "name", "stars", "grade__scheme__max_stars", "grade__scheme__short_id", "grade__scheme__short_en",
    "group__name_id", "group__name_en", "round__year", "state", "valid_until", "establishment__name", "regency__name",
    "establishment__cluster__name", "verified_at",
    *(column for photo in PHOTOS for column in photo_columns(photo)),
)  # fmt: skip

KNOWN_TO_THE_OFFICE = (Origin.VERIFIED, Origin.DIRECT)
MOST_PICTURED = 200  # of which each day another comes first
LARGE = 960  # pixels


def language() -> str:
    """The language of the reader, as columns are named by it."""
    return "en" if get_language() == "en" else "id"


def groups(active: dict[str, Any]) -> QuerySet[CommodityGroup]:
    """The commodity groups with their names."""
    return CommodityGroup.objects.annotate(label=F(f"name_{language()}"))


def rounds(active: dict[str, Any]) -> QuerySet[AwardRound]:
    """The rounds with their years."""
    return AwardRound.objects.annotate(label=Cast("year", CharField()))


FACETS = (
    Facet("regency", _("Regency/city"), "regency", regencies),
    Facet("group", _("Commodity group"), "group", groups),
    Facet(
        "grade",
        _("Stars within the scheme"),
        "grade",
        lambda active: Grade.objects.labelled(),
        scale_of=rules.scheme_of,
        scales=_("The share of stars is of the awards of their scheme; stars of different schemes cannot be compared."),
    ),
    Facet("round", _("Year"), "round", rounds),
)
STATE = Facet("state", _("State"), "state")  # counted as it stands today: stars end by themselves


def starred(today: datetime.date, most: int) -> list[dict[str, Any]]:
    """Cards of products whose star stands on a day and that have a photograph; another of them is first each day."""
    awards = Award.objects.described().current().filter(origin__in=KNOWN_TO_THE_OFFICE)
    pictured = awards.filter(Q(product__photo__isnull=False) | Q(establishment__photo__isnull=False))
    rows = reference.rows(pictured.order_by("-decree_on", "-id")[:MOST_PICTURED], ("id", *COLUMNS))
    address = addresses("ovop:award-detail")
    every = [_card(row, address(row["number"]), today) for row in rows]
    shown = [card for card in every if card["stands"] and card["photo_url"]]
    first = today.toordinal() % max(len(shown), 1)
    return (shown[first:] + shown[:first])[:most]


class AwardList(RecordList):
    """`/ovop/`: the awarded products and their makers."""

    reads = READS
    filterset_class = AwardFilter
    template_name = "ovop/award_list.html"
    facets = FACETS
    columns = COLUMNS

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        address = addresses("ovop:award-detail")
        return [_card(row, address(row["number"]), past.today()) for row in rows]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Also the facets of the state and of the halal certificate, which are counted as they stand today."""
        context = super().get_context_data(**kwargs)
        states = self.matches.counted_by_state(past.today())
        context["facets"] += shown_facet(self.request, STATE, dict(rules.AwardState.choices), states, self.active)
        is_chosen = "halal" in self.active
        certified = self.asked.is_certified(self.matches, "halal", "true")
        number = context["counts"].total if is_chosen else certified.order_by()[: MOST_COUNTED + 1].count()
        if number:
            option = {
                "value": "true",
                "label": _("Halal certified"),
                "count": number,
                "url": with_query(self.request, halal=None if is_chosen else "true"),
                "active": is_chosen,
            }
            context["facets"].append({"title": _("Halal"), "options": [option], "open": is_chosen})
        return context


class AwardDetail(RecordPage):
    """`/ovop/<number>/`: one star with its product and maker."""

    reads = READS
    template_name = "ovop/award_detail.html"
    queryset = Award.objects.select_related(
        "decree", "product__photo", "establishment__photo",
        "establishment__village__district", "establishment__cluster", "establishment__regency",
    )  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        award, english = self.object, get_language() == "en"
        product, maker = award.product, award.establishment
        stories = [maker.story_id, product.description_id]
        translated = [maker.story_en, product.description_en]
        own, other = (translated, stories) if english else (stories, translated)
        story = next(filter(None, own), "") or next(filter(None, other), "")
        with_certificates([product], past.today())
        page = whole_address(self.request)
        context = super().get_context_data(
            photo_url=award.photo.photo_url() if award.photo else "",
            story=story,
            story_language=("id" if english else "en") if story and not any(own) else "",
            others=product.awards.current().exclude(pk=award.pk).select_related("round", "grade__scheme", "product"),
            of_maker=_others_of_maker(award),
            linked_data=linked_data(self.request, award),
            ways=ways_to(maker, product.name, page),
            share=ways_to_share(f"{product.name} – {maker.name}", page),
            page=page,
            stands=award.shown_state in rules.STANDING,
            **kwargs,
        )
        if self.inside:
            context["labels"] = award.labels.all()
            context["is_due"] = award.shown_state == rules.AwardState.VALID and (
                award.reevaluation_year <= past.today().year
            )
        return context


class AwardShare(RecordDetail):
    """`/ovop/<number>/bagikan.jpg`: the picture that a shared link shows."""

    reads = READS
    knows_as_of = False
    max_age = A_MINUTE
    queryset = AwardDetail.queryset

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        return drawn(self.request, lambda: share_file(self.object), "image/jpeg")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {}


class AwardStatistics(Kept, TemplateView):
    """`/ovop/statistik/`: how many, by what the gallery is narrowed by; every number opens its list.

    Counted per scheme, never across. Awards are public by name, so small numbers hide nothing.
    """

    reads = READS
    template_name = "ovop/statistics.html"
    knows_as_of = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = past.today()
        counts = rollup.counts_of("awards")
        names: dict[str, dict[str, Text]] = {
            facet: dict(sorted(texts.items())) for facet, texts in names_of(FACETS, {}).items()
        }
        counts["state"] = Award.objects.current().counted_by_state(today)
        names["state"] = dict(rules.AwardState.choices)
        gallery, whole = reverse("ovop:award-list"), counts.get(rollup.ALL[0], {}).get(rollup.ALL[1], 0)
        tables = []
        for facet in (*FACETS, STATE):
            counted = counts.get(facet.name, {})
            wholes = facet.wholes(counted, whole)
            rows = [
                {
                    "label": label,
                    "number": counted[value],
                    "share": 100 * counted[value] / wholes[value],
                    "url": f"{gallery}?{facet.parameter}={value}",
                }
                for value, label in names[facet.name].items()
                if counted.get(value)
            ]
            tables.append(
                {
                    "facet": facet.name,
                    "title": facet.title,
                    "has_page": facet != STATE,  # states are judged by the day, not counted by the verbs
                    "rows": rows,
                    "leading": leaders((str(text), counted.get(value, 0)) for value, text in names[facet.name].items())
                    if facet.is_of_one_scale(counted)
                    else None,
                }
            )
        return super().get_context_data(
            tables=tables, whole=whole, unchecked=unchecked_of(counts), today=today, **kwargs
        )


def _others_of_maker(award: Award) -> list[Award]:
    """The standing stars of other products of its maker, one for each product."""
    products = award.establishment.products.filter(closed_on=None).exclude(pk=award.product_id)
    return [*standing_awards(products).values()]


def _card(row: dict[str, Any], url: str, on: datetime.date) -> dict[str, Any]:
    state = rules.shown_state(row["state"], row["valid_until"], on)
    photos = [photo for photo in PHOTOS if photo_url_of(row, photo)]
    return {
        "number": row["number"],
        "name": row["name"],
        "url": url,
        "maker": row["establishment__name"],
        "regency": row["regency__name"],
        "cluster": row["establishment__cluster__name"],
        "group": row[f"group__name_{language()}"],
        "year": row["round__year"],
        "stars": row["stars"],
        "most": row["grade__scheme__max_stars"],
        "scheme": row[f"grade__scheme__short_{language()}"],
        "state": "" if state == rules.AwardState.VALID else state.label,
        "stands": state in rules.STANDING,
        "photo_url": photo_url_of(row, photos[0]) if photos else "",
        "large_photo_url": photo_url_of(row, photos[0], LARGE) if photos else "",
    }
