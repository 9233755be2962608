"""Labels: what was signed once and may be printed many times, and how often it was checked."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ovop.models.award import Award


class Label(models.Model):
    """One signed token of an award with the address it was first printed with. The scans name nobody."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="labels", verbose_name=_("award"))
    token = models.CharField(max_length=600, unique=True)
    key_id = models.CharField(_("key"), max_length=20)
    stars = models.PositiveSmallIntegerField(_("stars"))
    scheme = models.CharField(_("scheme"), max_length=40)
    issued_on = models.DateField(_("decree date"))
    origin = models.URLField(_("address of the portal"), max_length=200)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    prints = models.PositiveIntegerField(_("printed"), default=0)
    scans = models.PositiveBigIntegerField(_("checked"), default=0)
    last_scanned_on = models.DateField(_("last checked on"), null=True)

    class Meta:
        verbose_name = _("OVOP label")
        verbose_name_plural = _("OVOP labels")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.award.number} ({self.key_id})"

    @property
    def address(self) -> str:
        """What the QR code says."""
        return f"{self.origin}/v/{self.token}/"
