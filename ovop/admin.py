"""The register of this app in Django's admin, and the rows that the ministry and the office lay down."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from disperin.accounts.requests import user_of
from disperin.registers.values.admin_days import DAYS_IN_ADMIN
from disperin.submissions.admin import RecordAdmin
from disperin.ui.admin import AsWritten, LaidDownAdmin, ReadOnlyAdmin, as_written
from ovop import actions
from ovop.forms import ChecklistForm, ClusterStandardForm, StandardForm
from ovop.models import (
    Assessment,
    Award,
    AwardRound,
    ChecklistItem,
    ClusterGate,
    ClusterWeight,
    CommodityGroup,
    Criterion,
    Gate,
    Label,
    Nomination,
    ReadinessWeight,
    Scheme,
)
from ovop.models.assessment import AssessmentQuerySet

FIRST_YEAR, LAST_YEAR = as_written("first_year", _("first year")), as_written("last_year", _("last year"))
YEAR = as_written("year", _("year"))


@admin.register(Award)
class AwardAdmin(RecordAdmin):
    list_display = ["number", "name", "grade", "round", "group", "state", "regency", "verification", "closed_on"]
    list_filter = ["regency", "group", "grade", "round", "state", ("closed_on", admin.EmptyFieldListFilter)]
    list_select_related = ["regency", "product", "grade__scheme", "round__scheme", "group"]
    search_fields = ["number", "product__name", "establishment__name", "decree_number"]


@admin.register(Nomination)
class NominationAdmin(RecordAdmin):
    list_display = ["number", "name", "round", "group", "stage", "result", "regency", "verification", "closed_on"]
    list_filter = ["regency", "group", "round", "stage", "result", ("closed_on", admin.EmptyFieldListFilter)]
    list_select_related = ["regency", "product", "round__scheme", "group"]
    search_fields = ["number", "product__name", "establishment__name"]


@admin.register(Assessment)
class AssessmentAdmin(ReadOnlyAdmin):
    """Assessments that are open to all: one alone stays hidden until the other is in, here too."""

    list_display = ["nomination", "place", "assessor", "total", "handed_in_at"]
    list_select_related = ["nomination", "assessor"]
    search_fields = ["nomination__number"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return cast(AssessmentQuerySet, super().get_queryset(request)).shown_to(request.user)


class KeptAdmin(LaidDownAdmin):
    """Rows that awards and nominations point to."""

    formfield_overrides = DAYS_IN_ADMIN

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        actions.keep(obj, by=user_of(request))


@admin.register(Scheme)
class SchemeAdmin(KeptAdmin):
    list_display = ["key", "name_id", "max_stars", FIRST_YEAR, LAST_YEAR, "legal_basis"]


@admin.register(CommodityGroup)
class CommodityGroupAdmin(KeptAdmin):
    list_display = ["key", "name_id", "name_en", "is_food", "position"]


@admin.register(AwardRound)
class AwardRoundAdmin(KeptAdmin):
    list_display = ["key", YEAR, "scheme", "opens_on", "closes_on"]
    list_select_related = ["scheme"]


class StandardAdmin(KeptAdmin):
    """A dated row that moves products or nominations: shown first what it would do, stored when that is confirmed."""

    form: type[ModelForm] = StandardForm
    change_form_template = "admin/registers/previewed_form.html"


@admin.register(ChecklistItem)
class ChecklistItemAdmin(StandardAdmin):
    """The papers that a nomination should hold, in the order of the ministry's portal."""

    form = ChecklistForm
    fields = ["key", "name_id", "name_en", "of_food", "position", "valid_from", "valid_to", "confirmed"]
    list_display = ["key", "name_id", "of_food", "position", "valid_from", "valid_to"]


@admin.register(Gate)
class GateAdmin(StandardAdmin):
    list_display = ["key", "fact", "least", "source", "position", "valid_from", "valid_to"]
    fields = ["key", "fact", "least", "source", "position", "valid_from", "valid_to", "confirmed"]


@admin.register(ReadinessWeight)
class ReadinessWeightAdmin(StandardAdmin):
    list_display = ["key", "fact", "least", "weight", "valid_from", "valid_to"]
    fields = ["key", "fact", "least", "weight", "valid_from", "valid_to", "confirmed"]


@admin.register(ClusterGate)
class ClusterGateAdmin(StandardAdmin):
    form = ClusterStandardForm
    list_display = ["key", "fact", "least", "source", "position", "valid_from", "valid_to"]
    fields = ["key", "fact", "least", "source", "position", "valid_from", "valid_to", "confirmed"]


@admin.register(ClusterWeight)
class ClusterWeightAdmin(StandardAdmin):
    form = ClusterStandardForm
    list_display = ["key", "fact", "least", "weight", "valid_from", "valid_to"]
    fields = ["key", "fact", "least", "weight", "valid_from", "valid_to", "confirmed"]


@admin.register(Criterion)
class CriterionAdmin(StandardAdmin):
    list_display = ["key", "name_id", "group", "weight", "points", "position", "valid_from", "valid_to"]
    fields = [
        "key", "name_id", "name_en", "group", "weight", "points", "position", "valid_from", "valid_to", "confirmed",
    ]  # fmt: skip
    list_filter = ["group"]
    list_select_related = ["group"]


@admin.register(Label)
class LabelAdmin(ReadOnlyAdmin):
    """How often labels were printed and checked."""

    list_display = ["award", "key_id", "origin", "made_at", "prints", "scans", "last_scanned_on"]
    list_filter = [("key_id", AsWritten)]
    list_select_related = ["award"]
    exclude = ["token"]
