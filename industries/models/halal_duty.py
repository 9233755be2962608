"""The duties of the law by date (HalalDuty): what is asked of which products, by when."""

import datetime
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple, cast

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disperin.registers.dated.standards import at_the_same_time, ends_after_it_begins
from disperin.ui import formats
from industries import rules
from industries.rules.halal import Duty, DutyOn


@pghistory.track()
class HalalDuty(models.Model):
    """A deadline of the law: products of one category, made by businesses of these scales. Kept by administrators.

    With an `answer` it is that of those products of which the question of the category (`rules.QUESTIONS`) was answered
    so: barang gunaan that contain animal parts, medical devices of one risk class.

    A rule that changes is ended (`valid_to`) and followed by a new row, so that earlier days are judged as they were.
    """

    key = models.SlugField(_("key"), max_length=40, primary_key=True)
    category = models.CharField(_("halal category"), max_length=24, choices=rules.HalalCategory)
    scales = ArrayField(
        models.CharField(max_length=10, choices=[(scale.value, scale.label) for scale in rules.SCALES]),
        verbose_name=_("business scales"),
    )
    answer = models.CharField(
        _("only if answered"),
        max_length=4,
        blank=True,
        choices=[*rules.YesNo.choices, *rules.RiskClass.choices],
        help_text=_(
            "The answer to the question of the category: does it contain animal parts (consumer goods), does it go "
            "with food, drink, medicine or cosmetics (chemical products), which risk class has it (medical devices)?"
        ),
    )
    deadline = models.DateField(_("deadline"), help_text=_("The last day without duty."))
    citation = models.CharField(_("legal basis"), max_length=120)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force until"), null=True, blank=True)

    class Meta:
        verbose_name = _("halal duty")
        verbose_name_plural = _("halal duties")
        ordering = ["deadline", "category", "key"]
        constraints = [
            ends_after_it_begins("a_halal_duty_ends_after_it_begins"),
            models.CheckConstraint(name="a_halal_duty_has_scales", condition=Q(scales__len__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()}: {formats.day(self.deadline)}"

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Also: the answer is one that the category asks for."""
        super().clean_fields(exclude)
        question = rules.QUESTIONS.get(self.category)
        if self.answer and (question is None or self.answer not in question.answers):
            text = _("This category does not ask for this answer. Choose another, or leave it empty.")
            raise ValidationError({"answer": ValidationError(text, "answer")})

    def clean(self) -> None:
        """No two rows may be in force at once for one category, answer and scale."""
        others = at_the_same_time(self).filter(category=self.category, scales__overlap=self.scales or [])
        if self.answer:
            others = others.filter(answer__in=["", self.answer])
        if other := others.first():
            text = _("“%(other)s” is in force in this time already for one of these scales. End it first (%(key)s).")
            raise ValidationError({"valid_from": ValidationError(text, "overlap", {"other": other, "key": other.pk})})


class _Said(NamedTuple):
    """What a row says, to be known again by it."""

    category: str
    scales: tuple[str, ...]
    answer: str
    deadline: datetime.date
    citation: str
    valid_from: datetime.date | None
    valid_to: datetime.date | None


def duties_by_class(on: datetime.date, duties: Sequence[HalalDuty] | None = None) -> dict[tuple[str, str], DutyOn]:
    """`{(class, scale): rules.DutyOn}`: what the law asks on a day of every halal class ("" too) and business scale.

    The rows are read anew each time (unless they are given); what follows from the same rows is remembered.
    """
    duties = list(HalalDuty.objects.all()) if duties is None else duties
    said = (
        _Said(*(getattr(duty, name) for name in _Said._fields))._replace(scales=tuple(duty.scales)) for duty in duties
    )
    return _by_class(on, tuple(said)).copy()


@lru_cache(maxsize=64)
def _by_class(on: datetime.date, duties: tuple[_Said, ...]) -> dict[tuple[str, str], DutyOn]:
    rows = cast("tuple[Duty, ...]", duties)
    return {
        (halal_class, scale): rules.duty_on(on, halal_class=halal_class, business_scale=scale, duties=rows)
        for halal_class in rules.HALAL_CLASSES
        for scale in rules.BusinessScale.values
    }
