"""Letters that ask the offices of the regencies for data."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.letters import rules
from disperin.letters.rules import Variable
from disperin.regions.reach import HasRegency, ReachQuerySet
from disperin.units.models import Unit


class DataRequestQuerySet(ReachQuerySet):
    def waiting(self) -> Self:
        """Those whose data has not come, and is still asked for."""
        return self.filter(received_on=None, withdrawn_on=None)


class DataRequest(HasRegency):
    """A letter that asks one regency for data."""

    office = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("addressed to"),
        help_text=_("An office of the regency, from the list. Empty: a line to write on."),
    )
    number = models.CharField(
        _("number of the letter"), max_length=80, blank=True, help_text=_("As the office gave it; empty until then.")
    )
    written_on = models.DateField(_("day of the letter"))
    nature = models.CharField(_("nature"), max_length=60, blank=True, help_text=_("Such as Biasa or Segera."))
    enclosures = models.CharField(_("enclosures"), max_length=80, blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    basis = models.TextField(
        _("basis"), max_length=2000, blank=True, help_text=_("One regulation on each line, as it is to be printed.")
    )
    variables = models.TextField(
        _("variables"),
        max_length=4000,
        help_text=_("One on each line; after a semicolon its format: Number of units; whole number."),
    )
    period = models.CharField(_("period of the data"), max_length=120, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    contact = models.CharField(
        _("contact"), max_length=200, blank=True, help_text=_("The post or desk that answers questions.")
    )
    register = models.CharField(
        _("register that takes the data in"), max_length=40, help_text=_("The letter leads to its import.")
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    stamp = models.CharField(
        max_length=32, blank=True, editable=False
    )  # of the opened form: sent twice, it is one letter
    received_on = models.DateField(_("data received on"), null=True, editable=False)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, editable=False)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter that asks for data")
        verbose_name_plural = _("letters that ask for data")
        indexes = [
            models.Index(F("id").desc(), name="data_request_newest"),
            models.Index("regency", F("id").desc(), name="data_request_of_regency"),
            models.Index("due_on", "id", name="data_request_waiting", condition=Q(received_on=None)),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_waiting(self) -> bool:
        """Its data has not come, and is still asked for."""
        return self.received_on is None and self.withdrawn_on is None

    @property
    def asked_for(self) -> list[Variable]:
        """What it asks for."""
        return rules.variables_of(self.variables)

    @property
    def founded_on(self) -> list[str]:
        """What it names as its basis."""
        return rules.lines_of(self.basis)
