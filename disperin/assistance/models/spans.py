"""Within how many years the same kind of assistance to the same maker is told: rows of the office, none is shipped."""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from disperin.assistance import rules
from disperin.registers.dated.standards import DatedRow, ends_after_it_begins, refuse_overlap


@pghistory.track()
class RepeatSpan(DatedRow):
    """How long the office looks back, of one kind or of every kind that has no row of its own."""

    COUNTED = ("kind", "years")

    kind = models.CharField(
        _("kind of assistance"),
        max_length=20,
        choices=rules.Kind,
        blank=True,
        help_text=_("Empty: of every kind that has no row of its own."),
    )
    years = models.PositiveSmallIntegerField(_("years"), validators=[MinValueValidator(1), MaxValueValidator(30)])
    source = models.CharField(_("where it is said"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("span of repeated assistance")
        verbose_name_plural = _("spans of repeated assistance")
        ordering = ["kind", "key"]
        constraints = [ends_after_it_begins("a_span_of_assistance_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.get_kind_display() or _('Every kind')}: {self.years}"

    def clean(self) -> None:
        """One row at a time for each kind."""
        refuse_overlap(self, "kind")
