"""What is new, as Atom: stars, makers and news by the day of their verification, in the language of the address.

A further feed is one more `Feed` of FEEDS; its address and its place in the head of every page follow.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import View

from disperin.news.models import News
from disperin.registers.lists.caching import A_MINUTE, Kept
from disperin.registers.models import Record
from disperin.registers.record.revisions import REFERENCE
from disperin.ui.formats import day
from disperin.ui.texts import Text
from industries.models import Establishment
from ovop.models import Award

from .sitemaps import CHECKED

NEWEST = 30


@dataclass(frozen=True)
class Entry:
    """One entry: a lasting name that never changes, and what is told of it."""

    name: str
    title: str
    summary: str
    address: str
    verified_at: Any


@dataclass(frozen=True)
class Feed:
    """A feed: its title, the registers that it reads, and its entries, the newest first."""

    title: Text
    reads: tuple[str, ...]
    entries: Callable[[], Iterable[Entry]]


def _newest(model: type[Record], *related: str) -> Any:
    records = model.objects.current().filter(origin__in=CHECKED).select_related("regency", *related)
    return records.order_by("-verified_at", "-pk")[:NEWEST]


def _stars() -> Iterable[Entry]:
    for award in _newest(Award, "grade__scheme", "establishment", "product"):
        values = {"name": award.name, "maker": award.establishment.name, "regency": award.regency.name}
        yield Entry(
            award.number,
            _("%(name)s, by %(maker)s, %(regency)s") % values,
            f"{award.grade}. {award.origin_in_words}",
            reverse("ovop:award-detail", args=[award.number]),
            award.verified_at,
        )


def _makers() -> Iterable[Entry]:
    for maker in _newest(Establishment):
        yield Entry(
            maker.number,
            f"{maker.name}, {maker.regency.name}",
            f"{maker.get_branch_display()}. {maker.origin_in_words}",
            reverse("industries:establishment-detail", args=[maker.number]),
            maker.verified_at,
        )


def _news() -> Iterable[Entry]:
    for news_item in _newest(News):
        yield Entry(
            news_item.number,
            news_item.name,
            f"{news_item.get_kind_display()}, {day(news_item.day)}. {news_item.origin_in_words}",
            reverse("news:news-detail", args=[news_item.number]),
            news_item.verified_at,
        )


FEEDS = {
    "bintang": Feed(gettext_lazy("New stars of OVOP"), ("awards", "establishments", REFERENCE), _stars),
    "pembuat": Feed(gettext_lazy("New makers"), ("establishments", REFERENCE), _makers),
    "kabar": Feed(gettext_lazy("News of the office"), ("news", REFERENCE), _news),
}


class FeedView(Kept, View):
    """`/umpan/<name>.atom`."""

    reads = tuple(dict.fromkeys(register for feed in FEEDS.values() for register in feed.reads))
    max_age = A_MINUTE

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        if name not in FEEDS:
            raise Http404
        feed, language = FEEDS[name], (get_language() or settings.LANGUAGE_CODE)[:2]
        here = request.build_absolute_uri()
        written = Atom1Feed(
            title=f"{feed.title} – {settings.PROVINCE.portal}",
            link=request.build_absolute_uri(reverse("front:home")),
            description="",
            language=language,
            author_name=str(settings.PROVINCE.office),
            feed_url=here,
            feed_guid=_lasting(name, language),
        )
        for entry in feed.entries():
            written.add_item(
                title=entry.title,
                link=request.build_absolute_uri(entry.address),
                description=entry.summary,
                updateddate=entry.verified_at,
                pubdate=entry.verified_at,
                unique_id=_lasting(entry.name, language),
            )
        return HttpResponse(written.writeString("utf-8"), content_type=Atom1Feed.content_type)


def _lasting(name: str, language: str) -> str:
    """The same name for ever, whatever host the portal moves to."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.PROVINCE.code}/{language}/{name}").urn
