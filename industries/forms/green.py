"""What may be proposed about a green-industry certification."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from disperin.registers.values.asking import AskedIf
from disperin.registers.values.fields import MarkedText
from disperin.registers.values.in_files import InFiles
from disperin.registers.values.terms import Path
from disperin.ui.said import gettext as _
from industries import rules
from industries.forms.maker import MakerForm
from industries.models import GreenCertification


class GreenForm(MakerForm):
    """The form of the register `green`."""

    class Meta:
        model = GreenCertification
        fields = [
            "regency", "establishment", "standard_number", "stage", "stage_on", "certificate_number", "issued_on",
            "valid_until", "revoked_on", "revoked_reason",
        ]  # fmt: skip
        field_classes = {"standard_number": MarkedText, "certificate_number": MarkedText}

    sections = (
        ("who", ("regency", "establishment")),
        ("path", ("standard_number", "stage", "stage_on")),
        ("certificate", ("certificate_number", "issued_on", "valid_until")),
        ("end", ("revoked_on", "revoked_reason")),
    )
    section_titles = {
        "who": gettext_lazy("Who makes it"),
        "path": gettext_lazy("Standard and stage"),
        "certificate": gettext_lazy("The certificate"),
        "end": gettext_lazy("Revocation"),
    }

    asked_if = {
        "certificate_number": AskedIf("stage", values=rules.GREEN_STAGES_WITH_NUMBER, needed=True),
        "issued_on": AskedIf("stage", values=rules.GREEN_STAGES_WITH_NUMBER, needed=True),
        "valid_until": AskedIf("stage", values=rules.GREEN_STAGES_WITH_NUMBER),
        "revoked_on": AskedIf("stage", values=(rules.GreenStage.REVOKED,), needed=True),
        "revoked_reason": AskedIf("stage", values=(rules.GreenStage.REVOKED,), needed=True),
    }
    tidies = {"standard_number": rules.check_standard_number}
    in_files = InFiles(examples={"standard_number": "SIH 23929.1:2022", "stage_on": "2026-01-15"})

    def clean_standard_number(self) -> str:
        return rules.check_standard_number(self.cleaned_data["standard_number"])

    def clean_certificate_number(self) -> str:
        return " ".join(self.cleaned_data["certificate_number"].split())

    def warnings(self) -> list[tuple[Path, str]]:
        """A standard of another class of KBLI than the maker's or of none, a certificate without an end on record."""
        return list(self._doubts(self.instance))

    def _doubts(self, record: GreenCertification) -> Iterator[tuple[Path, str]]:
        maker = record.establishment
        code = rules.read_standard_number(record.standard_number).kbli
        if not code:
            yield (
                "standard_number",
                _("This number has six digits before the full stop. Compare it with the certificate."),
            )
        elif code not in {key.split("-")[-1] for key in (maker.kbli_id, *maker.other_kbli)}:
            values = {"code": code, "name": maker.name}
            yield "standard_number", _("This standard is for KBLI %(code)s, which %(name)s does not name.") % values
        if record.certificate_number and record.valid_until is None:
            yield "valid_until", _("No end is entered. Copy it from the certificate if it names one.")
