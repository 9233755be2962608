"""Django's admin: submissions to read, and the registers, which change through the same door as everywhere."""

import datetime
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F, Model
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.accounts.requests import user_of
from disperin.desk.refusals import NotNow
from disperin.regions.models import Regency
from disperin.registers.gate.forms import whole
from disperin.registers.gate.refusals import refusals
from disperin.registers.models import Record
from disperin.registers.record import directory
from disperin.registers.record.admin_filter import RegisterFilter
from disperin.registers.record.directory import Register
from disperin.registers.values.admin_days import DAYS_IN_ADMIN
from disperin.registers.values.names import name_column
from disperin.registers.values.posted import places, read, turned_to
from disperin.registers.values.terms import Path, Problems, Values
from disperin.submissions import actions
from disperin.submissions.draft_form import by_path, of_rows, with_files, with_key, with_rows
from disperin.submissions.draft_page import DraftPage
from disperin.submissions.models import Kind, ReviewPromise, Submission
from disperin.submissions.presentation import Words, filled
from disperin.ui.admin import EndedRowAdmin, ReadOnlyAdmin, Section


@admin.register(ReviewPromise)
class ReviewPromiseAdmin(EndedRowAdmin):
    """Within how many working days the office promises to decide. One that changes is ended, and a new one follows."""

    formfield_overrides = DAYS_IN_ADMIN
    fields = ["key", "working_days", "valid_from", "valid_to"]
    list_display = ["key", "working_days", "valid_from", "valid_to"]

    def save_model(self, request: HttpRequest, obj: ReviewPromise, form: ModelForm, change: bool) -> None:
        actions.promise(obj, by=user_of(request))


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    """Submissions are decided on their own pages; here they can be looked up. Masked values stay masked."""

    list_display = ["number", "title", "register", "kind", "status", "regency", "proposed_by", "submitted_at", "direct"]
    list_filter = ["status", "kind", RegisterFilter, "direct", "regency"]
    list_select_related = ["regency", "proposed_by"]
    search_fields = ["number", "title", "record_number"]
    fields = [
        "number", "register", "kind", "record_number", "title", "status", "regency", "direct", "content",
        "said_message", "round", "proposed_by", "created_at", "revised_at", "submitted_at", "decided_by", "decided_at",
        "said_note",
    ]  # fmt: skip
    readonly_fields = ["content", "said_message", "said_note"]

    @admin.display(description=gettext_lazy("content"))
    def content(self, submission: Submission) -> str:
        """What is proposed, in words."""
        form = submission.form_class(submission.kept(), instance=submission.record())
        groups = filled(Words(form, submission.values), submission.values)
        return render_to_string("admin/registers/_content.html", {"groups": groups})

    @admin.display(description=gettext_lazy("Message to the verifier"))
    def said_message(self, submission: Submission) -> str:
        """As its page shows it."""
        return submission.message_in_words

    @admin.display(description=gettext_lazy("Note"))
    def said_note(self, submission: Submission) -> str:
        """As its page shows it."""
        return submission.note_in_words


_DAYS = ("verification", "closed_on")


