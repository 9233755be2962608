"""Nominations: a product proposed for the stars of a round, with its papers. Read inside the office only."""

import datetime
from typing import Any, Self, cast

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.attachments.models import Attachment
from disperin.history.versions import versioned
from disperin.regions.reach import reaches
from disperin.registers.dated.validity import in_force
from disperin.registers.models import Part, Record
from disperin.registers.values.audience import Audience
from disperin.registers.values.beside import Beside
from disperin.submissions.models import Submission
from industries.models import Establishment, Product
from ovop import rules
from ovop.models.award import Award
from ovop.models.described import AT_MAKER, OF_ROUND, DescribedQuerySet, check_maker
from ovop.models.schemes import AwardRound, CommodityGroup
from ovop.models.standards import ChecklistItem, Criterion
from ovop.rules.selection import Person, Standing

_OPEN = Q(closed_on__isnull=True)


class NominationQuerySet(DescribedQuerySet):
    def worked_out(self) -> Self:
        """As of every register: how many assessments of each are in."""
        return self.assessed()

    def assessed(self) -> Self:
        """Each nomination with `assessments_in`: how many assessments have been handed in."""
        model = cast("type[models.Model]", self.model._meta.get_field("assessments").related_model)
        assessments = cast(Any, model._default_manager).then().filter(nomination=OuterRef("pk"))
        count = assessments.order_by().values("nomination").annotate(number=Count("pk")).values("number")
        return self.annotate(assessments_in=Coalesce(Subquery(count), 0))

    def lacking_papers(self, on: datetime.date) -> Self:
        """Those at the stage of proposal that have no paper for an item of the checklist of a day."""
        given = NominationPaper.objects.filter(nomination=OuterRef(OuterRef("pk")), item=OuterRef("pk"), closed_on=None)
        items = ChecklistItem.objects.filter(Q(valid_from=None) | Q(valid_from__lte=on))
        items = items.filter(Q(valid_to=None) | Q(valid_to__gte=on))
        items = items.filter(Q(of_food=False) | Q(of_food=OuterRef("group__is_food")))
        return self.filter(Exists(items.filter(~Exists(given))), stage=rules.Stage.PROPOSED)

    def to_assess_by(self, user: User) -> Self:
        """Those in selection whose assessment this person can still hand in; as `rules.why_not` of that step."""
        proposals = Submission.objects.filter(register="nominations", record_id=OuterRef("pk")).exclude(round=0)
        proposed_it = proposals.filter(Q(proposed_by=user) | Q(rounds__submitted_by=user))
        in_selection = self.assessed().filter(stage=rules.Stage.SELECTION, assessments_in__lt=rules.ASSESSORS)
        return in_selection.filter(~Exists(proposed_it)).exclude(assessments__assessor=user)


