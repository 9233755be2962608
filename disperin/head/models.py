"""The thresholds that administrators lay down, when each was passed, and who gets the mail of a Monday."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import Role, User
from disperin.regions.models import Regency
from disperin.registers.dated.standards import DatedRow, ends_after_it_begins

READERS = (Role.HEAD, Role.VERIFIER, Role.ADMINISTRATOR)  # whose reach is the province


class Measure(models.TextChoices):
    NUMBER = "number", _("how many")
    DAYS = "days", _("for how many days the oldest")


class AlertRule(DatedRow):
    """A threshold: from which to which day, of what, and who is told when it is passed. None is shipped."""

    COUNTED = ("subject", "measure", "regency_id", "threshold")

    subject = models.CharField(_("of what"), max_length=40)  # a key of `late.subjects`
    measure = models.CharField(_("measure"), max_length=6, choices=Measure, default=Measure.NUMBER)
    regency = models.ForeignKey(
        Regency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("only in this regency/city")
    )
    threshold = models.PositiveIntegerField(_("alert above"))
    role = models.CharField(
        _("everybody of this role is told"),
        max_length=16,
        choices=[(role.value, role.label) for role in READERS],
        blank=True,
    )
    person = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"role__in": READERS, "is_active": True},
        verbose_name=_("this person is told, too"),
    )

    class Meta:
        verbose_name = _("alert of the head")
        verbose_name_plural = _("alerts of the head")
        ordering = ["key"]
        constraints = [
            ends_after_it_begins("an_alert_ends_after_it_begins"),
            models.CheckConstraint(name="an_alert_has_a_measure", condition=Q(measure__in=Measure.values)),
        ]

    def __str__(self) -> str:
        return self.key


class Alert(models.Model):
    """A stretch of days on which a measure was above its threshold; `value` is what it was when that was seen."""

    rule = models.ForeignKey(AlertRule, models.PROTECT, related_name="alerts", verbose_name=_("alert of the head"))
    began_on = models.DateField(_("since"))
    ended_on = models.DateField(_("until"), null=True)  # the first day on which it was not above any more
    value = models.PositiveIntegerField(_("how many"))
    threshold = models.PositiveIntegerField(_("alert above"))  # of the rule, then

    class Meta:
        verbose_name = _("alert that fired")
        verbose_name_plural = _("alerts that fired")
        ordering = ["-began_on", "-id"]
        constraints = [
            models.UniqueConstraint(name="no_alert_twice_a_day", fields=["rule", "began_on"]),
            models.UniqueConstraint(
                name="one_alert_of_a_rule_stands", fields=["rule"], condition=Q(ended_on__isnull=True)
            ),
            models.CheckConstraint(
                name="an_alert_ends_no_earlier_than_it_began",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
            ),
        ]
        indexes = [models.Index(F("began_on").desc(), F("id").desc(), name="alert_newest")]

    def __str__(self) -> str:
        return f"{self.rule_id}, {self.began_on.isoformat()}"


class SubjectMark(models.Model):
    """How many of a subject were late, or waited, when a day was looked at: what the number of today has moved from."""

    day = models.DateField()
    subject = models.CharField(max_length=40)  # a key of `late.subjects`
    number = models.PositiveIntegerField()
    places = models.JSONField()  # {code of the regency, "" for the province: how many of them}

    class Meta:
        constraints = [models.UniqueConstraint(name="a_subject_is_marked_once_a_day", fields=["day", "subject"])]

    def __str__(self) -> str:
        return f"{self.subject}, {self.day.isoformat()}"


class MondayChoice(models.Model):
    """Whether somebody gets the mail of a Monday; heads of office get it while nothing is said here."""

    user = models.OneToOneField(
        User,
        models.CASCADE,
        primary_key=True,
        related_name="monday_choice",
        limit_choices_to={"role__in": READERS},
        verbose_name=_("who"),
    )
    wanted = models.BooleanField(_("gets the mail of Mondays"), default=True)

    class Meta:
        verbose_name = _("reader of Monday's mail")
        verbose_name_plural = _("readers of Monday's mail")

    def __str__(self) -> str:
        return str(self.user)


class MondayMail(models.Model):
    """The mail of one Monday to one person: ordered once, sent once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    monday = models.DateField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_mail_a_monday", fields=["user", "monday"])]
        indexes = [models.Index(fields=["monday"], name="mail_of_a_monday")]

    def __str__(self) -> str:
        return f"{self.user_id}, {self.monday.isoformat()}"
