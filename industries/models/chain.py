"""Downstream chains (hilirisasi): from a commodity over its stages to products, and which classes of KBLI make them."""

import datetime
from typing import Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from disperin.registers.dated.standards import at_the_same_time, ends_after_it_begins, stands_on
from disperin.ui.entered import Entered, either
from disperin.ui.sentences import NOT_IN_LIST
from industries.models.codes import KbliClass, KbliVersion

MOST_STAGES = 12


class ChainStepQuerySet(models.QuerySet):
    def in_force(self, on: datetime.date) -> Self:
        """Rows that hold on a day."""
        return self.filter(stands_on(on))


@pghistory.track()
class ChainStep(models.Model):
    """One product at one stage of a chain, with its source. Kept by administrators; none comes with the portal.

    A row that changes is ended (`valid_to`) and followed by a new one, so that earlier days keep their chain.
    """

    COUNTED = ("commodity", "stage", "product_id", "kbli")

    commodity = models.CharField(_("commodity"), max_length=20)
    stage = models.PositiveSmallIntegerField(
        _("stage"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_STAGES)],
        help_text=_("1 is the raw material; each further stage has the next number."),
    )
    stage_id = models.CharField(_("name of the stage (Indonesian)"), max_length=60)
    stage_en = models.CharField(_("name of the stage (English)"), max_length=60, blank=True)
    product_id = models.CharField(_("product (Indonesian)"), max_length=80)
    product_en = models.CharField(_("product (English)"), max_length=80, blank=True)
    kbli = ArrayField(
        models.CharField(max_length=12),
        verbose_name=_("KBLI"),
        default=list,
        blank=True,
        size=12,
        help_text=_("Five-digit classes that make it, separated by commas. Empty where no class of industry does."),
    )
    source = models.CharField(_("source"), max_length=200, help_text=_("Document or page, with its article or number."))
    source_on = models.DateField(_("date of the source"))
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force until"), null=True, blank=True)

    objects = ChainStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a downstream chain")
        verbose_name_plural = _("steps of downstream chains")
        ordering = ["commodity", "stage", "product_id", "id"]
        constraints = [ends_after_it_begins("a_chain_step_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.commodity_name}: {self.product}"

    @property
    def commodity_name(self) -> str:
        """The commodity in the language of the reader; its key, where the province does not name it any more."""
        return str(settings.PROVINCE.downstream.get(self.commodity, self.commodity))

    @property
    def stage_name(self) -> Entered:
        """The name of the stage in the language of the reader."""
        return self._in_reading_language("stage")

    @property
    def product(self) -> Entered:
        """The product in the language of the reader."""
        return self._in_reading_language("product")

    def _in_reading_language(self, name: str) -> Entered:
        return either(getattr(self, f"{name}_id"), getattr(self, f"{name}_en"))

    def clean(self) -> None:
        """Five digits become keys; each must be a class. One stage has one name, and each product once, at a time."""
        if self.commodity not in settings.PROVINCE.downstream:
            params = {"value": self.commodity}
            raise ValidationError({"commodity": ValidationError(NOT_IN_LIST, "invalid_choice", params)})
        try:
            self.kbli = list(dict.fromkeys(self._key(code) for code in self.kbli or []))
        except ValidationError as error:
            raise ValidationError({"kbli": error}) from error
        known = set(KbliClass.objects.classes().filter(pk__in=self.kbli).values_list("pk", flat=True))
        if unknown := next((key for key in self.kbli if key not in known), None):
            text = _("%(value)s is no KBLI class. Write its five digits.")
            raise ValidationError({"kbli": ValidationError(text, "unknown", {"value": unknown})})
        for other in at_the_same_time(self).filter(commodity=self.commodity, stage=self.stage):
            if other.stage_id != self.stage_id:
                text = _("This stage is called “%(name)s” already. Use that name, or another number.")
                raise ValidationError({"stage_id": ValidationError(text, "other_name", {"name": other.stage_id})})
            if other.product_id == self.product_id:
                text = _("“%(name)s” stands at this stage already.")
                raise ValidationError({"product_id": ValidationError(text, "twice", {"name": other.product_id})})

    def _key(self, code: str) -> str:
        code = code.strip()
        return KbliVersion.key_of(code) if code.isdecimal() else code
