"""A register's list as a file: to everybody what is public, and inside fields to those who may see them."""

import io
import tempfile

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import View

from disperin.registers import directory
from disperin.submissions.views.desk import Desk
from disperin.workbooks import actions
from disperin.workbooks.models import Export, Kind
from disperin.workbooks.throttling import ExportThrottle
from disperin.workbooks.views.following import IN_MEMORY
from disperin.workbooks.views.sending import XLSX
from disperin.workbooks.wanted import Wanted, list_address
from disperin.workbooks.writing import Writer

TYPES = {Kind.XLSX: XLSX, Kind.CSV: "text/csv; charset=utf-8", Kind.GEOJSON: "application/geo+json"}
METADATA = "csv-metadata.json"  # the kind of what tells of a CSV file, in its address
PAGE_SIZE = 20
DEEPEST = 50  # pages


@method_decorator(never_cache, name="dispatch")
class Download(View):
    """`/unduh/<register>.<kind>?…`: the list of that address. GET gives what everybody may read.

    POST is for people with an account: they also get the inside of what lies within their reach, and the history
    remembers it.
    """

    def dispatch(self, request, slug, kind):
        try:
            self.register = directory.get(slug)
            self.kind = METADATA if kind == METADATA else Kind(kind)
        except (directory.UnknownRegister, ValueError):
            raise Http404 from None
        is_public = self.register.model.audience.is_public
        if not request.user.is_authenticated and (request.method == "POST" or not is_public):
            return redirect_to_login(list_address(self.register))
        if not is_public and request.method != "POST":
            return redirect(list_address(self.register))
        throttle = ExportThrottle()
        if request.method != "OPTIONS" and not throttle.allow_request(request, self):
            answer = render(request, "429.html", status=429)
            answer["Retry-After"] = throttle.wait()
            return answer
        return super().dispatch(request)

    def get(self, request):
        wanted = Wanted(self.register, request.GET, by=AnonymousUser())
        if wanted.problems:
            return redirect(wanted.address)  # the list says what was not understood
        if self.kind == METADATA:
            return metadata_answer(wanted)
        try:
            actions.check_size(wanted, self.kind)
        except ValidationError as refused:
            told = {"reason": " ".join(refused.messages), "list_url": wanted.address}
            return render(request, "workbooks/too_many.html", told, status=400)
        return file_answer(wanted, self.kind)

    def post(self, request):
        if self.kind == METADATA:
            raise Http404
        wanted = Wanted(self.register, request.GET, by=request.user)
        if wanted.problems:
            return redirect(wanted.address)
        export = actions.export(wanted, self.kind, by=request.user)
        return redirect(export) if export.is_writing else file_answer(wanted, self.kind)


class Exports(Desk):
    """`/unduh/`: the files that somebody asked for."""

    def get(self, request):
        found = Export.objects.filter(asked_by=request.user)[: DEEPEST * PAGE_SIZE]
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        return render(request, "workbooks/exports.html", {"page": page})


class OfExport(Desk):
    """A page of one export, for its owner alone; 404 for everybody else."""

    def export(self):
        found = get_object_or_404(Export.objects.select_related("asked_by"), pk=self.kwargs["pk"])
        if not found.is_for(self.request.user):
            raise Http404
        return found


class Detail(OfExport):
    """`/unduh/<id>/`: how far a file is, and where to fetch it."""

    def get(self, request, pk):
        export = self.export()
        answer = render(request, "workbooks/export.html", {"export": export})
        if request.htmx and not export.is_writing:
            answer["HX-Refresh"] = "true"
        return answer


class Fetch(OfExport):
    """`/unduh/<id>/berkas/`: the file that a job has written."""

    def get(self, request, pk):
        export = self.export()
        if not export.is_ready:
            raise Http404
        return _as_file(default_storage.open(export.path), export.target, export.kind, export.asked_at)


def file_answer(wanted, kind):
    """A file with the records of a Wanted, written to the disk first: whatever fails, nobody gets half of one."""
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 -- the answer closes it
    writer = Writer(wanted.register, by=wanted.by, about=wanted.about())
    if kind == Kind.GEOJSON:
        writer.write_geojson(wanted.records, file, **wanted.place, outline=wanted.outline)
    elif kind == Kind.CSV:
        writer.write_csv(wanted.records, file, **wanted.place)
    else:
        writer.write_xlsx(wanted.records, file)
    file.seek(0)
    answer = _as_file(file, wanted.register, kind, timezone.now())
    if kind == Kind.CSV and wanted.register.model.audience.is_public:
        answer["Link"] = f'<{wanted.file_address(METADATA)}>; rel="describedby"; type="application/csvm+json"'
    return answer


def metadata_answer(wanted):
    """What the CSV file of a Wanted is: beside it, where the W3C's CSV on the Web looks for it."""
    told = io.BytesIO()
    writer = Writer(wanted.register, by=wanted.by, about=wanted.about())
    writer.write_metadata(told, wanted.file_address(Kind.CSV), **wanted.place)
    return HttpResponse(told.getvalue(), content_type="application/csvm+json", headers={"Cache-Control": "no-store"})


def _as_file(file, register, kind, at):
    name = f"{register.slug}-{timezone.localtime(at):%Y%m%d-%H%M}.{kind}"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[kind])
    answer["Cache-Control"] = "private, no-store"
    return answer
