"""The old stock within reach: what an older system brought and nobody has checked, to be said right as it stands."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disperin.accounts.requests import UserRequest
from disperin.desk.lists import COUNTED, DEEPEST, PAGE_SIZE, page_number
from disperin.desk.pages import Desk, not_now
from disperin.desk.refusals import NotNow, Refused
from disperin.notices.actions import mark_read_about
from disperin.regions.models import Regency
from disperin.registers.lists.addresses import record_address
from disperin.registers.record import directory
from disperin.submissions.batches import actions as batches
from disperin.submissions.batches.actions.confirming import MOST
from disperin.submissions.batches.forms import OldStockForm
from disperin.ui import formats
from disperin.ui.listing import with_query

MOST_TOLD = 20  # records that were left, named on the next page


class OldStock(Desk):
    """`/usulan/lama/?daftar=&kabupaten=`: the records of a register; some or all become one batch of confirmations."""

    def get(self, request: UserRequest) -> HttpResponse:
        mark_read_about(request.user, request.path)
        form = OldStockForm(request.GET, by=request.user)
        register, regency = form.chosen()
        waiting = batches.to_confirm(register, request.user) if register else None
        if waiting is not None and regency:
            waiting = waiting.filter(regency=regency)
        page, total, some = page_number(request), 0, []
        if waiting is not None:
            total = waiting[: COUNTED + 1].count()
            some = list(waiting.select_related("regency")[(page - 1) * PAGE_SIZE : page * PAGE_SIZE + 1])
        rows, more = some[:PAGE_SIZE], len(some) > PAGE_SIZE
        context = {
            "form": form,
            "register": register,
            "regency": regency,
            "rows": [(record, record_address(register, record.number)) for record in rows] if register else [],
            "total": total,
            "total_text": formats.capped(total, COUNTED),
            "most": MOST,
            "at_once": min(total, MOST),
            "previous_url": with_query(request, page=page - 1 if page > 2 else None) if page > 1 else "",
            "next_url": with_query(request, page=page + 1) if more and page < DEEPEST else "",
        }
        return render(request, "submissions/old_stock.html", context, status=400 if form.errors else 200)

    def post(self, request: UserRequest) -> HttpResponse:
        if not request.user.can_propose:
            raise Refused(_("Your role reads; it does not propose."))
        try:
            register = directory.get(request.POST.get("daftar"))
        except directory.UnknownRegister:
            raise Http404 from None
        own = request.user.regency_id
        code = request.POST.get("kabupaten", own or "").replace("\x00", "?")
        if own and code != own:
            raise Refused(_("You can only propose within your own regency."))
        regency = get_object_or_404(Regency, pk=code)
        records, numbers = batches.to_confirm(register, request.user), []
        if "all" not in request.POST:
            numbers = [number for number in request.POST.getlist("records") if "\x00" not in number]
            if not numbers:
                return not_now(request, NotNow(_("Tick at least one record.")))
            known = register.model.objects.filter(number__in=numbers).values_list("number", flat=True)
            if strange := {*numbers} - {*known}:
                values = {"numbers": ", ".join(sorted(strange)[:5])}
                return not_now(request, NotNow(_("There is no such record: %(numbers)s. Nothing was sent.") % values))
            records = register.model.objects.filter(number__in=numbers[:MOST])
        try:
            batch, left = batches.confirm_many(register, regency, records, by=request.user)
        except NotNow as refusal:
            return not_now(request, refusal)
        number = batch.submissions.count()
        text = ngettext(
            "%(number)s record waits for verification.", "%(number)s records wait for verification.", number
        )
        messages.success(request, text % {"number": number})
        for leftover in left[:MOST_TOLD]:
            messages.warning(request, f"{leftover.what.number} {leftover.what}: {leftover.text}")
        taken = {
            *batch.submissions.values_list("record_number", flat=True),
            *(leftover.what.number for leftover in left),
        }
        for untaken in [number for number in numbers if number not in taken][:MOST_TOLD]:
            text = _("%(number)s was left: it was checked, closed or moved meanwhile, or lies in another regency.")
            messages.warning(request, text % {"number": untaken})
        if len(left) > MOST_TOLD:
            messages.warning(request, _("%(count)s more were left.") % {"count": len(left) - MOST_TOLD})
        return redirect("submissions:batch", batch.number)
