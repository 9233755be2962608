"""Green-industry certifications (SIH): who applies, what was certified, and for how long."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.history.versions import versioned
from disperin.registers.record import past
from disperin.registers.values.audience import Audience
from disperin.registers.values.beside import Beside
from industries import rules
from industries.models.certification import ISSUED, Certification, CertificationQuerySet
from industries.models.establishment import Establishment

_OPEN = Q(closed_on__isnull=True)


class GreenQuerySet(CertificationQuerySet):
    def valid_on(self, on: datetime.date) -> Self:
        """Those whose certificate is valid on a day; as `rules.is_green_on`."""
        return (
            self.filter(issued_on__lte=on)
            .filter(Q(valid_until=None) | Q(valid_until__gte=on))
            .filter(Q(revoked_on=None) | Q(revoked_on__gt=on))
        )

    def worked_out(self) -> Self:
        """As of every register: what each is today."""
        return self.with_state(past.today())

    def with_state(self, on: datetime.date) -> Self:
        """Each with its `rules.green_state` on that day as `stands`."""
        state = rules.GreenState
        registered = Case(When(stage_on__lte=on, then=Value(str(state.IN_PROCESS))), default=Value(str(state.NOT_YET)))
        stands = Case(
            When(issued_on=None, then=registered),
            When(issued_on__gt=on, then=Value(str(state.NOT_YET))),
            When(revoked_on__lte=on, then=Value(str(state.REVOKED))),
            When(valid_until__lt=on, then=Value(str(state.ENDED))),
            default=Value(str(state.VALID)),
            output_field=models.CharField(),
        )
        return self.annotate(stands=stands)

    def makers_by_regency(self, on: datetime.date) -> dict[str, int]:
        """`{regency code: number}` of shown makers with a certificate that is valid on a day; one query.

        They are those of the list of makers narrowed by `green_on`. A place that became an industry service since is
        none: it would stand in a share whose whole leaves it out.
        """
        of_makers = self.filter(
            establishment__closed_on=None, establishment__hidden=False, establishment__sector=rules.Sector.INDUSTRY
        )
        valid = of_makers.current().valid_on(on).order_by()
        return dict(valid.values_list("regency").annotate(makers=models.Count("establishment", distinct=True)))


@versioned()
class GreenCertification(Certification):
    """One certification of one establishment by one standard, from the registration on (Permenperin 39/2018)."""

    prefix = "SIH"
    audience = Audience(
        public=(
            "id", "number", "version", "origin", "establishment", "regency", "standard_number", "certificate_number",
            "issued_on", "valid_until", "revoked_on", "verified_at", "updated_at", "closed_on",
        ),
        inside=("stage", "stage_on", "revoked_reason", "created_at", "closed_reason"),
        steady=("certificate_number", "issued_on", "valid_until", "revoked_on"),
    )  # fmt: skip
    beside = {"stands": Beside("stands", _("state today"), rules.GreenState)}
    begins_with = ("issued_on",)
    facets = {"regency": "regency_id", "origin": "origin"}
    found_by = ("certificate_number",)
    field_of_constraint = {"number_on_record": "certificate_number"}

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="green_certifications", verbose_name=_("establishment")
    )
    standard_number = models.CharField(
        _("number of the standard"), max_length=24, help_text=_("As on the certificate, such as SIH 23929.1:2022.")
    )
    stage = models.CharField(_("stage"), max_length=20, choices=rules.GreenStage)
    certificate_number = models.CharField(
        _("certificate number"), max_length=60, blank=True, help_text=_("As printed; empty until it is issued.")
    )
    valid_until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("As printed on the certificate; empty where it names no end."),
    )

    objects = GreenQuerySet.as_manager()

    class Meta:
        verbose_name = _("green-industry certification")
        verbose_name_plural = _("green-industry certifications")
        constraints = [
            models.UniqueConstraint(
                name="one_record_per_green_number_and_maker",
                fields=["establishment", "certificate_number"],
                condition=ISSUED & _OPEN,
                violation_error_code="number_on_record",
                violation_error_message=_("This certificate of this establishment is on record already."),
            ),
            models.CheckConstraint(
                name="a_green_standard_is_sih_kbli_number_year",
                condition=Q(standard_number__regex=r"^SIH [0-9]{5,6}\.[0-9]+:[0-9]{4}$"),
            ),
            models.CheckConstraint(
                name="a_green_number_has_its_day",
                condition=Q(certificate_number="", issued_on__isnull=True) | (ISSUED & Q(issued_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="an_issued_green_stage_has_its_number",
                condition=~Q(stage__in=[str(stage) for stage in rules.GREEN_STAGES_WITH_NUMBER]) | ISSUED,
            ),
            models.CheckConstraint(
                name="a_green_certificate_ends_after_it_begins",
                condition=(Q(valid_until__isnull=True) | Q(valid_until__gte=F("issued_on")))
                & (Q(revoked_on__isnull=True) | Q(revoked_on__gte=F("issued_on"))),
            ),
            models.CheckConstraint(
                name="a_green_revocation_has_day_and_reason",
                condition=Q(revoked_on__isnull=True, revoked_reason="")
                | (Q(revoked_on__isnull=False) & ~Q(revoked_reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["establishment", "id"], name="green_of_establishment"),
            models.Index(fields=["regency", "id"], name="green_by_regency", condition=ISSUED & _OPEN),
            models.Index(F("verified_at").desc(), F("id").desc(), name="green_newest", condition=ISSUED & _OPEN),
            models.Index(
                fields=["valid_until", "id"],
                name="green_by_end",
                condition=ISSUED & _OPEN & Q(valid_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} – {self.certificate_number or self.get_stage_display()}"

    def clean(self) -> None:
        """Checks stage, number and dates against each other; the regency is that of the establishment."""
        if self.establishment_id:
            self.regency_id = self.establishment.regency_id
        rules.check_green(self, today=timezone.localdate())
