"""A register's list as a file: to everybody what is public, and inside fields to those who may see them.

What is long is written by a job, and has a page that says how far it is.
"""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import View

from disperin.accounts.requests import PageRequest, UserRequest
from disperin.desk.pages import Desk
from disperin.registers.lists.addresses import ASKS_APART, list_address
from disperin.registers.record import directory
from disperin.ui.views import too_many
from disperin.workbooks import actions
from disperin.workbooks.answers import METADATA, exported, fetched, metadata_answer
from disperin.workbooks.exporting.selection import Wanted, refuse_kind
from disperin.workbooks.models import Export, Kind
from disperin.workbooks.throttling import ExportThrottle
from disperin.workbooks.views.file_page import busy_answer

PAGE_SIZE = 20
DEEPEST = 50  # pages


@method_decorator(never_cache, name="dispatch")
class Download(View):
    """`/unduh/<register>.<kind>?…`: the list of that address. GET gives what everybody may read.

    POST is for people with an account: they also get the inside of what lies within their reach, and the history
    remembers it.
    """

    request: PageRequest
    knows_as_of = True

    def dispatch(self, request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
        try:
            self.register = directory.get(slug)
            self.kind = METADATA if kind == METADATA else Kind(kind)
        except (directory.UnknownRegister, ValueError):
            raise Http404 from None
        if self.kind != METADATA:
            refuse_kind(self.register, self.kind)
        is_public = self.register.model.audience.is_public
        if not request.user.is_authenticated and (request.method == "POST" or not is_public):
            return redirect_to_login(list_address(self.register))
        if not is_public and request.method != "POST":
            return redirect(list_address(self.register))
        throttle = ExportThrottle()
        if request.method != "OPTIONS" and not throttle.allow_request(request, self):
            return too_many(request, throttle.wait())
        return super().dispatch(request)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        wanted = Wanted(self.register, request.GET, by=AnonymousUser())
        if wanted.problems:
            return redirect(wanted.address)  # the list says what was not understood
        if self.kind == METADATA:
            return metadata_answer(wanted)
        return self._answer(wanted)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        if self.kind == METADATA:
            raise Http404
        wanted = Wanted(self.register, request.GET, by=request.user)
        if wanted.problems:
            return redirect(wanted.address)
        return self._answer(wanted)

    def _answer(self, wanted: Wanted) -> HttpResponseBase:
        """The file, or the page of the job that writes it; for a visitor who has to wait, when to ask again."""
        try:
            made = exported(wanted, Kind(self.kind), asker=ExportThrottle().ident(self.request))
        except actions.Busy as refused:
            return busy_answer(self.request, refused, wanted.address)
        return redirect(made) if isinstance(made, Export) else made


class Exports(Desk):
    """`/unduh/`: the files that somebody asked for."""

    def get(self, request: UserRequest) -> HttpResponse:
        exports = Export.objects.filter(asked_by=request.user).select_related("workbook")[: DEEPEST * PAGE_SIZE]
        page = Paginator(exports, PAGE_SIZE).get_page(request.GET.get("page"))
        return render(request, "workbooks/exports.html", {"page": page})


@method_decorator(never_cache, name="dispatch")
class OfExport(View):
    """A page of one export: a visitor's is everybody's who knows its address, a person's own is theirs alone."""

    request: PageRequest

    def dispatch(self, request: HttpRequest, pk: UUID) -> HttpResponseBase:
        export = Export.objects.kept().select_related("asked_by", "workbook").filter(pk=pk).first()
        if export is None or not export.is_for(request.user):
            return self.gone()
        return super().dispatch(request, export)

    def gone(self) -> HttpResponse:
        """What is not kept, or nobody's business, with the list of which it was: there it can be asked for again.

        A visitor reads the same of a file that is somebody's own and of one that never was, with the way to sign in.
        """
        context = {"back_url": _to_ask_again(self.request.GET), "here": self.request.get_full_path()}
        answer = render(self.request, "workbooks/gone.html", context, status=404)
        if self.request.htmx:
            answer["HX-Refresh"] = "true"
        return answer


class Detail(OfExport):
    """`/unduh/<id>/`: how far a file is, and where to fetch it."""

    def get(self, request: PageRequest, export: Export) -> HttpResponse:
        of_list = QueryDict(export.get_absolute_url().partition("?")[2])
        back_url = export.workbook.get_absolute_url() if export.workbook else _to_ask_again(of_list)
        context = {"export": export, "back_url": back_url}
        answer = render(request, "workbooks/export.html", context)
        if request.htmx and not export.is_writing:
            answer["HX-Refresh"] = "true"
        return answer


class Fetch(OfExport):
    """`/unduh/<id>/berkas/`: the file that a job has written."""

    def get(self, request: HttpRequest, export: Export) -> HttpResponseBase:
        if export.is_writing:
            return redirect(export)
        try:
            return fetched(request, export) if export.is_ready else self.gone()
        except FileNotFoundError:  # removed just now
            return self.gone()


def _to_ask_again(asked: QueryDict) -> str:
    """The list that the query of an export's address tells of, where it is downloaded; "" for none."""
    asked = asked.copy()
    name = asked.pop("daftar", [""])[-1]
    try:
        is_apart = asked.pop(ASKS_APART, [""])[-1] == "true"
        return f"{list_address(directory.get(name), apart=is_apart)}?{asked.urlencode()}#unduh"
    except directory.UnknownRegister:
        return ""
