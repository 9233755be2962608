"""Code lists: the classification of industries (KBLI, Peraturan BPS 2/2020 and 7/2025) and the commodities."""

from typing import Any, Literal, Self

from django.contrib.postgres.fields import ArrayField
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from industries.rules.classes import DIVISIONS, is_beyond_industry

CLASS_DIGITS = 5  # of a class that establishments and products are described by
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

    def __str__(self) -> str:
        return f"KBLI {self.version}"

    @classmethod
    def of_bare_codes(cls) -> int | Literal[""]:
        """The version that five digits alone mean, such as 2020; the newest where none is marked as in force."""
        return next(iter(cls.loaded()), "")

    @classmethod
    def loaded(cls) -> list[int]:
        """The versions that were loaded, that of five digits alone first: `[2025, 2020]`."""
        return caches["pages"].get_or_set("kbli-versions", cls._look_up, KEPT_FOR) or []

    @classmethod
    def _look_up(cls) -> list[int]:
        return list(cls.objects.order_by("-in_force", "-version").values_list("version", flat=True))

    @classmethod
    def key_of(cls, code: str) -> str:
        """The key that five digits alone mean. Raises ValidationError where they say nothing without their version."""
        by_version = cls.unclear().get(code)
        if by_version is None:
            return f"{cls.of_bare_codes()}-{code}"
        titles = "; ".join(
            f"KBLI {version}: {title or gettext('no such class')}" for version, title in by_version.items()
        )
        keys = ", ".join(f"{version}-{code}" for version, title in by_version.items() if title)
        text = gettext("%(code)s alone does not say what is made (%(titles)s). Choose the version, or write %(keys)s.")
        raise ValidationError(text, "which_version", {"code": code, "titles": titles, "keys": keys})

    @classmethod
    def unclear(cls) -> dict[str, dict[int, str]]:
        """`{code: {version: title}}` of the codes that are gone from the version in force, or mean other goods there.

        No official table from one version to the next was found: what such a code means, a person has to say.
        """
        return caches["pages"].get_or_set("kbli-unclear", cls._look_up_unclear, KEPT_FOR) or {}

    @classmethod
    def _look_up_unclear(cls) -> dict[str, dict[int, str]]:
        version = cls.of_bare_codes()
        unclear: dict[str, dict[Any, str]] = {
            change.code: {version: ""} for change in KbliChange.objects.filter(version=version or None).unclear()
        }
        for kbli in KbliClass.objects.filter(code__in=unclear):
            unclear[kbli.code][kbli.version] = kbli.title_id
        return {code: dict(sorted(titles.items())) for code, titles in unclear.items()}


class KbliChangeQuerySet(models.QuerySet):
    def unclear(self) -> Self:
        """Codes that say nothing without their version."""
        return self.filter(state__in=(KbliChange.State.GONE, KbliChange.State.OTHER_MEANING))


class KbliChange(models.Model):
    """What a version of KBLI did to a five-digit number of the one before. Compared by us: none official was found."""

    class State(models.TextChoices):
        SAME_TITLE = "same_title", _("Same title")
        TITLE_CHANGED = "title_changed", _("Other title")
        OTHER_MEANING = "other_meaning", _("Means something else now")
        NEW = "new", _("New")
        GONE = "gone", _("No longer there")

    key = models.CharField(_("key"), max_length=12, primary_key=True)
    version = models.PositiveSmallIntegerField(_("version"))
    code = models.CharField(_("code"), max_length=5)
    state = models.CharField(_("state"), max_length=13, choices=State)

    objects = KbliChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a KBLI number")
        verbose_name_plural = _("changes of KBLI numbers")
        ordering = ["key"]

    def __str__(self) -> str:
        return f"KBLI {self.version}, {self.code}: {self.get_state_display()}"


class KbliQuerySet(models.QuerySet):
    def classes(self) -> Self:
        """The five-digit classes, which establishments and products are described by."""
        return self.filter(level=CLASS_DIGITS)

    def of_industry(self) -> Self:
        """Those of section C."""
        return self.filter(code__gte=f"{DIVISIONS.start}", code__lt=f"{DIVISIONS.stop}")


class KbliClass(models.Model):
    """A class of KBLI in one of its versions. The key `2020-10794` says both; nothing is ever recoded."""

    is_reference = True

    key = models.CharField(_("key"), max_length=12, primary_key=True)
    version = models.PositiveSmallIntegerField(_("version"))
    code = models.CharField(_("code"), max_length=5)
    title_id = models.CharField(_("title (Indonesian)"), max_length=250)
    title_en = models.CharField(_("title (English)"), max_length=250, blank=True)
    source = models.CharField(
        _("source"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("Of a class beyond section C: where its title was read, such as the regulation and its page."),
    )
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

    def __str__(self) -> str:
        where = gettext("beyond section C") if self.is_beyond_industry else ""
        return f"{self.code} {self.title} (KBLI {self.version}{', ' if where else ''}{where})"

    @property
    def is_beyond_industry(self) -> bool:
        """Whether it is no class of manufacturing: an administrator typed it, with its source."""
        return is_beyond_industry(self.code)

    @property
    def title(self) -> str:
        """The title in the language of the reader; official English five-digit titles were not found."""
        return (self.title_en if get_language() == "en" else "") or self.title_id

    @property
    def title_language(self) -> str:
        """The language of the title where it is not that of the page, for its `lang`; "" where it is."""
        return "id" if get_language() == "en" and not self.title_en else ""


class Commodity(models.Model):
    """A commodity of the province, as the office names it; its links to KBLI and HS are indicative."""

    is_reference = True

    key = models.SlugField(_("key"), max_length=40, primary_key=True)
    name_id = models.CharField(_("name (Indonesian)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    kbli_codes = ArrayField(models.CharField(max_length=12), verbose_name=_("KBLI codes"), default=list, blank=True)
    hs_codes = ArrayField(models.CharField(max_length=8), verbose_name=_("HS codes"), default=list, blank=True)
    regency_codes = ArrayField(models.CharField(max_length=5), verbose_name=_("regencies"), default=list, blank=True)
    scale = models.CharField(_("kind"), max_length=20, blank=True)
    note = models.CharField(_("note"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("commodity")
        verbose_name_plural = _("commodities")
        ordering = ["name_id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the reader."""
        return self.name_en if get_language() == "en" else self.name_id


def all_commodities() -> dict[str, Commodity]:
    """`{key: commodity}`."""
    return {commodity.pk: commodity for commodity in Commodity.objects.all()}
