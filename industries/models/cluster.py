"""Clusters (sentra IKM): makers of one thing in one place (PP 29/2018 art. 1: at least five)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self, cast

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.history.versions import versioned
from disperin.regions.models import Village
from disperin.registers.models import Part, Record, RecordQuerySet
from disperin.registers.record.likeness import LikenedBy
from disperin.registers.values.audience import Audience
from disperin.registers.values.beside import Beside
from disperin.registers.values.money import rupiah
from disperin.registers.values.point import Point
from industries import rules
from industries.models.codes import Commodity

EARLIEST_COACHING, LATEST_COACHING = 2000, 2099


class ClusterQuerySet(RecordQuerySet):
    def with_members(self) -> Self:
        """Each cluster with `members`: how many open establishments belong to it."""
        return self.annotate(members=Count("establishments", filter=Q(establishments__closed_on__isnull=True)))

    def worked_out(self) -> Self:
        """As of every register: how many makers belong to it, and that its place on maps is that of its village."""
        makers = cast("type[Record]", self.model._meta.get_field("establishments").related_model)
        there = makers.objects.current().filter(cluster=OuterRef("pk")).order_by().values("cluster")
        members = Subquery(there.annotate(members=Count("pk")).values("members"))
        return self.annotate(members=Coalesce(members, 0), map_point=Value("village"))


@versioned()
class Cluster(Record):
    """A group of small industries of one village with a like product, raw material or process."""

    prefix = "SEN"
    audience = Audience(
        public=(
            "id", "number", "version", "origin",
            "name", "commodity", "regency", "village", "decree_number", "decree_on",
            "status", "verified_at", "updated_at", "closed_on", "search_text",
        ),
        inside=("created_at", "closed_reason"),
    )  # fmt: skip
    likened_by = LikenedBy(village="village_id")
    point = Point("village__latitude", "village__longitude", "map_point", note=("village__name", "regency__name"))
    beside = {"members": Beside("members", _("makers that belong to it"))}
    facets = {"regency": "regency_id", "commodity": "commodity_id", "status": "status", "origin": "origin"}

    name = models.CharField(_("name"), max_length=150)
    commodity = models.ForeignKey(Commodity, models.PROTECT, verbose_name=_("commodity"), related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, verbose_name=_("village"), related_name="+")
    decree_number = models.CharField(
        _("decree number"),
        max_length=80,
        blank=True,
        help_text=_("Decree of the regent or mayor that names the cluster."),
    )
    decree_on = models.DateField(_("decree date"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=rules.ClusterStatus, default=rules.ClusterStatus.POTENTIAL
    )
    search_text = models.TextField(editable=False, default="")

    objects = ClusterQuerySet.as_manager()

    class Meta:
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        indexes = [models.Index(fields=["regency", "name", "id"], name="cluster_by_regency")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Checks what a status asks for (PP 29/2018 art. 1)."""
        if self.village_id and self.regency_id and self.village.regency_id != self.regency_id:
            raise ValidationError({"village": _("This village does not lie in the chosen regency.")})
        rules.check_cluster(
            status=self.status,
            members=self.member_count(),
            decree_number=self.decree_number,
            decree_on=self.decree_on,
            today=timezone.localdate(),
        )

    def gather(self, rows: Mapping[str, Sequence[Any]]) -> None:
        """Sets the words that the search looks through."""
        self.search_text = " ".join([self.name, self.commodity.name_id, self.commodity.name_en]).lower()

    def member_count(self) -> int:
        """How many open establishments belong to this cluster."""
        return (self.context.ask(_members_of, self.pk) or 0) if self.pk else 0


@versioned()
class Coaching(Part):
    """What was done for a cluster in one year: its management, its facilities, an activity. Never public."""

    parent = "cluster"
    audience = Audience(
        inside=("id", "key", "position", "cluster", "year", "kind", "funds", "value", "what", "result", "closed_on")
    )

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="coaching", editable=False)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(EARLIEST_COACHING), MaxValueValidator(LATEST_COACHING)]
    )
    kind = models.CharField(_("kind of coaching"), max_length=12, choices=rules.CoachingKind)
    what = models.CharField(_("what was done"), max_length=250)
    funds = models.CharField(_("source of funds"), max_length=24, choices=rules.SourceOfFunds, blank=True)
    value = rupiah(_("amount"))
    result = models.CharField(_("result"), max_length=500, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("coaching")
        verbose_name_plural = _("coaching")

    def __str__(self) -> str:
        return f"{self.what} ({self.year})"


def _members_of(clusters: Iterable[int]) -> dict[int, int]:
    """`{pk of a cluster: number of its open establishments}`."""
    return dict(Cluster.objects.filter(pk__in=clusters).with_members().values_list("pk", "members"))
