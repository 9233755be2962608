"""A list that another office gave, and what each of its lines turned out to be."""

from collections import Counter
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.coverage.rules import COUNTED, Differs, Kind, MatchedBy, Outcome, register_of
from disperin.regions.models import Regency, Village
from disperin.regions.reach import HasRegency, Insider, ReachQuerySet, reaches_regency
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.ui.texts import Text
from disperin.workbooks.models import WORKING, State, Workbook
from industries.rules import Branch


class OutsideListQuerySet(ReachQuerySet):
    def readable_by(self, user: Insider | AnonymousUser) -> Self:
        """Lists of one's own regency, and those of the province of which lines lie there."""
        if not user.is_authenticated or user.sees_all:
            return self.within_reach(user)
        lines = OutsideLine.objects.within_reach(user).filter(outside_list=OuterRef("pk"))
        return self.filter(Q(pk__in=self.within_reach(user).values("pk")) | Exists(lines))


class OutsideList(HasRegency):
    """A list of another office: of which day, from where, and what it covers. Its file is read as an import is.

    `counts` are the lines by place and outcome, `{regency or "": {outcome: number}}`, as they were compared last.
    """

    regency: Any = models.ForeignKey(
        Regency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("regency/city")
    )  # None: the whole province
    kind = models.CharField(_("kind of list"), max_length=10, choices=Kind)
    listed_on = models.DateField(_("as of"), help_text=_("The day of which the list itself is."))
    source = models.CharField(
        _("where it is from"), max_length=200, help_text=_("The office that gave it, and its letter or address.")
    )
    branch = models.CharField(_("branch of industry"), max_length=20, choices=Branch, blank=True)
    workbook = models.OneToOneField(Workbook, models.PROTECT, related_name="outside_list", editable=False)
    counts = models.JSONField(default=dict, editable=False)
    compared_at = models.DateTimeField(_("compared"), null=True, editable=False)
    counted_at = models.DateTimeField(_("counted for the league"), null=True, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = OutsideListQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of another office")
        verbose_name_plural = _("lists of other offices")
        ordering = ["-id"]
        indexes = [models.Index(fields=["regency", "-id"], name="outside_list_of_regency")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.listed_on:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("coverage:list", args=[self.pk])

    def clean(self) -> None:
        """No list is of a day to come."""
        if self.listed_on and self.listed_on > timezone.localdate():
            text = _("This day is still to come. Enter the day of which the list is.")
            raise ValidationError({"listed_on": ValidationError(text, "future")})

    @property
    def register(self) -> Register:
        """The register that it is compared with."""
        return directory.get(register_of(self.kind))

    @property
    def is_working(self) -> bool:
        """Whether a job reads or compares it just now."""
        return self.workbook.state in WORKING

    @property
    def is_compared(self) -> bool:
        """Whether all of its lines have been compared."""
        return self.workbook.state == State.CHECKED and self.compared_at is not None

    def counted(self, user: User) -> Counter[str]:
        """`{outcome: lines}` within somebody's reach."""
        places = self.counts if user.sees_all else {user.regency_id: self.counts.get(user.regency_id or "", {})}
        counts: Counter[str] = Counter()
        for of_place in places.values():
            counts.update(of_place)
        return counts

    def things(self) -> dict[str, int]:
        """`{regency: how many things the list names there, each once}`, where it names any.

        Those that it says have ended are none; a list of one regency counts nothing of another.
        """
        of_place = {"regency": self.regency_id} if self.regency_id else {"regency__isnull": False}
        places = self._alive().filter(**of_place).order_by().values_list("regency")
        return dict(places.annotate(number=models.Count("pk")))

    def left_out(self) -> int:
        """How many lines `things` leaves out: they cannot be compared, or lie in none of its places."""
        unread = self.lines.filter(outcome=Outcome.UNREAD).count()
        return unread + self._alive().count() - sum(self.things().values())

    def _alive(self) -> Any:
        return self.lines.filter(outcome__in=COUNTED, says_ended=False)


class OutsideLine(HasRegency):
    """A line of such a list, or a record that it lacks (which has no `position`).

    It lies where the list says, or else where the record does; one of which nobody knows where is for the province.
    What the record says is read from the record: nothing of another regency is kept here but its number.
    """

    outside_list = models.ForeignKey(OutsideList, models.CASCADE, related_name="lines")
    regency: Any = models.ForeignKey(
        Regency, models.PROTECT, null=True, related_name="+", verbose_name=_("regency/city")
    )  # None: nobody knows where, so it is the province's
    village = models.ForeignKey(Village, models.PROTECT, null=True, related_name="+", verbose_name=_("village"))
    position = models.PositiveIntegerField(null=True)  # as of the row of its file
    number = models.PositiveIntegerField(_("row"), null=True)  # as the spreadsheet counts
    outcome = models.CharField(_("outcome"), max_length=13, choices=Outcome, blank=True)  # "": not compared yet
    matched_by = models.CharField(_("found by"), max_length=11, choices=MatchedBy, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    nib = models.CharField(_("NIB"), max_length=13, blank=True)
    certificate = models.CharField(_("certificate number"), max_length=19, blank=True)
    says_ended = models.BooleanField(default=False)
    says_regency = models.CharField(max_length=5, blank=True)
    identity = models.CharField(max_length=64, blank=True)  # what tells that another line is the same (`rules`)
    record_id = models.BigIntegerField(null=True)
    record_number = models.CharField(_("register number"), max_length=20, blank=True)
    record_regency = models.CharField(max_length=5, blank=True)
    differs = models.JSONField(default=list)  # of Differs
    rivals = models.JSONField(default=list)  # `[{"number", "name", "regency"}]`: one of these records may be meant
    problem = models.CharField(max_length=200, blank=True)  # why it cannot be compared

    class Meta:
        verbose_name = _("line of a list")
        verbose_name_plural = _("lines of lists")
        constraints = [models.UniqueConstraint(name="one_line_per_row", fields=["outside_list", "position"])]
        indexes = [
            models.Index("outside_list", Lower("name"), "id", name="outside_line_by_name"),
            models.Index("outside_list", "outcome", Lower("name"), "id", name="outside_line_by_outcome"),
            models.Index("outside_list", "regency", "outcome", Lower("name"), "id", name="outside_line_of_regency"),
            models.Index("outside_list", "identity", name="outside_line_identity"),
            models.Index("outside_list", "record_id", name="outside_line_of_record"),
            models.Index("outside_list", "nib", name="outside_line_of_nib", condition=~Q(nib="")),
            models.Index("record_number", name="outside_line_record", condition=~Q(record_number="")),
        ]

    def __str__(self) -> str:
        of_record = self.record_number if self.record_regency == self.regency_id else ""
        return self.name or self.nib or self.certificate or of_record or str(self.number)

    @property
    def key(self) -> str:
        """The number by which the list names it."""
        return self.certificate or self.nib

    @property
    def differs_in_words(self) -> list[Text]:
        """Where it contradicts its record."""
        return [Differs(code).label for code in self.differs]


def rivals_for(user: Insider, rivals: list[dict[str, str]]) -> list[dict[str, str]]:
    """Those of the rivals of a line that this reader may know of: in their reach, and it is kept where they lie."""
    return [rival for rival in rivals if reaches_regency(user, rival.get("regency", ""))]


def as_read(row: dict[str, Any], user: Insider) -> dict[str, Any]:
    """A row of lines as somebody may read it: of a record or a rival elsewhere no more than that it is elsewhere."""
    is_elsewhere = bool(row["record_number"]) and not reaches_regency(user, row["record_regency"])
    kept_back = {"matched_by": "", "record_number": "", "differs": []} if is_elsewhere else {}
    rivals = rivals_for(user, row["rivals"])
    about_rivals = {"rivals": rivals, "has_rivals_elsewhere": len(rivals) < len(row["rivals"])}
    return {**row, **kept_back, **about_rivals, "is_elsewhere": is_elsewhere}


def worded(row: dict[str, Any]) -> dict[str, Any]:
    """A row of lines as a page or file shows it: codes as words."""
    outcome, matched = row["outcome"], row["matched_by"]
    return {
        **row,
        "outcome_label": Outcome(outcome).label if outcome else "",
        "matched_label": MatchedBy(matched).label if matched else "",
        "differs_labels": [Differs(code).label for code in row["differs"]],
    }