class RecordAdmin(admin.ModelAdmin):
    """A register in the admin: its own form, saved by `publish` only. What is published here says so for ever.

    Its columns and filters are the name and the facets of the register, where it names no others.
    """

    section = Section.REGISTERS
    change_form_template = "admin/registers/record_form.html"
    show_full_result_count = False
    ordering = [F("verified_at").desc(nulls_last=True), "-id"]
    actions = None
    list_display: Any = ()
    list_filter: ClassVar[Any] = ()
    search_fields: ClassVar[Any] = ()

    def get_list_display(self, request: HttpRequest) -> Any:
        return self.list_display or ["number", name_column(self.model) or "__str__", *self._faceted, *_DAYS]

    def get_list_select_related(self, request: HttpRequest) -> Any:
        relations = [name for name in self._faceted if self.model._meta.get_field(name).is_relation]
        return self.list_select_related or (not self.list_display and relations)

    def get_list_filter(self, request: HttpRequest) -> Any:
        return self.list_filter or [*self._faceted, ("closed_on", admin.EmptyFieldListFilter)]

    def get_search_fields(self, request: HttpRequest) -> Any:
        return self.search_fields or ["number", *filter(None, [name_column(self.model)])]

    @property
    def _faceted(self) -> list[str]:
        """The facets that are choices or other rows."""
        columns = [self.model._meta.get_field(name.removesuffix("_id")) for name in self.model.facets.values()]
        return [column.name for column in columns if column.is_relation or column.choices]

    @admin.display(description=gettext_lazy("Verified"), ordering="verified_at")
    def verification(self, record: Record) -> datetime.datetime | None:
        """When its version was verified, if it was."""
        return record.verification

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Add and change: bound to what was posted, re-shown with what is wrong, published when all is right."""
        if not user_of(request).can_publish:
            raise PermissionDenied
        register, record = directory.of(self.model), None
        if object_id is not None:
            record = self.get_object(request, object_id)
            if record is None:
                raise Http404
        page = _RecordPage(request, register, record)
        if request.method == "POST":
            published = page.posted()
            if published is not None:
                values = {"name": str(published), "number": published.number}
                messages.success(request, _("%(number)s “%(name)s” is published, marked as direct.") % values)
                meta = self.model._meta
                return redirect(reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": str(record) if record else _("New: %(what)s") % {"what": register.label_of_one},
            "opts": self.model._meta,
            "register": register,
            "record": record,
            **page.context(),
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.change_form_template, context, status=page.status)


class _RecordPage:
    """One add or change page: what it shows and what was posted to it."""

    def __init__(self, request: HttpRequest, register: Register, record: Record | None) -> None:
        self.request, self.by = request, user_of(request)
        self.register, self.record = register, record
        self.status, self.adding = 200, ""
        self.problems: dict[Path, Any] = {}
        self.base, _typed = register.form(instance=record).entered()
        self.values = self.base
        self.version = str(record.version if record else 0)

    def posted(self) -> Record | None:
        """Read what was posted; gives the published record, or None when the page is to be shown again."""
        request, form_class = self.request, self.register.form
        regency = self.record.regency if self.record else _regency(request.POST)
        post, refused_files = with_files(request.POST, request.FILES, form_class, regency=regency, by=self.by)
        given, refused_rows = with_rows(read(form_class, post, kept=self.base), request.FILES, form_class)
        self.values = whole(form_class, given, instance=self.record)
        self.version = post.get("version", "")
        if refused := refused_files | refused_rows:
            shown, placed = Submission(values=self.values), places(form_class, post, kept=self.base)
            self.status, self.problems = 400, self._others(given) | of_rows(refused, shown, placed)
        elif "_save" not in post:
            self.adding = post.get("add", "")
        else:
            return self._publish(given)
        return None

    def _others(self, given: Values) -> Problems:
        """What else is wrong where a file was refused, if the page was to be published."""
        if "_save" not in self.request.POST:
            return {}
        form_class, record = self.register.form, self.record
        unfit = form_class.unfit(given, known_keys=form_class.known_keys(record))
        problems = refusals(form_class, given, unfit, record=record, by=self.by)
        return {with_key(path, self.values): errors for path, errors in problems.items()}

    def _publish(self, given: Values) -> Record | None:
        version = (
            int(self.version) if self.version.isascii() and self.version.isdecimal() and len(self.version) < 10 else -1
        )
        try:
            return actions.publish(
                self.register, given, by=self.by, record=self.record, version=version if self.record else None
            )
        except ValidationError as refused:
            self.status, problems = 400, by_path(refused)
            self.problems = {with_key(path, self.values): errors for path, errors in problems.items()}
        except NotNow as refusal:
            self.status, self.problems = 409, {"__all__": [str(refusal)]}
        return None

    def context(self) -> dict[str, Any]:
        """What the template needs."""
        kept = Submission(
            register=self.register.slug,
            kind=Kind.CHANGE if self.record else Kind.CREATE,
            record_id=self.record.pk if self.record else None,
            base=self.base,
            values=self.base,
        )
        page = DraftPage(kept, self.values, by=self.by, problems=self.problems, adding=self.adding, shown=self._shown())
        return {"page": page, "version": self.version}

    def _shown(self) -> QueryDict:
        """What says which page of a long part is looked at; a button may turn it."""
        query = self.request.POST.copy() or self.request.GET
        turned, page = turned_to(query)
        if page and self.request.method == "POST":
            query[f"{turned}-page"] = page
        return query


def _regency(post: QueryDict) -> Regency | None:
    code = post.get("regency", "")
    return Regency.objects.filter(pk=code).first() if "\x00" not in code else None
