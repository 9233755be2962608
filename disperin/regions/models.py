"""The regions of the province by their Kemendagri codes (Kepmendagri 300.2.2-2138/2025), kept as text."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Regency(models.Model):
    """A kabupaten or kota: the level that proposes."""

    is_reference = True  # small and lasting: its rows are kept in memory (disperin/registers/record/reference.py)

    class Kind(models.TextChoices):
        KABUPATEN = "kabupaten", _("regency")
        KOTA = "kota", _("city")

    code = models.CharField(_("code"), max_length=5, primary_key=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    capital = models.CharField(_("capital"), max_length=60)
    area_km2 = models.DecimalField(_("area (km²)"), max_digits=10, decimal_places=3)
    population = models.PositiveIntegerField(_("population"))
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5)

    class Meta:
        verbose_name = _("regency/city")
        verbose_name_plural = _("regencies/cities")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def plain_code(self) -> str:
        """The code without its dot, as it stands in register numbers and user names: 9901."""
        return self.code.replace(".", "")


class District(models.Model):
    """A kecamatan."""

    is_reference = True

    code = models.CharField(_("code"), max_length=8, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    regency = models.ForeignKey(Regency, models.PROTECT, related_name="districts", verbose_name=_("regency/city"))
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True)

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Village(models.Model):
    """A desa or kelurahan."""

    is_reference = True

    class Kind(models.TextChoices):
        DESA = "desa", pgettext_lazy("kind of village", "village")
        KELURAHAN = "kelurahan", _("urban village")

    code = models.CharField(_("code"), max_length=13, primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    district = models.ForeignKey(District, models.PROTECT, related_name="villages", verbose_name=_("district"))
    regency = models.ForeignKey(Regency, models.PROTECT, related_name="villages", verbose_name=_("regency/city"))
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True)

    class Meta:
        verbose_name = _("village")
        verbose_name_plural = _("villages")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class RetiredCode(models.Model):
    """A region code that is no longer in force, with its successor where one is known."""

    code = models.CharField(_("retired code"), max_length=13, primary_key=True)
    successor = models.CharField(_("successor"), max_length=13, blank=True)
    name = models.CharField(_("name"), max_length=80)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("retired region code")
        verbose_name_plural = _("retired region codes")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} → {self.successor}" if self.successor else self.code
