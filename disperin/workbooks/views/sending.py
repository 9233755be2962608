"""Where a file is sent, and those that were sent before; the template to fill in."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from disperin.desk.refusals import Refused
from disperin.regions.models import Regency
from disperin.registers.record import directory
from disperin.workbooks import actions
from disperin.workbooks.answers import template_answer
from disperin.workbooks.forms import SendForm
from disperin.workbooks.models import Workbook
from disperin.workbooks.rights import refuse_elsewhere

PAGE_SIZE = 20
DEEPEST = 50  # pages; older files are forgotten long before


class Index(Desk):
    """`/usulan/impor/`: send a file, fetch a template, look at the files that were sent."""

    def get(self, request: UserRequest) -> HttpResponse:
        chosen = {"daftar": request.GET.get("daftar")}
        return self._show(SendForm(initial=chosen, by=request.user))

    def post(self, request: UserRequest) -> HttpResponse:
        if not request.user.can_propose:
            raise Refused(_("Your role reads; it does not propose."))
        form = SendForm(request.POST, request.FILES, by=request.user)
        if not form.is_valid():
            return self._show(form, status=400)
        cleaned = form.cleaned_data
        regency = request.user.regency or cleaned["kabupaten"]
        try:
            register = directory.get(cleaned["daftar"])
            workbook = actions.send(register, regency, cleaned["file"], by=request.user, stock=form.stock)
        except ValidationError as refused:
            form.add_error(None, refused)
            return self._show(form, status=400)
        return redirect(workbook)

    def _show(self, form: SendForm, status: int = 200) -> HttpResponse:
        user = self.request.user
        workbooks = Workbook.objects.within_reach(user).filter(purpose="").select_related("sent_by", "regency")
        workbooks = workbooks.defer("sheets", "mapping")
        page = Paginator(workbooks[: DEEPEST * PAGE_SIZE], PAGE_SIZE).get_page(self.request.GET.get("page"))
        regencies = [user.regency] if user.regency else list(Regency.objects.all())
        context = {"form": form, "page": page, "registers": directory.proposed_by(user), "regencies": regencies}
        return render(self.request, "workbooks/index.html", context, status=status)


class Template(Desk):
    """`/usulan/impor/templat/?daftar=&kabupaten=`: the workbook to fill in."""

    def get(self, request: UserRequest) -> HttpResponse:
        try:
            register = directory.get(request.GET.get("daftar"))
        except directory.UnknownRegister:
            raise Http404 from None
        code = request.GET.get("kabupaten") or request.user.regency_id or ""
        regency = get_object_or_404(Regency, pk=code) if "\x00" not in code else None
        if regency is None:
            raise Http404
        refuse_elsewhere(request.user, regency)
        return template_answer(register, regency)
