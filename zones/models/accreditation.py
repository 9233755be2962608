"""The accreditation self-check of zones: the items that the office enters, and what is answered to each."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import cast

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disperin.attachments.models import Attachment
from disperin.registers.dated.standards import DatedRow, ends_after_it_begins, in_reading_language
from disperin.registers.dated.validity import in_force
from zones.models.zone import SOURCE_LENGTH, Zone
from zones.rules.accreditation import Aspect, Item, SelfCheck, self_check

NOTE_LENGTH = 500
MOST_WEIGHT = 1000


@pghistory.track()
class AccreditationItem(DatedRow):
    """One item of the accreditation of Permenperin 26/2025. None is shipped: the office enters those of the annex."""

    COUNTED = ("aspect", "weight")

    aspect = models.CharField(_("aspect"), max_length=20, choices=Aspect)
    name_id = models.CharField(_("name (Indonesian)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200)
    meaning = models.TextField(
        _("what earns 3, 2 and 1 points"), max_length=1000, blank=True, help_text=_("In the words of the annex.")
    )
    weight = models.PositiveSmallIntegerField(
        _("weight"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_WEIGHT)],
        help_text=_("How much it counts within its aspect; 1 for all, unless the annex says otherwise."),
    )
    source = models.CharField(_("where it is said"), max_length=SOURCE_LENGTH, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("accreditation item")
        verbose_name_plural = _("accreditation items")
        ordering = ["position", "key"]
        constraints = [ends_after_it_begins("an_accreditation_item_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the reader."""
        return in_reading_language(self, "name")


@pghistory.track()
class SelfCheckAnswer(models.Model):
    """What is answered to one item for one zone. Written by `actions.answer_self_check` only, read inside only."""

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="self_check_answers", verbose_name=_("zone"))
    item = models.ForeignKey(AccreditationItem, models.PROTECT, related_name="answers", verbose_name=_("item"))
    points = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)  # None: not judged, or no longer
    note = models.CharField(_("evidence"), max_length=NOTE_LENGTH, blank=True)
    document = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document as evidence")
    )
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("answer of a self-check")
        verbose_name_plural = _("answers of self-checks")
        constraints = [
            models.UniqueConstraint(name="one_answer_per_zone_and_item", fields=["zone", "item"]),
            models.CheckConstraint(
                name="points_are_one_to_three", condition=Q(points=None) | Q(points__gte=1, points__lte=3)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.zone}: {self.item}"


def accreditation_items(on: datetime.date, *, instead: AccreditationItem | None = None) -> list[AccreditationItem]:
    """The items in force on a day; `instead` is a row that replaces the one of its key, or is new."""
    items = AccreditationItem.objects.all()
    if instead is None:
        return in_force(items, on)
    return in_force([*items.exclude(pk=instead.pk), instead], on)


def self_checks(items: Sequence[AccreditationItem], zones: Iterable[Zone] | None = None) -> dict[int, SelfCheck]:
    """`{primary key of a zone: SelfCheck}` by these items: of these zones, or of every open one with an answer."""
    answers = SelfCheckAnswer.objects.exclude(points=None)
    answers = answers.filter(zone__closed_on=None) if zones is None else answers.filter(zone__in=zones)
    points: defaultdict[int, dict[str, int]] = defaultdict(dict) | (
        {} if zones is None else {zone.pk: {} for zone in zones}
    )
    for zone, item, given in answers.values_list("zone", "item", "points"):
        points[zone][item] = cast(int, given)
    return {
        zone: self_check(Item(item.aspect, given.get(item.pk), Decimal(item.weight)) for item in items)
        for zone, given in points.items()
    }
