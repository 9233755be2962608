"""Code lists: the classification of industries (KBLI, Peraturan BPS 2/2020) and the commodities of the province."""

from django.contrib.postgres.fields import ArrayField
from django.core.cache import caches
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

KEPT_FOR = 60  # seconds that a worker remembers which version of KBLI is in force


class KbliVersion(models.Model):
    """A version of KBLI that was loaded. The one in force is what five digits alone mean; old codes stay valid keys."""

    version = models.PositiveSmallIntegerField(_("version"), primary_key=True)
    regulation = models.CharField(_("regulation"), max_length=120, blank=True)
    in_force = models.BooleanField(_("in force in this portal"), default=False)

    class Meta:
        verbose_name = _("KBLI version")
        verbose_name_plural = _("KBLI versions")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                name="one_kbli_version_in_force",
                fields=["in_force"],
                condition=models.Q(in_force=True),
                violation_error_message=_("Another version is in force. Take that mark away first."),
            )
        ]

    def __str__(self):
        return f"KBLI {self.version}"

    @classmethod
    def of_bare_codes(cls):
        """The version that five digits alone mean, such as 2020; the newest where none is marked as in force."""
        return caches["pages"].get_or_set("kbli-version", cls._look_up, KEPT_FOR)

    @classmethod
    def _look_up(cls):
        return cls.objects.order_by("-in_force", "-version").values_list("version", flat=True).first() or ""


class KbliQuerySet(models.QuerySet):
    def classes(self):
        """The five-digit classes, which establishments and products are described by."""
        return self.filter(level=5)


class KbliClass(models.Model):
    """A class of KBLI in one of its versions. The key `2020-10794` says both; nothing is ever recoded."""

    is_reference = True

    key = models.CharField(_("key"), max_length=12, primary_key=True)
    version = models.PositiveSmallIntegerField(_("version"))
    code = models.CharField(_("code"), max_length=5)
    title_id = models.CharField(_("title (Indonesian)"), max_length=250)
    title_en = models.CharField(_("title (English)"), max_length=250, blank=True)
    level = models.PositiveSmallIntegerField(_("digits"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("above")
    )

    objects = KbliQuerySet.as_manager()

    class Meta:
        verbose_name = _("KBLI class")
        verbose_name_plural = _("KBLI classes")
        ordering = ["key"]
        constraints = [models.UniqueConstraint(name="one_kbli_code_per_version", fields=["version", "code"])]

    def __str__(self):
        return f"{self.code} {self.title}"

    @property
    def title(self):
        """The title in the language of the reader; official English five-digit titles were not found."""
        return (self.title_en if get_language() == "en" else "") or self.title_id


class Commodity(models.Model):
    """A commodity of the province, as the office names it; its links to KBLI and HS are indicative."""

    is_reference = True

    key = models.SlugField(_("key"), max_length=40, primary_key=True)
    name_id = models.CharField(_("name (Indonesian)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    kbli_codes = ArrayField(models.CharField(max_length=5), verbose_name=_("KBLI codes"), default=list, blank=True)
    hs_codes = ArrayField(models.CharField(max_length=8), verbose_name=_("HS codes"), default=list, blank=True)
    regency_codes = ArrayField(models.CharField(max_length=5), verbose_name=_("regencies"), default=list, blank=True)
    scale = models.CharField(_("kind"), max_length=20, blank=True)
    note = models.CharField(_("note"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("commodity")
        verbose_name_plural = _("commodities")
        ordering = ["name_id"]

    def __str__(self):
        return self.name

    @property
    def name(self):
        """The name in the language of the reader."""
        return self.name_en if get_language() == "en" else self.name_id
