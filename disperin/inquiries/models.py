"""An inquiry of a visitor, and the holidays that its clock passes over."""

import datetime
from collections.abc import Collection
from decimal import Decimal
from typing import Self, cast

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.inquiries.workflow import ENDED, OPEN, State, allowed_changes
from disperin.regions.models import Regency
from disperin.regions.reach import ReachQuerySet
from disperin.ui import formats
from disperin.ui.texts import Text

LONGEST_MESSAGE = 2000  # characters; of an answer too
# What an investor is asked, in that order, and the units of its figures
INVESTMENT = ("plot", "company", "sector", "land_ha", "power_mw", "water_m3_day", "port", "start")
UNITS: dict[str, Text] = {"land_ha": "ha", "power_mw": "MW", "water_m3_day": _("m³ a day")}
_NOT_ENDED = Q(ended_at__isnull=True)
_NAMELESS = Q(sender_name="", email="", phone="")


class Kind(models.TextChoices):
    REPORT = "report", _("Report of wrong data")
    QUESTION = "question", _("Question")
    PERSONAL = "personal", _("Request about personal data")


class Topic(models.TextChoices):
    """What is wrong with a record, as far as the sender can say; or what is asked for about one's own data."""

    NAME = "name", _("Name")
    PLACE = "place", _("Address or place on the map")
    CONTACT = "contact", _("Telephone, e-mail or website")
    PRODUCT = "product", _("Products or pictures")
    CERTIFICATE = "certificate", _("Certificate, star or permit")
    FIGURE = "figure", _("A figure or a date")
    GONE = "gone", _("It no longer exists")
    OTHER = "other", _("Something else")
    ACCESS = "access", _("To be told what is kept of me")
    CORRECTION = "correction", _("To have it corrected")
    ERASURE = "erasure", _("To have it erased")
    OBJECTION = "objection", _("To object to its use")


REQUESTS = (Topic.ACCESS, Topic.CORRECTION, Topic.ERASURE, Topic.OBJECTION)
TOPICS = {Kind.REPORT: tuple(topic for topic in Topic if topic not in REQUESTS), Kind.PERSONAL: REQUESTS}


class Start(models.TextChoices):
    """When an investor wants to begin."""

    WITHIN_A_YEAR = "12_months", _("Within 12 months")
    IN_SOME_YEARS = "1_3_years", _("In one to three years")
    LATER = "later", _("Later")


