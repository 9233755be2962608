"""The registers of this app in Django's admin, and the code lists they are described by."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.forms import Select
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from disperin.registers.record.revisions import REFERENCE, raise_revision
from disperin.registers.values.admin_days import DAYS_IN_ADMIN
from disperin.submissions.admin import RecordAdmin
from disperin.ui.admin import AsWritten, LaidDownAdmin, OneOf, ReadOnlyAdmin, as_written
from industries import actions, rules
from industries.forms.laid_down import BeyondIndustryForm, ChainStepForm, CommodityForm, HalalDutyForm, QualityRuleForm
from industries.models import (
    ChainStep,
    Cluster,
    Commodity,
    Establishment,
    GreenCertification,
    HalalCertification,
    HalalDuty,
    KbliChange,
    KbliClass,
    KbliVersion,
    KbliWord,
    LeadingIndustry,
    OutsideCount,
    QualityMark,
    QualityRule,
)

VERSION = as_written("version", _("version"))


@admin.register(Establishment)
class EstablishmentAdmin(RecordAdmin):
    list_display = ["number", "name", "legal_form", "branch", "industry_scale", "regency", "verification", "closed_on"]
    list_filter = ["regency", "branch", "industry_scale", ("closed_on", admin.EmptyFieldListFilter)]
    list_select_related = ["regency"]


@admin.register(HalalCertification)
class HalalCertificationAdmin(RecordAdmin):
    list_display = ["number", "name", "certificate_number", "scheme", "stage", "regency", "verification", "closed_on"]
    list_filter = ["regency", "scheme", "stage", ("closed_on", admin.EmptyFieldListFilter)]
    list_select_related = ["regency", "establishment"]
    search_fields = ["number", "certificate_number", "establishment__name"]


@admin.register(GreenCertification)
class GreenCertificationAdmin(RecordAdmin):
    list_display = [
        "number", "name", "standard_number", "certificate_number", "stage", "regency", "verification", "closed_on",
    ]  # fmt: skip
    list_filter = ["regency", "stage", ("closed_on", admin.EmptyFieldListFilter)]
    list_select_related = ["regency", "establishment"]
    search_fields = ["number", "certificate_number", "standard_number", "establishment__name"]


admin.site.register(Cluster, RecordAdmin)


class CodeAdmin(LaidDownAdmin):
    """A code list; what is shown from it is fresh at once."""

    formfield_overrides = DAYS_IN_ADMIN

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        raise_revision(REFERENCE)


@admin.register(KbliClass)
class KbliClassAdmin(CodeAdmin):
    """Section C is loaded from its table; an administrator types classes beyond it, each with its source."""

    form = BeyondIndustryForm
    list_display = ["key", "code", "title_id", VERSION, "level", "source"]
    list_filter = [("version", AsWritten), "level", ("source", admin.EmptyFieldListFilter)]
    search_fields = ["code", "title_id", "title_en"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was loaded says what its regulation says."""
        return super().has_change_permission(request, obj) and (obj is None or obj.is_beyond_industry)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return ["key"] if obj else []

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        if obj is None:
            return ["version", "code", "title_id", "title_en", "source"]
        return ["key", "title_id", "title_en", "source"]


