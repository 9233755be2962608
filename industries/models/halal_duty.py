"""The duties of the law by date (HalalDuty): what is asked of which products, by when."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disperin.registers.standards import at_the_same_time, ends_after_it_begins
from industries import rules


@pghistory.track()
class HalalDuty(models.Model):
    """A deadline of the law: products of one category, made by businesses of these scales. Kept by administrators.

    A rule that changes is ended (`valid_to`) and followed by a new row, so that earlier days are judged as they were.
    """

    key = models.SlugField(_("key"), max_length=40, primary_key=True)
    category = models.CharField(_("halal category"), max_length=24, choices=rules.HalalCategory)
    scales = ArrayField(
        models.CharField(max_length=10, choices=[(one.value, one.label) for one in rules.SCALES]),
        verbose_name=_("business scales"),
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

    def __str__(self):
        return f"{self.get_category_display()}: {self.deadline}"

    def clean(self):
        """No two rows may be in force at once for one category and scale."""
        others = at_the_same_time(self).filter(category=self.category, scales__overlap=self.scales or [])
        if other := others.first():
            text = _("“%(other)s” is in force in this time already for one of these scales. End it first (%(key)s).")
            raise ValidationError({"valid_from": ValidationError(text, "overlap", {"other": other, "key": other.pk})})


def duties_by_class(on, duties=None):
    """`{(category, scale): rules.DutyOn}`: what the law asks on a day of every category ("" too) and business scale."""
    duties = list(HalalDuty.objects.all()) if duties is None else duties
    return {
        (category, scale): rules.duty_on(on, category=category, business_scale=scale, duties=duties)
        for category in ("", *rules.HalalCategory.values)
        for scale in rules.BusinessScale.values
    }
