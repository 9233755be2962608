"""Which thresholds are passed: each rule in force is measured against how the office stands."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disperin.desk.lists import COUNTED
from disperin.head import late
from disperin.head.late import OFFICE, Share, Standing
from disperin.head.models import Alert, AlertRule, Measure
from disperin.registers.dated.validity import in_force
from disperin.ui import formats


@dataclass(frozen=True)
class Passed:
    """A rule whose measure is above its threshold: by how much, since when (None: seen just now), and its list."""

    rule: AlertRule
    value: int
    since: datetime.date | None
    url: str

    @property
    def in_words(self) -> str:
        """What has passed which threshold."""
        return in_words(self.rule, self.value, self.rule.threshold)


def in_words(rule: AlertRule, value: int, threshold: int) -> str:
    """What is above a threshold, where, and by how much; as a line of text."""
    subject = str(late.subjects().get(rule.subject, rule.subject))
    values = {"subject": f"{subject}, {rule.regency}" if rule.regency else subject}
    if rule.measure == Measure.DAYS:
        text = ngettext(
            "%(subject)s: the oldest for %(value)s day (threshold %(threshold)s)",
            "%(subject)s: the oldest for %(value)s days (threshold %(threshold)s)",
            value,
        )
        return text % {**values, "value": formats.number(value), "threshold": formats.number(threshold)}
    shown = formats.capped(value, COUNTED) if value == COUNTED + 1 else formats.number(value)
    text = _("%(subject)s: %(value)s (threshold %(threshold)s)")
    return text % {**values, "value": shown, "threshold": formats.number(threshold)}


def passed(standing: Standing, on: datetime.date) -> list[Passed]:
    """The rules in force whose measure is above its threshold now, those that stand the longest first.

    Two queries, and a third as of `measured`.
    """
    rules = in_force(AlertRule.objects.select_related("regency"), on)
    since = dict(Alert.objects.filter(ended_on=None).values_list("rule", "began_on"))
    passed_rules = [
        Passed(rule, value, since.get(rule.pk), url)
        for rule, value, url in measured(rules, standing, on)
        if value > rule.threshold
    ]
    return sorted(passed_rules, key=lambda passed_rule: (passed_rule.since or datetime.date.max, passed_rule.rule.pk))


def measured(rules: Iterable[AlertRule], standing: Standing, on: datetime.date) -> list[tuple[AlertRule, int, str]]:
    """Each rule with what it measures and the list of that; what is not late, or of an age not known, measures 0.

    What is too much to be told apart by place in the standing is counted by itself in the regencies of rules, by one
    query.
    """
    rules = list(rules)
    cut = {(rule.subject, rule.regency_id) for rule in rules if rule.regency_id and not _is_whole(rule, standing)}
    counted = late.shares(OFFICE, sorted(cut), on) if cut else {}
    return [(rule, *_measure(rule, standing, counted)) for rule in rules]


def _is_whole(rule: AlertRule, standing: Standing) -> bool:
    subject = standing.of(rule.subject)
    return subject is None or subject.is_whole


def _measure(rule: AlertRule, standing: Standing, counted: Mapping[tuple[str, str], Share]) -> tuple[int, str]:
    subject = standing.of(rule.subject)
    if subject is None:
        return 0, ""
    if rule.measure == Measure.DAYS:
        return max(subject.days or 0, 0), subject.url
    if not rule.regency_id:
        return subject.number, subject.url
    there = subject.share_in(rule.regency_id) if subject.is_whole else counted.get((rule.subject, rule.regency_id))
    return (there.number, there.url or subject.url) if there else (0, subject.url)