@admin.register(KbliVersion)
class KbliVersionAdmin(CodeAdmin):
    list_display = [VERSION, "regulation", "in_force"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [VERSION] if obj else []

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [VERSION if obj else "version", "regulation", "in_force"]


@admin.register(KbliChange)
class KbliChangeAdmin(CodeAdmin):
    list_display = ["code", VERSION, "state"]
    list_filter = [("version", AsWritten), "state"]
    search_fields = ["code"]


@admin.register(KbliWord)
class KbliWordAdmin(CodeAdmin):
    """Names that the office keeps; those learnt from products are to be read, and can be switched off."""

    list_display = ["phrase", "kbli", "source", "makers", "in_use"]
    list_filter = ["source", "in_use"]
    list_select_related = ["kbli"]
    search_fields = ["phrase", "kbli__code", "kbli__title_id"]
    autocomplete_fields = ["kbli"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return ["phrase", "kbli", "source", "makers"] if obj else ["source", "makers"]


@admin.register(LeadingIndustry)
class LeadingIndustryAdmin(CodeAdmin):
    """What stands on the pages of the regencies, each with its source."""

    list_display = ["regency", "name_id", "name_en", "source", "source_on"]
    list_filter = ["regency"]
    list_select_related = ["regency"]
    search_fields = ["name_id", "name_en", "source"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "source_url":
            options |= {"assume_scheme": "https"}
        return super().formfield_for_dbfield(db_field, request, **options)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return []


@admin.register(Commodity)
class CommodityAdmin(CodeAdmin):
    form = CommodityForm
    list_display = ["key", "name_id", "name_en", "scale"]
    search_fields = ["key", "name_id", "name_en"]


@admin.register(HalalDuty)
class HalalDutyAdmin(CodeAdmin):
    """The deadlines of the law. One that changes is ended and followed by a new row: earlier days stay as they were."""

    form = HalalDutyForm
    change_form_template = "admin/registers/previewed_form.html"
    fields = ["key", "category", "scales", "answer", "deadline", "citation", "valid_from", "valid_to", "confirmed"]
    list_display = ["category", "answer", "scales_in_words", "deadline", "citation", "valid_from", "valid_to"]
    list_filter = ["category", "deadline"]

    @admin.display(description=_("business scales"))
    def scales_in_words(self, duty: HalalDuty) -> str:
        """As people call them."""
        return ", ".join(str(scale.label) for scale in rules.SCALES if scale.value in duty.scales)


class DownstreamFilter(OneOf):
    """Chains by the names of their commodities."""

    title, parameter_name = ChainStep._meta.get_field("commodity").verbose_name, "commodity"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(key, str(name)) for key, name in settings.PROVINCE.downstream.items()]


@admin.register(ChainStep)
class ChainStepAdmin(CodeAdmin):
    """The downstream chains. A row that changes is ended and followed by a new one: earlier days keep their chain."""

    form = ChainStepForm
    change_form_template = "admin/registers/previewed_form.html"
    list_display = ["commodity_name", "stage", "stage_id", "product_id", "kbli", "source", "source_on", "valid_to"]
    list_filter = [DownstreamFilter]
    search_fields = ["product_id", "product_en", "source"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "commodity":
            names = [("", "—"), *((key, str(name)) for key, name in settings.PROVINCE.downstream.items())]
            options |= {"widget": Select(choices=names)}
        return super().formfield_for_dbfield(db_field, request, **options)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return []


@admin.register(QualityRule)
class QualityRuleAdmin(CodeAdmin):
    """The office's own count of data quality. A row that changes is ended and followed by a new one."""

    form = QualityRuleForm
    change_form_template = "admin/registers/previewed_form.html"
    fields = ["key", "fact", "weight", "months", "valid_from", "valid_to", "confirmed"]
    list_display = ["key", "label", "weight", "months", "valid_from", "valid_to"]

    @admin.display(description=_("what counts"))
    def label(self, row: QualityRule) -> str:
        """In words."""
        return str(row.label)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        actions.order_judging()


@admin.register(OutsideCount)
class OutsideCountAdmin(CodeAdmin):
    """How many makers others counted, each with its source: the measure of coverage. Never a count of all sectors."""

    list_display = ["regency", "number", "counted_on", "source"]
    list_filter = ["regency"]
    list_select_related = ["regency"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "source_url":
            options |= {"assume_scheme": "https"}
        return super().formfield_for_dbfield(db_field, request, **options)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return []


@admin.register(QualityMark)
class QualityMarkAdmin(ReadOnlyAdmin):
    """How the league stood in each month."""

    list_display = ["month", "regency", "taken_on", "records"]
    list_filter = ["regency"]
    list_select_related = ["regency"]
