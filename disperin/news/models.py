"""News and calls of the office: what happened, or what one may take part in until a day."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from disperin.attachments.models import Attachment
from disperin.history.versions import versioned
from disperin.news import rules
from disperin.registers.record.indexes import search_index
from disperin.registers.record.models import Record, RecordQuerySet
from disperin.registers.values.audience import Audience
from disperin.ui.entered import Entered, either

_OPEN = Q(closed_on__isnull=True)


class NewsQuerySet(RecordQuerySet):
    def standing_on(self, on: datetime.date) -> Self:
        """Those that are not over on a day, the newest first."""
        return self.filter(Q(until=None) | Q(until__gte=on)).order_by("-day", "-id")


@versioned()
class News(Record):
    """A piece of news, or a call, of the office."""

    prefix = "BRT"
    audience = Audience(
        public=(
            "id", "number", "version", "origin", "regency", "kind", "title_id", "title_en", "text_id", "text_en", "day",
            "until", "photo", "verified_at", "updated_at", "closed_on", "search_text",
        ),
        inside=("created_at", "closed_reason"),
        steady=("kind", "title_id", "day", "until"),
        personal=(("photo",), ("title_id", "title_en", "text_id", "text_en")),
    )  # fmt: skip
    begins_with = ("day",)
    is_in_statistics = False  # how often the office writes says nothing of the industry
    facets = {"regency": "regency_id", "kind": "kind", "origin": "origin"}
    field_of_constraint = {"before_its_day": "until"}

    kind = models.CharField(_("kind"), max_length=12, choices=rules.Kind, default=rules.Kind.NEWS)
    title_id = models.CharField(_("title (Indonesian)"), max_length=150)
    title_en = models.CharField(_("title (English)"), max_length=150, blank=True)
    text_id = models.TextField(_("text (Indonesian)"), max_length=6000)
    text_en = models.TextField(_("text (English)"), max_length=6000, blank=True)
    day = models.DateField(_("day"), help_text=_("When it happened, or from when on one may take part."))
    until = models.DateField(
        _("last day"),
        null=True,
        blank=True,
        help_text=_("Of a call: until when one may answer. It then ends by itself."),
    )
    photo = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("photograph")
    )
    search_text = models.TextField(editable=False, default="")

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")
        constraints = [
            models.CheckConstraint(
                name="news_end_after_their_day",
                condition=Q(until__isnull=True) | Q(until__gte=F("day")),
                violation_error_code="before_its_day",
                violation_error_message=_("The last day lies before the day."),
            )
        ]
        indexes = [
            models.Index(F("day").desc(), F("id").desc(), name="news_newest", condition=_OPEN),
            models.Index(Lower("title_id"), "id", name="news_by_title", condition=_OPEN),
            models.Index(F("verified_at").desc(), F("id").desc(), name="news_newest_verified", condition=_OPEN),
            models.Index("regency", F("day").desc(), F("id").desc(), name="news_of_regency", condition=_OPEN),
            search_index("search_text", name="news_search"),
        ]

    def __str__(self) -> str:
        return self.title_id

    def clean(self) -> None:
        """Checks its days against each other."""
        if self.day:
            rules.check_days(day=self.day, until=self.until)

    def gather(self, rows: Mapping[str, Sequence[Any]]) -> None:
        """Sets the words that the search looks through."""
        self.search_text = " ".join([self.title_id, self.title_en, self.text_id, self.text_en]).lower()

    @property
    def name(self) -> Entered:
        """The title in the language of the reader, or else in the other one."""
        return either(self.title_id, self.title_en)

    @property
    def text(self) -> Entered:
        """The text in the language of the reader, or else in the other one."""
        return either(self.text_id, self.text_en)
