"""Products judged by the halal duty in the database: the same answers as `rules.status_on`, for a million at once."""

from collections import defaultdict

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from industries import rules

_STATE = models.CharField(max_length=12)
EVERY_SCALE = (*rules.SCALES, rules.BusinessScale.UNKNOWN)


class ProductQuerySet(models.QuerySet):
    """Products, and their halal status on a day."""

    def made(self):
        """Products that are still made, of open establishments that have not closed down."""
        return self.filter(closed_on=None, active=True, establishment__closed_on=None).exclude(
            establishment__activity=rules.Activity.CLOSED
        )

    def within_reach(self, user):
        """As of ReachQuerySet: a product lies where its establishment lies."""
        if not user.is_authenticated:
            return self.none()
        return self if user.sees_all else self.filter(establishment__regency=user.regency_id)

    def halal_on(self, on, *, duties=None):
        """Each product with `halal_state`, `halal_deadline`, `halal_overdue_days`, `halal_citation` on a day.

        One query, however many products. The duty of every category and scale (there are sixty) is asked of the rule
        function and stands in the query as a table of cases; `duties` are the HalalDuty rows, read if not given.
        """
        duties = self._model("HalalDuty").objects.all() if duties is None else duties
        answers = _answers(on, list(duties))
        covers = self._model("HalalCover").objects.filter(product=OuterRef("pk"))
        return self.alias(
            halal_certified=Exists(covers.running(on)),
            halal_in_process=Exists(covers.in_process(on)),
        ).annotate(
            halal_state=Case(
                When(halal_certified=True, then=Value(rules.HalalState.CERTIFIED)),
                When(halal_in_process=True, then=Value(rules.HalalState.IN_PROCESS)),
                *_cases(answers, "state"),
                output_field=_STATE,
            ),
            halal_deadline=Case(*_cases(answers, "deadline"), output_field=models.DateField()),
            halal_overdue_days=Case(
                *_cases({answer: some for answer, some in answers.items() if not answer.overdue_days}, "overdue_days"),
                When(halal_certified=True, then=Value(0)),
                *_cases({answer: some for answer, some in answers.items() if answer.overdue_days}, "overdue_days"),
                output_field=models.IntegerField(),
            ),
            halal_citation=Case(*_cases(answers, "citation"), output_field=models.TextField()),
        )

    def halal_counts(self, on, by, *, duties=None):
        """`[{<by>, "halal_state", "past", "number"}]`: how many products are in each state, by a column; one query.

        `past` tells those whose deadline has passed without a certificate, in process or not.
        """
        judged = self.halal_on(on, duties=duties).annotate(
            past=Case(When(halal_overdue_days__gt=0, then=True), default=False, output_field=models.BooleanField())
        )
        return judged.order_by().values(by, "halal_state", "past").annotate(number=models.Count("id"))

    def halal_makers(self, on):
        """`[{"establishment__regency", "makers", "past"}]`: makers, and those with a product past its deadline."""
        judged = self.halal_on(on).order_by().values("establishment__regency")
        return judged.annotate(
            makers=models.Count("establishment", distinct=True),
            past=models.Count("establishment", distinct=True, filter=Q(halal_overdue_days__gt=0)),
        )

    def halal_totals(self, on, *, duties=None):
        """`{"certified", "past"}`: products with a certificate on a day, and those past the deadline; one query."""
        return self.halal_on(on, duties=duties).aggregate(
            certified=models.Count("pk", filter=Q(halal_state=rules.HalalState.CERTIFIED)),
            past=models.Count("pk", filter=Q(halal_overdue_days__gt=0)),
        )

    def _model(self, name):
        return self.model._meta.apps.get_model("industries", name)


class HalalCoverQuerySet(models.QuerySet):
    """Which certification covers which product. Closed rows, and those of closed records, do not count."""

    def standing(self):
        """Rows that count at all."""
        return self.filter(closed_on=None, certification__closed_on=None)

    def running(self, on):
        """Those whose certificate is valid on a day; as `rules.is_running`."""
        changed = Q(
            certification__recomposed_on__gte=F("certification__issued_on"), certification__recomposed_on__lte=on
        )
        return (
            self.standing()
            .filter(certification__issued_on__lte=on)
            .filter(Q(certification__valid_until=None) | Q(certification__valid_until__gte=on))
            .filter(Q(certification__revoked_on=None) | Q(certification__revoked_on__gt=on))
            .filter(Q(certification__recomposed_on=None) | ~changed)
        )

    def in_process(self, on):
        """Those on the way to a certificate on a day; as `rules.is_in_process`."""
        return self.standing().filter(certification__stage__in=rules.STAGES_IN_PROCESS, certification__stage_on__lte=on)


def _answers(on, duties):
    """`{answer: {scales: categories}}`: which categories and scales the law treats alike on this day."""
    found = defaultdict(lambda: defaultdict(list))
    for category in ("", *rules.HalalCategory.values):
        scales_of = defaultdict(list)
        for scale in EVERY_SCALE:
            scales_of[rules.duty_on(on, category=category, business_scale=scale, duties=duties)].append(scale)
        for answer, scales in scales_of.items():
            found[answer][tuple(scales)].append(category)
    return found


def _cases(answers, name):
    for answer, some in answers.items():
        value = getattr(answer, name)
        for scales, categories in some.items():
            condition = Q(halal_category__in=categories)
            if len(scales) < len(EVERY_SCALE):
                condition &= Q(establishment__business_scale__in=scales)
            yield When(condition, then=Value(value or None) if name == "deadline" else Value(value))
