"""Pages for the office: print a label, and see which stars come up for assessment again."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from disperin.registers.lists import listing
from disperin.ui.listing import with_query
from ovop import actions, rules
from ovop.filters import AwardFilter
from ovop.models import Award
from ovop.papers import LabelForm, label_file


class LabelPrint(Desk):
    """`/ovop/<number>/label/`: choose a form; POST prints, which the history notes, and gives the file."""

    def get(self, request: UserRequest, number: str) -> HttpResponse:
        award = self._award(number)
        stands = award.closed_on is None and award.shown_state in rules.STANDING
        context = {"award": award, "forms": LabelForm.choices, "labels": award.labels.all(), "stands": stands}
        return render(request, "ovop/label.html", context)

    def post(self, request: UserRequest, number: str) -> HttpResponse:
        award = self._award(number)
        try:
            form = LabelForm(request.POST.get("form", ""))
        except ValueError:
            raise Http404(_("A label is printed as a7, a4, svg or png.")) from None
        label = actions.print_label(award, form=form.value, by=request.user)
        name = f"label-{award.number}-{form.value}.{form.ending}"
        return HttpResponse(
            label_file(label, award, form),
            content_type=form.content_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def _award(self, number: str) -> Award:
        if "\x00" in number:
            raise Http404
        reachable = Award.objects.within_reach(self.request.user)
        award = reachable.select_related("regency", "grade__scheme", "product", "establishment").filter(number=number)
        reached = award.first()
        if reached is None:
            raise Http404
        return reached


class DueList(Desk):
    """`/ovop/evaluasi/`: valid stars whose round lies two years back or more, within one's reach."""

    def get(self, request: UserRequest) -> HttpResponse:
        today = timezone.localdate()
        due = Award.objects.within_reach(request.user).due_for_assessment(today).described()
        columns = ("number", "name", "establishment__name", "regency__name", "round__year")
        order = next(order for order in AwardFilter.orders if order.value == "number")
        try:
            page = listing.page_of(due, columns, order, request.GET.get("cursor", ""))
        except listing.BadCursor:
            page = listing.page_of(due, columns, order)
        context = {
            "awards": [{**row, "due": rules.reevaluation_year(row["round__year"])} for row in page.rows],
            "previous_url": page.previous and with_query(request, cursor=page.previous),
            "next_url": page.next and with_query(request, cursor=page.next),
        }
        return render(request, "ovop/due.html", context)