class YesNo(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")


class InquiryQuerySet(ReachQuerySet):
    def open(self) -> Self:
        """Not answered and not closed; asked as the indexes of what is open ask it."""
        return self.filter(ended_at__isnull=True)

    def overdue(self, today: datetime.date) -> Self:
        """Whose next day to act has passed."""
        return self.open().filter(due_on__lt=today)

    def to_forget(self, now: datetime.datetime) -> Self:
        """Ended so long ago that what the sender wrote of themselves is to be erased."""
        return self.filter(ended_at__lt=now - settings.INQUIRY_SENDERS_KEPT_FOR, forgotten_at__isnull=True)


class Inquiry(models.Model):
    """Wrong data that a visitor reports, a question, or a request about one's own data, perhaps about one record.

    Without regency it is the province's, as requests about personal data always are.

    Public under its number: kind, record, state, days, `answer`. Message and sender are for the office alone, never in
    an address, a subject, a log or the history, and are erased some time after the end (`forgotten_at`).
    """

    number = models.CharField(_("tracking number"), max_length=20, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    register = models.CharField(_("register"), max_length=40, blank=True)
    record_number = models.CharField(_("record"), max_length=20, blank=True)
    record_title = models.CharField(max_length=200, blank=True)  # as it was called then: to be searched for
    regency = models.ForeignKey(
        Regency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("regency/city")
    )
    topic = models.CharField(_("what it is about"), max_length=12, choices=Topic, blank=True)
    message = models.TextField(_("message"), max_length=LONGEST_MESSAGE, blank=True)
    sender_name = models.CharField(_("name of the sender"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    consented = models.BooleanField(_("agreed to the use of name and contact"), default=False)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)  # of the page, hence of the e-mails
    stamp = models.CharField(max_length=32)  # of the opened form: sent twice, it makes one inquiry
    gist = models.CharField(max_length=64, blank=True)  # keyed hash of subject and words: tells repetitions
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.RECEIVED)
    told_state = models.CharField(max_length=8, blank=True)  # the last one that the sender was mailed
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    reply_due_on = models.DateField(_("first reply due"))
    answer_due_on = models.DateField(_("answer due"))
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("handled by")
    )
    replied_at = models.DateTimeField(_("first reply"), null=True)
    answer = models.TextField(_("public answer"), max_length=LONGEST_MESSAGE, blank=True)  # or why it was closed
    mended_at = models.DateTimeField(_("mended"), null=True)  # when a proposal that mends it was verified, the last one
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    forgotten_at = models.DateTimeField(_("sender erased"), null=True)
    due_on = models.GeneratedField(
        expression=Case(
            When(ended_at__isnull=False, then=Value(None)),
            When(replied_at__isnull=True, then=F("reply_due_on")),
            default=F("answer_due_on"),
        ),
        output_field=models.DateField(_("due"), null=True),
        db_persist=True,
    )

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="a_form_sent_twice_makes_one_inquiry", fields=["stamp", "gist"], condition=~Q(gist="")
            ),
            models.CheckConstraint(
                name="senders_agree_to_the_use_of_their_data", condition=_NAMELESS | Q(consented=True)
            ),
            models.CheckConstraint(
                name="a_question_can_be_answered",
                condition=Q(kind=Kind.REPORT) | ~Q(email="", phone="") | Q(forgotten_at__isnull=False),
            ),
            models.CheckConstraint(
                name="what_has_ended_says_how_when_and_by_whom",
                condition=Q(state__in=ENDED, ended_at__isnull=False, ended_by__isnull=False) & ~Q(answer="")
                | Q(state__in=OPEN, ended_at__isnull=True, ended_by__isnull=True, answer=""),
            ),
            models.CheckConstraint(
                name="what_is_forgotten_is_blank",
                condition=Q(forgotten_at__isnull=True) | (_NAMELESS & Q(message="", gist="", ended_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="inquiry_by_due_day", condition=_NOT_ENDED),
            models.Index(
                fields=["regency", "due_on", "id"], name="inquiry_by_regency_and_due_day", condition=_NOT_ENDED
            ),
            models.Index(fields=["gist"], name="inquiry_by_gist", condition=_NOT_ENDED),
            models.Index(fields=["regency", "-id"], name="inquiry_of_regency"),
            models.Index(fields=["ended_at"], name="inquiry_to_forget", condition=Q(forgotten_at__isnull=True)),
            models.Index(fields=["ended_at"], name="inquiry_ended", condition=Q(ended_at__isnull=False)),
            models.Index(fields=["received_at"], name="inquiry_received"),
        ]
        triggers = [
            pgtrigger.FSM(name="only_the_steps_of_the_table", field="state", transitions=allowed_changes()),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.number


def _needed(label: Text, most: int) -> models.DecimalField:
    bounds = [MinValueValidator(Decimal("0.01")), MaxValueValidator(most)]
    return models.DecimalField(label, max_digits=12, decimal_places=2, null=True, blank=True, validators=bounds)


class Investment(models.Model):
    """What somebody who asks about a place to build at says of it: as much as they like, for the office alone.

    Erased together with the message.
    """

    inquiry = models.OneToOneField(Inquiry, models.PROTECT, primary_key=True, related_name="investment")
    plot = models.CharField(_("plot"), max_length=40, blank=True)
    company = models.CharField(_("company"), max_length=150, blank=True)
    sector = models.CharField(_("sector, or class of KBLI"), max_length=150, blank=True)
    land_ha = _needed(_("land needed"), 100_000)
    power_mw = _needed(_("power needed"), 10_000)
    water_m3_day = _needed(_("water needed"), 1_000_000)
    port = models.CharField(_("needs a port"), max_length=3, choices=YesNo, blank=True)
    start = models.CharField(_("wants to begin"), max_length=12, choices=Start, blank=True)

    class Meta:
        verbose_name = _("what an investor needs")
        verbose_name_plural = _("what investors need")

    def __str__(self) -> str:
        return str(self.inquiry)

    def told(self, *, without: Collection[str] = ()) -> list[tuple[Text, str]]:
        """What was said, in the order in which it was asked: `[(label, text)]`."""
        names = [name for name in INVESTMENT if name not in without and getattr(self, name) not in (None, "")]
        return [(cast(models.Field, self._meta.get_field(name)).verbose_name, self._said(name)) for name in names]

    def needs(self) -> list[tuple[Text, str]]:
        """The same without what was typed as words: what may stand in a notice."""
        return self.told(without=("company", "sector"))

    def _said(self, name: str) -> str:
        if unit := UNITS.get(name):
            return f"{formats.number(getattr(self, name))} {unit}"
        shown = getattr(self, f"get_{name}_display", None)
        return str(shown()) if shown else getattr(self, name)


class Holiday(models.Model):
    """A day that does not count as a working day, as the government decreed it. None is shipped."""

    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    basis = models.CharField(
        _("legal basis"), max_length=200, help_text=_("The decree that names the day, with its number and year.")
    )

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.name}"
