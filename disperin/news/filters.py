"""Filters of the news, for page and API."""

import django_filters
from django.db.models import F
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from disperin.news import rules
from disperin.news.models import News
from disperin.regions.models import Regency
from disperin.registers.lists.filters import CodeFilter, RecordFilter
from disperin.registers.lists.listing import Order


class NewsFilter(RecordFilter):
    """Filters of the register `news`."""

    words_of = "news"
    orders = (
        Order("-day", _("Newest first"), F("day")),
        Order("day", _("Oldest first"), F("day")),
        Order("name", _("Name A–Z"), Lower("title_id")),
        Order("-name", _("Name Z–A"), Lower("title_id")),
        Order("-verified_at", _("Newest versions first"), F("verified_at")),
        Order("number", _("Register number"), F("number")),
    )

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("regency/city"))
    kind = django_filters.ChoiceFilter(choices=rules.Kind, empty_label="", label=_("kind"))

    class Meta:
        model = News
        fields = ["q", "regency", "kind"]
