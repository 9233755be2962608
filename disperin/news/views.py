"""News of the office: the list, and one page each."""

import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from disperin.attachments.in_rows import photo_columns, photo_url_of
from disperin.news import rules
from disperin.news.filters import NewsFilter
from disperin.news.models import News
from disperin.registers.lists.facets import Facet, regencies
from disperin.registers.lists.views import RecordList
from disperin.registers.record import past, reference
from disperin.submissions.views.record_page import RecordPage
from disperin.ui.addresses import addresses
from disperin.ui.formats import day

COLUMNS = ("number", "kind", "title_id", "title_en", "day", "until", "regency__name", *photo_columns())


class NewsList(RecordList):
    """`/kabar/`: news and calls, the newest first; those that are over say so."""

    filterset_class = NewsFilter
    template_name = "news/news_list.html"
    facets = (Facet("kind", _("Kind"), "kind"), Facet("regency", _("Regency/city"), "regency", regencies))
    columns = COLUMNS

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return _cards(rows, past.today())


class NewsDetail(RecordPage):
    """`/kabar/<number>/`: one piece of news."""

    template_name = "news/news_detail.html"
    queryset = News.objects.select_related("photo")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        news = self.object
        return super().get_context_data(
            photo_url=news.photo.photo_url() if news.photo else "",
            is_over=news.until is not None and news.until < past.today(),
            **kwargs,
        )


def newest(on: datetime.date, most: int) -> list[dict[str, Any]]:
    """Cards of what stands on a day, the newest first."""
    return _cards(reference.rows(News.objects.current().standing_on(on)[:most], ("id", *COLUMNS)), on)


def _cards(rows: list[dict[str, Any]], on: datetime.date) -> list[dict[str, Any]]:
    address, is_english = addresses("news:news-detail"), get_language() == "en"
    return [
        {
            "number": row["number"],
            "name": (is_english and row["title_en"]) or row["title_id"],
            "language": "id" if is_english and not row["title_en"] else "",
            "url": address(row["number"]),
            "kind": rules.Kind(row["kind"]).label,
            "day": day(row["day"]),
            "until": day(row["until"]) if row["until"] else "",
            "is_over": row["until"] is not None and row["until"] < on,
            "regency": row["regency__name"],
            "photo_url": photo_url_of(row),
        }
        for row in rows
    ]