@versioned()
class Nomination(Record):
    """A product proposed for a round. What is entered passes the gate of submissions; stage and result follow verbs."""

    prefix = "USL"
    regency_from = "establishment"
    audience = Audience(
        inside=(
            "id", "number", "version", "origin", "regency", "establishment", "product", "group", "round", "uniqueness",
            "materials", "continuity", "stage", "stage_on", "gap_note", "result", "stars", "decree_number", "decree_on",
            "verified_at", "created_at", "updated_at", "closed_on", "closed_reason",
        )
    )  # fmt: skip
    point = AT_MAKER
    beside = {**OF_ROUND, "assessments_in": Beside("assessments_in", _("assessments that are in"))}
    facets = {
        "regency": "regency_id", "group": "group_id", "round": "round_id", "stage": "stage", "result": "result",
        "origin": "origin",
    }  # fmt: skip
    field_of_constraint = {"nominated_twice": "product"}

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="nominations", verbose_name=_("maker")
    )
    product = models.ForeignKey(Product, models.PROTECT, related_name="nominations", verbose_name=_("product"))
    group = models.ForeignKey(
        CommodityGroup, models.PROTECT, related_name="nominations", verbose_name=_("commodity group")
    )
    round = models.ForeignKey(AwardRound, models.PROTECT, related_name="nominations", verbose_name=_("round"))
    uniqueness = models.TextField(
        _("what is special about it"), max_length=2000, blank=True, help_text=_("What only this place makes, and how.")
    )
    materials = models.TextField(_("raw materials and where they come from"), max_length=1000, blank=True)
    continuity = models.TextField(_("market and steady supply"), max_length=1000, blank=True)
    # moved by the verbs of `ovop.actions`
    stage = models.CharField(
        _("stage"), max_length=12, choices=rules.Stage, default=rules.Stage.PROPOSED, editable=False
    )
    stage_on = models.DateField(_("at this stage since"), default=timezone.localdate, editable=False)
    gap_note = models.CharField(_("note on the gap"), max_length=1000, blank=True, editable=False)
    result = models.CharField(_("result"), max_length=12, choices=rules.Result, blank=True, editable=False)
    stars = models.PositiveSmallIntegerField(_("stars"), null=True, editable=False)
    decree_number = models.CharField(_("decree number"), max_length=120, blank=True, editable=False)
    decree_on = models.DateField(_("decree date"), null=True, editable=False)

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = _("OVOP nomination")
        verbose_name_plural = _("OVOP nominations")
        constraints = [
            models.UniqueConstraint(
                name="one_nomination_per_product_and_round",
                fields=["product", "round"],
                condition=_OPEN,
                violation_error_code="nominated_twice",
                violation_error_message=_("This product is nominated for this round already."),
            ),
            models.CheckConstraint(
                name="a_result_comes_with_the_determination", condition=Q(result="") | Q(stage="penetapan")
            ),
            models.CheckConstraint(
                name="an_award_has_stars_and_a_decree",
                condition=~Q(result="ditetapkan")
                | (Q(stars__isnull=False, decree_on__isnull=False) & ~Q(decree_number="")),
            ),
        ]
        indexes = [
            models.Index(fields=["regency", "id"], name="nomination_of_regency", condition=_OPEN),
            models.Index(fields=["round", "id"], name="nomination_of_round", condition=_OPEN),
            models.Index(F("verified_at").desc(), F("id").desc(), name="nomination_newest", condition=_OPEN),
        ]

    def __str__(self) -> str:
        return self.product.name if self.product_id else self.number

    def clean(self) -> None:
        """Checks product, maker and place against each other."""
        check_maker(self)

    @property
    def name(self) -> str:
        """What the product is called."""
        return self.product.name

    def checklist(self, on: datetime.date) -> list[ChecklistItem]:
        """The items of the checklist on a day that this product needs, in the order of the portal."""
        items = in_force(ChecklistItem.objects.all(), on)
        return [item for item in items if self.group.is_food or not item.of_food]

    def award(self) -> Any:
        """The award that came of it, or None."""
        return Award.objects.current().filter(product=self.product_id, round=self.round_id).first()

    def standing(self) -> Standing:
        """What the rules ask about it (`rules.Standing`); three queries at most."""
        totals = tuple(self.assessments.then().order_by("place").values_list("total", flat=True))
        awaits = self.stage == rules.Stage.SELECTION and not totals
        return rules.Standing(
            stage=self.stage,
            result=self.result,
            is_closed=self.closed_on is not None,
            totals=totals,
            gap_note=self.gap_note,
            has_criteria=not awaits or bool(self.criteria()),
            has_award=self.result == rules.Result.AWARDED and self.award() is not None,
        )

    def person(self, user: User) -> Person:
        """What the rules ask about somebody who wants to take a step (`rules.Person`); two queries at most."""
        decides = user.is_authenticated and user.can_decide
        proposals = Submission.objects.of_record("nominations", self.pk)
        return rules.Person(
            reaches=reaches(user, self),
            can_propose=user.is_authenticated and user.can_propose,
            can_decide=decides,
            proposed_it=decides
            and proposals.filter(Q(proposed_by=user) | Q(rounds__submitted_by=user)).exclude(round=0).exists(),
            assessed_it=decides and self.assessments.filter(assessor=user).exists(),
        )

    def criteria(self) -> list[Criterion]:
        """The criteria it is assessed by: those of the first assessment, else those in force when selection began."""
        used = Criterion.objects.filter(marks__assessment__nomination=self, marks__assessment__place=1)
        criteria = in_force(Criterion.objects.all(), self.stage_on)
        return list(used) or [criterion for criterion in criteria if criterion.counts_for(self.group_id)]


@versioned()
class NominationPaper(Part):
    """A paper of the checklist, with its scan."""

    parent = "nomination"
    audience = Audience(
        inside=("id", "key", "position", "nomination", "item", "number", "file", "closed_on"),
        personal=(("number",), ("file",)),
    )

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="papers", editable=False)
    item = models.ForeignKey(ChecklistItem, models.PROTECT, related_name="+", verbose_name=_("paper"))
    number = models.CharField(_("number of the paper"), max_length=120, blank=True)
    file = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("scan")
    )

    class Meta(Part.Meta):
        verbose_name = _("paper of the checklist")
        verbose_name_plural = _("papers of the checklist")

    def __str__(self) -> str:
        return f"{self.item} {self.number}".strip()
