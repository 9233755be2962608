"""What administrators lay down: thresholds of the light, layouts of tables. None is shipped."""

import datetime
from typing import Any, Self

import pghistory
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from disperin.planning.rules import layouts
from disperin.registers.dated.standards import DatedRow, at_the_same_time, ends_after_it_begins
from disperin.registers.dated.validity import in_force


@pghistory.track()
class LightRule(DatedRow):
    """From which achievement an indicator is green, and from which yellow: the office's own numbers."""

    COUNTED = ("green_from", "yellow_from")

    green_from = models.DecimalField(
        _("green from (%)"),
        max_digits=6,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(1000)],
    )
    yellow_from = models.DecimalField(
        _("yellow from (%)"),
        max_digits=6,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(1000)],
        help_text=_("What lies below is red."),
    )
    source = models.CharField(_("where it is said"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("thresholds of the traffic light")
        verbose_name_plural = _("thresholds of the traffic light")
        ordering = ["key"]
        constraints = [
            ends_after_it_begins("thresholds_of_the_light_end_after_they_begin"),
            models.CheckConstraint(
                name="yellow_begins_below_green",
                condition=Q(yellow_from__lt=F("green_from")),
                violation_error_message=_("Yellow begins below green."),
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def clean(self) -> None:
        """One row at a time."""
        other: Any = at_the_same_time(self).first()
        if other:
            text = _("“%(other)s” counts on some of these days too. End it first.")
            raise ValidationError({"valid_from": ValidationError(text, "overlap", {"other": other})})


@pghistory.track()
class TableLayout(DatedRow):
    """Columns of a printed table that a circular asks for instead of the usual ones."""

    COUNTED = ("kind", "title", "columns")

    kind = models.CharField(_("table"), max_length=20, choices=layouts.Kind)
    title = models.CharField(
        _("title"), max_length=200, help_text=_("{tahun} and {tahun_1} to {tahun_5} stand for years.")
    )
    columns = models.TextField(
        _("columns"),
        max_length=5000,
        help_text=_("One on each line, Heading = name, such as: Target {tahun_1} = target_1. A wrong name is told."),
    )
    source = models.CharField(_("where it is said"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("layout of a printed table")
        verbose_name_plural = _("layouts of printed tables")
        ordering = ["kind", "key"]
        constraints = [ends_after_it_begins("a_layout_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.key

    def clean(self) -> None:
        """Its columns are understood, and it is the only one of its table on its days."""
        problems: dict[str, Any] = {}
        for name, check in (("columns", layouts.columns_of), ("title", layouts.check_heading)):
            try:
                check(getattr(self, name), self.kind)
            except ValidationError as refused:
                problems[name] = refused
        other: Any = at_the_same_time(self).filter(kind=self.kind).first()
        if other:
            text = _("“%(other)s” counts on some of these days too. End it first.")
            problems["valid_from"] = ValidationError(text, "overlap", {"other": other})
        if problems:
            raise ValidationError(problems)

    @property
    def layout(self) -> layouts.Layout:
        """What is printed by it."""
        return layouts.Layout(self.kind, self.title, layouts.columns_of(self.columns))

    @classmethod
    def in_force_on(cls, day: datetime.date) -> dict[str, Self]:
        """`{table: its layout}` of a day, as far as the office laid one down."""
        return {layout.kind: layout for layout in in_force(cls._default_manager.all(), day)}
