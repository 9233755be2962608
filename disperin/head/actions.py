"""Lay down thresholds, see which are passed, and order the mails of Mondays."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from disperin.accounts.models import User
from disperin.desk.refusals import Refused
from disperin.head import alerts
from disperin.head.jobs import send_monday_mail
from disperin.head.late import OFFICE, standing, subjects
from disperin.head.models import READERS, Alert, AlertRule, MondayChoice, MondayMail, SubjectMark
from disperin.head.readers import may_choose, readers
from disperin.history.models import record as write_history
from disperin.jobs.locks import take_turns
from disperin.jobs.tasks import subjects_of
from disperin.notices.actions import tell
from disperin.registers.dated.validity import is_in_force

MORNING = datetime.time(7)  # of the office
MARKS_KEPT = datetime.timedelta(days=60)


@transaction.atomic
def lay_down(rule: AlertRule, *, by: User) -> AlertRule:
    """Store a threshold that an administrator entered; gives it back."""
    rule.save()
    write_history("lay_down_alert", rule, by=by, subject=rule.subject, threshold=rule.threshold)
    return rule


@transaction.atomic
def check_alerts(today: datetime.date | None = None) -> int:
    """See which thresholds are passed today: who is named is told once for each stretch of days; gives how many began.

    To be done once a day. What ended today and is passed again today goes on as the same alert, and nobody is told
    twice.
    """
    on = today or timezone.localdate()
    take_turns("alerts of the head")
    standing_alerts = {alert.rule_id: alert for alert in Alert.objects.filter(ended_on=None)}
    rules = list(AlertRule.objects.select_related("regency", "person"))
    begun = 0
    for rule, value, _url in alerts.measured(rules, standing(OFFICE, on), on) if rules else ():
        is_passed = is_in_force(rule, on) and value > rule.threshold
        known = standing_alerts.get(rule.pk)
        if known and not is_passed:
            Alert.objects.filter(pk=known.pk).update(ended_on=max(on, known.began_on))
        elif is_passed and not known:
            begun += _begin(rule, value, on)
    return begun


@transaction.atomic
def mark_subjects(today: datetime.date | None = None) -> int:
    """Keep how many of each subject are late or wait today, once a day, for what has moved since; gives how many.

    What is too much to be counted whole is not kept: nothing could be said of how it moved.
    """
    on = today or timezone.localdate()
    if SubjectMark.objects.filter(day=on).exists():
        return 0
    SubjectMark.objects.filter(day__lt=on - MARKS_KEPT).delete()
    by_key = standing(OFFICE, on).by_key
    marks = [
        SubjectMark(
            day=on,
            subject=key,
            number=late.number if late else 0,
            places={place.key: place.number for place in late.places} if late else {},
        )
        for key in subjects()
        if (late := by_key.get(key)) is None or late.is_whole
    ]
    return len(SubjectMark.objects.bulk_create(marks, ignore_conflicts=True))


def _begin(rule: AlertRule, value: int, on: datetime.date) -> bool:
    values = {"value": value, "threshold": rule.threshold}
    alert, is_new = Alert.objects.get_or_create(rule=rule, began_on=on, defaults=values)
    if not is_new:
        Alert.objects.filter(pk=alert.pk).update(ended_on=None)
        return False
    for person in _told(rule):
        with override(person.language):
            path = reverse("head:page")
            tell(person, title=_("Alert"), body=alerts.in_words(rule, value, rule.threshold), path=path)
    return True


def _told(rule: AlertRule) -> list[User]:
    active = User.objects.filter(is_active=True, role__in=READERS)
    named = Q(role=rule.role) if rule.role else Q(pk__in=[])
    return list(active.filter(named | Q(pk__in=[rule.person_id] if rule.person_id else [])).order_by("pk"))


@transaction.atomic
def choose_monday_mail(user: User, *, wanted: bool, by: User) -> None:
    """Get the mail of Mondays, or get it no more. Raises Refused for whom it is not for."""
    if user.role not in READERS or not (by.is_staff or (by.pk == user.pk and may_choose(user))):
        raise Refused(_("The mail of Mondays is for heads of office, and for whom an administrator adds."))
    MondayChoice.objects.update_or_create(user=user, defaults={"wanted": wanted})
    write_history("choose_monday_mail", user, by=by, wanted=wanted)
    order_monday_mails()


@transaction.atomic
def order_monday_mails(now: datetime.datetime | None = None) -> int:
    """Order the mails of the coming Monday (of today, if it is one), each once; gives how many.

    Done every day, so that one missed day loses none. A job that was lost is ordered anew.
    """
    take_turns("mails of mondays")
    at = timezone.localtime(now)
    monday = at.date() + datetime.timedelta(days=-at.weekday() % 7)
    wanted = list(readers().values_list("pk", flat=True))
    MondayMail.objects.bulk_create([MondayMail(user_id=key, monday=monday) for key in wanted], ignore_conflicts=True)
    unsent = MondayMail.objects.filter(monday=monday, sent_at=None, user__in=wanted)
    morning = timezone.make_aware(datetime.datetime.combine(monday, MORNING))
    job = send_monday_mail.using(run_after=morning)
    lost = unsent.exclude(pk__in=subjects_of(send_monday_mail)).values_list("pk", flat=True)
    return len([job.enqueue(key) for key in lost])
