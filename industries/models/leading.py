"""What a regency is said to lead in, with who said so and when."""

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from disperin.regions.models import Regency
from industries import rules


@pghistory.track()
class LeadingIndustry(models.Model):
    """A leading industry of a regency by a named source. Kept by administrators; nothing is derived from counts."""

    regency = models.ForeignKey(
        Regency, models.PROTECT, related_name="leading_industries", verbose_name=_("regency/city")
    )
    name_id = models.CharField(_("name (Indonesian)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80, blank=True)
    source = models.CharField(_("source"), max_length=200, help_text=_("Document or page, with its article or number."))
    source_on = models.DateField(_("date of the source"))
    source_url = models.URLField(_("address of the source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("leading industry of a regency")
        verbose_name_plural = _("leading industries of the regencies")
        ordering = ["regency", "name_id", "id"]
        constraints = [
            models.UniqueConstraint(
                name="a_leading_industry_is_named_once",
                fields=["regency", "name_id"],
                violation_error_code="twice",
                violation_error_message=_("This industry is named for this regency already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.regency}: {self.name}"

    @property
    def name(self) -> str:
        """The name in the language of the reader."""
        return (self.name_en if get_language() == "en" else "") or self.name_id

    @property
    def language(self) -> str:
        """The language of `name` where it is not that of the reader, else ""."""
        return "id" if get_language() == "en" and not self.name_en else ""

    def clean(self) -> None:
        """A source is not of a day to come."""
        try:
            rules.check_day(self.source_on, timezone.localdate())
        except ValidationError as error:
            raise ValidationError({"source_on": error}) from error
