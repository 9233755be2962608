"""Django's admin: thresholds, when they were passed, and who gets the mail of Mondays."""

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from disperin.accounts.requests import user_of
from disperin.desk.agenda import Text
from disperin.head import actions, late
from disperin.head.forms import AlertRuleForm
from disperin.head.models import Alert, AlertRule, MondayChoice
from disperin.registers.values.admin_days import DAYS_IN_ADMIN
from disperin.ui.admin import EndedRowAdmin, ReadOnlyAdmin, Section


@admin.register(AlertRule)
class AlertRuleAdmin(EndedRowAdmin):
    """A threshold that changes is ended and followed by a new one: the history of alerts keeps its sense."""

    form = AlertRuleForm
    formfield_overrides = DAYS_IN_ADMIN
    fields = ["key", "subject", "measure", "regency", "threshold", "role", "person", "valid_from", "valid_to"]
    list_display = ["key", "subject_in_words", "measure", "regency", "threshold", "valid_from", "valid_to"]
    list_select_related = ["regency"]

    @admin.display(description=_("of what"))
    def subject_in_words(self, rule: AlertRule) -> Text:
        """As the head's page calls it."""
        return late.subjects().get(rule.subject, rule.subject)

    def save_model(self, request: HttpRequest, obj: AlertRule, form: ModelForm, change: bool) -> None:
        actions.lay_down(obj, by=user_of(request))


@admin.register(Alert)
class AlertAdmin(ReadOnlyAdmin):
    """The history of alerts."""

    list_display = ["rule", "value", "threshold", "began_on", "ended_on"]
    list_select_related = ["rule"]


@admin.register(MondayChoice)
class MondayChoiceAdmin(admin.ModelAdmin):
    """Who gets the mail of Mondays beside the heads of office, and who does not want it."""

    section = Section.PEOPLE
    show_full_result_count = False
    list_display = ["user", "wanted"]
    list_select_related = ["user"]
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: MondayChoice | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: MondayChoice | None = None) -> list[str]:
        return ["user"] if obj else []

    def save_model(self, request: HttpRequest, obj: MondayChoice, form: ModelForm, change: bool) -> None:
        actions.choose_monday_mail(obj.user, wanted=obj.wanted, by=user_of(request))
