"""What may be proposed about assistance, its beneficiaries and goods."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from disperin.assistance import rules
from disperin.assistance.models import Assistance, Beneficiary, Goods, RepeatSpan
from disperin.registers.dated.validity import in_force
from disperin.registers.gate.columns import OfColumn, of_column
from disperin.registers.gate.forms import PartForm, RecordForm
from disperin.registers.values.asking import AskedIf
from disperin.registers.values.code_input import CodeInput
from disperin.registers.values.fields import Reference
from disperin.registers.values.in_files import InFiles
from disperin.registers.values.terms import Path
from disperin.ui.formats import day
from disperin.ui.forms import YEAR_BOX
from disperin.ui.said import gettext as _
from industries.forms.maker import ESTABLISHMENT_LIST, MakerReference, makers_of
from industries.models import Cluster, Establishment
from industries.rules.choices import FUNDS_CALLED

_AFTER = tuple(
    f"{name}_{months}" for months in rules.AFTER_MONTHS for name in ("sales", "workers", "certificate", "used")
)
_RUPIAH = {"prefix": "Rp"}


def _people() -> OfColumn:
    return of_column(unit=gettext_lazy("people"))


class BeneficiaryForm(PartForm):
    """One maker or cluster that got it."""

    establishment = of_column(
        MakerReference,
        queryset=Establishment.objects.select_related("regency"),
        widget=CodeInput(ESTABLISHMENT_LIST),
        help_text=format_lazy(
            gettext_lazy("Its register number, such as {number}. In files also its NIB, or its name and village."),
            number=settings.PROVINCE.example.number,
        ),
    )
    cluster = of_column(
        queryset=Cluster.objects.all(), help_text=gettext_lazy("Instead of an establishment, where all of it got it.")
    )
    men = _people()
    women = _people()
    with_disability = _people()
    sales_6, sales_12 = of_column(**_RUPIAH), of_column(**_RUPIAH)
    workers_6, workers_12 = _people(), _people()

    class Meta:
        model = Beneficiary
        fields = [
            "establishment", "cluster", "men", "women", "with_disability", "seen_6_on", "sales_6", "workers_6",
            "certificate_6", "used_6", "seen_12_on", "sales_12", "workers_12", "certificate_12", "used_12",
        ]  # fmt: skip

    seldom = ("cluster", *(name for months in rules.AFTER_MONTHS for name in (f"seen_{months}_on",)), *_AFTER)
    in_files = InFiles(
        words={
            "establishment": ("nama ikm", "ikm", "penerima", "nama penerima", "nama usaha", "nomor ikm", "nib"),
            "cluster": ("sentra", "nama sentra"),
            "men": ("laki-laki", "laki laki", "l", "peserta laki-laki"),
            "women": ("perempuan", "p", "peserta perempuan"),
            "with_disability": ("disabilitas", "penyandang disabilitas"),
        },
        examples={
            "establishment": settings.PROVINCE.example.number,
            "cluster": "",
            "men": 1,
            "women": 2,
            "used_6": "",
            "used_12": "",
        },  # fmt: skip
    )

    def narrow(self, regency: str | None) -> None:
        """As of PartForm: makers are known by their words, and clusters offered, of the regency alone."""
        cast(MakerReference, self.fields["establishment"]).within = regency
        field = cast(Reference, self.fields["cluster"])
        field.queryset = Cluster.objects.unclosed().filter(regency=regency).order_by("name")


class GoodsForm(PartForm):
    """One thing that was given."""

    value = of_column(**_RUPIAH)

    class Meta:
        model = Goods
        fields = ["item", "specification", "unit", "quantity", "value"]

    in_files = InFiles(
        words={
            "item": ("nama barang", "jenis barang"),
            "specification": ("spek", "spesifikasi barang"),
            "quantity": ("jumlah", "volume", "jumlah barang"),
            "value": ("nilai rp", "harga", "nilai barang"),
        },
        examples={
            "item": "Mesin jahit",
            "specification": "Lockstitch, 1 jarum",
            "unit": "unit",
            "quantity": 10,
            "value": 45_000_000,
        },
    )


class Had(NamedTuple):
    """What a maker or cluster has had, or is to get by decree."""

    event: int
    number: str
    name: str
    kind: str
    day: Any


class AssistanceForm(RecordForm):
    """The form of the register `assistance`."""

    year = of_column(
        example=2026,
        widget=YEAR_BOX,
    )
    planned_number = of_column()
    planned_value = of_column(**_RUPIAH)
    spent = of_column(**_RUPIAH)

    class Meta:
        model = Assistance
        fields = [
            "regency", "name", "kind", "year", "organiser", "place", "starts_on", "ends_on", "funds", "programme_code",
            "programme", "activity_code", "activity", "sub_activity_code", "sub_activity", "planned_number",
            "planned_value", "spent", "state", "decree_number", "decree_on", "handover_number", "handover_on",
            "handover", "withdrawn_on", "withdrawn_reason",
        ]  # fmt: skip
        help_texts = {
            "regency": gettext_lazy(
                "Where those who get it lie. What reaches several is entered once for each, with its own part."
            ),
        }

    parts = {"beneficiaries": BeneficiaryForm, "goods": GoodsForm}
    asked_if = {
        "withdrawn_on": AskedIf("state", values=(rules.State.WITHDRAWN,), needed=True),
        "withdrawn_reason": AskedIf("state", values=(rules.State.WITHDRAWN,), needed=True),
    }
    in_files = InFiles(
        words={
            "name": ("nama kegiatan", "nama bantuan", "judul kegiatan"),
            "kind": ("jenis", "bentuk bantuan", "jenis fasilitasi"),
            "year": ("tahun", "ta"),
            "funds": ("dana", "anggaran", "sumber anggaran"),
            "sub_activity_code": ("kode sub kegiatan",),
            "sub_activity": ("sub kegiatan", "nama sub kegiatan"),
            "activity_code": ("kode kegiatan",),
            "programme_code": ("kode program",),
            "organiser": ("pelaksana", "opd"),
            "place": ("lokasi",),
            "spent": ("realisasi", "realisasi anggaran"),
            "planned_value": ("pagu",),
            "decree_number": ("nomor sk", "sk penerima"),
            "decree_on": ("tanggal sk",),
            "handover_number": ("nomor bast", "bast"),
            "handover_on": ("tanggal bast", "tanggal serah terima"),
        },
        examples={
            "name": "Bantuan mesin jahit bagi perajin kain",
            "kind": "mesin_peralatan",
            "year": 2026,
            "funds": "apbd_kabupaten",
            "organiser": "Dinas Perindustrian",
            "place": "Aula kecamatan",
            "starts_on": "2026-03-02",
            "ends_on": "2026-03-04",
            "state": "direncanakan",
        },
        choices={"funds": FUNDS_CALLED},
    )
    sections = (
        ("what", ("regency", "name", "kind", "year", "organiser", "place", "starts_on", "ends_on")),
        ("budget", (
            "funds", "programme_code", "programme", "activity_code", "activity", "sub_activity_code", "sub_activity",
            "planned_number", "planned_value", "spent",
        )),
        ("state", (
            "state", "decree_number", "decree_on", "handover_number", "handover_on", "handover", "withdrawn_on",
            "withdrawn_reason",
        )),
    )  # fmt: skip
    section_titles = {
        "what": gettext_lazy("The assistance"),
        "budget": gettext_lazy("Budget and target"),
        "state": gettext_lazy("How far it is"),
    }
    regency_shown: str | None = None  # whose makers are suggested on a page

    def narrow(self, regency: str | None, *, district: str | None = None, options_url: str = "") -> None:
        """Makers of the regency are suggested, its clusters offered."""
        self.regency_shown = regency
        for row in self.rows["beneficiaries"][:1]:  # the rows share their fields
            row.narrow(regency)

    def suggestions(self) -> dict[str, Any]:
        """The makers of the regency, by their number."""
        return makers_of(self.regency_shown)

    def blank_row(self, name: str) -> PartForm:
        """As of RecordForm, with the clusters of the regency."""
        row = super().blank_row(name)
        row.narrow(self.regency_shown)
        return row

    def clean(self) -> dict[str, Any]:
        """Also: beneficiaries lie in its regency, each stands once, and the rows bear out the state."""
        super().clean()
        cleaned = self.cleaned_data
        seen: set[tuple[str, int]] = set()
        results = 0
        for row in self.rows["beneficiaries"]:
            if not row.is_valid():
                continue
            self._check_beneficiary(row, cleaned.get("regency"), seen)
            results += any(row.cleaned_data[f"seen_{months}_on"] for months in rules.AFTER_MONTHS)
        lines = rules.Lines(len(self.rows["beneficiaries"]), len(self.rows["goods"]), results)
        if state := cleaned.get("state"):
            rules.check_lines(state, cleaned.get("handover_number") or "", lines)
        return cleaned

    def _check_beneficiary(self, row: PartForm, regency: Any, seen: set[tuple[str, int]]) -> None:
        for name in ("establishment", "cluster"):
            record = row.cleaned_data[name]
            if record is None:
                continue
            is_new = row.instance.pk is None or name in row.changed_data
            if is_new and regency is not None and record.regency_id != regency.pk:
                text = _(
                    "“%(name)s” lies in another regency. Enter what was given there as assistance of that regency."
                )
                row.add_error(name, ValidationError(text, "elsewhere", {"name": record.number}))
            elif is_new and record.closed_on is not None:
                row.add_error(
                    name, ValidationError(_("“%(name)s” is closed in the register."), "closed", {"name": record})
                )
            elif (name, record.pk) in seen:
                text = _("“%(name)s” stands here twice. Remove one of the two rows.")
                row.add_error(name, ValidationError(text, "twice", {"name": record}))
            seen.add((name, record.pk))

    def warnings(self) -> list[tuple[Path, str]]:
        """The same kind to the same maker within the span of the office; what a state usually has and this lacks."""
        return [*super().warnings(), *self._given_before(), *self._odd()]

    def _given_before(self) -> Iterator[tuple[Path, str]]:
        own, spans = self.instance, self.context.once(_spans_today)
        span = rules.span_for(own.kind, spans)
        if span is None:
            return
        on = own.day or timezone.localdate()
        for row in self.rows["beneficiaries"]:
            for name, ask in (("establishment", _had_by_makers), ("cluster", _had_by_clusters)):
                record = row.cleaned_data[name]
                is_here = (
                    record is not None and record.regency_id == own.regency_id
                )  # what it had elsewhere is read there
                for had in (self.context.ask(ask, record.pk) or ()) if is_here else ():
                    if had.event != own.pk and had.kind == own.kind and rules.is_within(span, had.day, on):
                        values = {
                            "name": record, "event": had.name, "number": had.number, "day": day(had.day), "years": span,
                        }  # fmt: skip
                        text = _(
                            "“%(name)s” has had the same kind: %(event)s (%(number)s), %(day)s. The office tells of "
                            "what lies within %(years)s years."
                        )
                        yield f"beneficiaries.{row.key}.{name}", text % values

    def _odd(self) -> Iterator[tuple[Path, str]]:
        own = self.instance
        if own.starts_on and own.starts_on.year != own.year:
            yield "year", _("The first day lies in another year than the budget.")
        if own.state in rules.GIVEN and not own.decree_number:
            yield "decree_number", _("There is no decree of recipients.")
        if own.state in rules.GIVEN and self.rows["goods"] and own.handover_id is None:
            yield "handover", _("The file of the hand-over report is missing.")


def _spans_today() -> list[RepeatSpan]:
    return in_force(RepeatSpan.objects.all(), timezone.localdate())


def _had_by_makers(makers: list[int]) -> dict[int, list[Had]]:
    return _had_by("establishment", makers)


def _had_by_clusters(clusters: list[int]) -> dict[int, list[Had]]:
    return _had_by("cluster", clusters)


def _had_by(name: str, keys: list[int]) -> dict[int, list[Had]]:
    """`{key: [Had]}` of what is settled for these makers or clusters, where they lie; one query."""
    had_by_key: dict[int, list[Had]] = defaultdict(list)
    rows: Any = Beneficiary.objects.promised().where_it_lies(name).filter(**{f"{name}__in": keys})
    columns = ("assistance", "assistance__number", "assistance__name", "assistance__kind", "day")
    for key, *values in rows.with_day().filter(day__isnull=False).values_list(name, *columns):
        had_by_key[key].append(Had(*values))
    return had_by_key
