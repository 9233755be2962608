"""What people with an account do with closes: close, correct, see what has changed since, take the papers along."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import F, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.accounts.requests import UserRequest
from disperin.closes.actions import correct_figure, why_not_correct
from disperin.closes.forms import CloseForm, CorrectionForm
from disperin.closes.jobs import order_close
from disperin.closes.models import WHOLE_GROUPS, Close, CloseFigure
from disperin.closes.paper import file_name
from disperin.closes.tables import Stored
from disperin.closes.views import CloseList, close_of
from disperin.desk.pages import Desk
from disperin.desk.refusals import NotNow, Refused
from disperin.figures.inside import attached
from disperin.figures.recap import recap_file
from disperin.figures.reported import REPORTED_BY
from disperin.figures.sums import WHOLE, Sums, dimension_named
from disperin.regions.reach import reaches_regency
from disperin.registers.dated.quarters import Quarter
from disperin.registers.lists import listing
from disperin.registers.lists.addresses import record_address
from disperin.registers.record import directory
from disperin.registers.record.versions import events_of
from disperin.registers.values.columns import column
from disperin.ui.formats import moment
from disperin.ui.listing import with_query
from disperin.workbooks.files.sheets import XLSX
from industries.models import Establishment
from industries.rules import Sector

COUNTED = 1000  # beyond it a count says "1.000+"
BY_NUMBER = listing.Order("number", "", F("number"))
LOOKED_AT = (
    "regency", "branch", "sector", "kbli", "industry_scale", "business_scale", "statistical_scale", "commodities",
    "nib", "workers_male", "workers_female", "investment", "land_building_value", "capital", "annual_sales",
    "closed_on", "hidden",
)  # fmt: skip


class CloseQuarter(Desk):
    """`/penutupan/tutup/`: POST closes the quarter that the page named."""

    http_method_names = ["post", "options"]

    def post(self, request: UserRequest) -> HttpResponse:
        if not request.user.can_close:
            raise Refused(_("Only verifiers of the province close a quarter."))
        form = CloseForm(request.POST)
        quarter = Quarter.last_over(timezone.localdate())
        if request.POST.get("quarter") != quarter.key:
            raise NotNow(_("This page is old: another quarter has ended since. Open the page of the closes again."))
        if form.is_valid():
            try:
                order_close(quarter, by=request.user, note=form.cleaned_data["note"])
            except ValidationError as refused:
                form.add_error("note", refused.message_dict.get("note", []))
            else:
                messages.success(request, _("%(quarter)s is being closed.") % {"quarter": quarter.title})
                return redirect("closes:list")
        page = CloseList()
        page.setup(request)
        return render(request, CloseList.template_name, page.get_context_data(form=form), status=400)


class OfClose(Desk):
    """A page of a close that its address names, for whoever sees all of the province."""

    def close(self, key: str) -> Close:
        """The close; officers are refused, since its figures are of every regency."""
        quarter_close = close_of(key)
        if not self.request.user.sees_all:
            raise Refused(_("This shows the inside of every regency; your reach is one."))
        return quarter_close


class Paper(OfClose):
    """`/penutupan/<key>/laporan.pdf`: the paper as it was set when the quarter was closed."""

    def get(self, request: UserRequest, key: str) -> HttpResponse:
        close = self.close(key)
        named = {"Content-Disposition": f'inline; filename="{file_name(close.period)}"'}
        return HttpResponse(bytes(close.paper.pdf), content_type="application/pdf", headers=named)


class Recap(Desk):
    """`/penutupan/<key>/rekap.xlsx`: the recap by regency as it was; an officer's has the own regency alone."""

    def get(self, request: UserRequest, key: str) -> HttpResponse:
        close = close_of(key)
        stored = Stored.of(close, inside=True)
        names = {code: close.label("regency", code) for code in close.told["labels"]["regency"]}
        groups = stored.sums("regency")
        total = stored.sums(WHOLE)[""]
        if not request.user.sees_all:
            own = str(request.user.regency_id)
            names = {own: names.get(own, own)}
            total = groups.get(own, Sums({}, {}))
        about = [
            (_("Title"), _("Recap of small industries by regency and city")),
            (_("Period"), close.period.title),
            (_("Closed on"), moment(close.closed_at)),
            ("SHA-256", close.seal),
            (_("Source"), _("The quarter close of the portal, never changed; corrections stand on its page.")),
            (_("Not in it"), _("What the register does not hold: production value, raw materials, export value.")),
        ]
        written = recap_file(names, groups, total, about)
        return HttpResponse(written, content_type=XLSX, headers=attached(f"rekap-ikm-{close.period.key}.xlsx"))


class Correct(OfClose):
    """`/penutupan/<key>/koreksi/<figure>/`: what is right of a figure, and why; for verifiers."""

    def get(self, request: UserRequest, key: str, pk: int) -> HttpResponse:
        return self._page(self._figure(key, pk), CorrectionForm())

    def post(self, request: UserRequest, key: str, pk: int) -> HttpResponse:
        figure, form = self._figure(key, pk), CorrectionForm(request.POST)
        if form.is_valid():
            try:
                correct_figure(figure, by=request.user, **form.cleaned_data)
            except ValidationError as refused:
                form.add_error(None, refused)
            else:
                messages.success(request, _("The correction stands beside the figure."))
                return redirect("closes:close", key)
        return self._page(figure, form, status=400)

    def _figure(self, key: str, pk: int) -> CloseFigure:
        if refusal := why_not_correct(self.request.user):
            raise Refused(refusal)
        return get_object_or_404(self.close(key).figures.select_related("close"), pk=pk)

    def _page(self, figure: CloseFigure, form: CorrectionForm, status: int = 200) -> HttpResponse:
        return render(self.request, "closes/correct.html", {"figure": figure, "form": form}, status=status)


class Figures(OfClose):
    """`/penutupan/<key>/angka/<dimension>/`: every figure of a way of grouping, each to be corrected."""

    def get(self, request: UserRequest, key: str, dimension: str) -> HttpResponse:
        close = self.close(key)
        if dimension not in (*WHOLE_GROUPS, *close.told["labels"]):
            raise Http404(_("There is no such figure."))
        kept = close.figures.filter(dimension=dimension).order_by("id")
        for figure in kept:
            figure.close = close
        titles = WHOLE_GROUPS | {by.name: by.title for by in REPORTED_BY}
        title = titles.get(dimension) or dimension_named(dimension).title
        context = {"close": close, "figures": kept, "title": title, "may_correct": not why_not_correct(request.user)}
        return render(request, "closes/figures.html", context)


class ChangedSince(Desk):
    """`/penutupan/<key>/berubah/`: the establishments within reach that have changed since, then and now."""

    def get(self, request: UserRequest, key: str) -> HttpResponse:
        close = close_of(key)
        mark = close.told["last_event"]
        newer = events_of(Establishment).objects.filter(pgh_id__gt=mark)
        keys = newer.values("pgh_obj_id")
        then = events_of(Establishment).objects.filter(pgh_id__lte=mark, sector=Sector.INDUSTRY, pgh_obj_id__in=keys)
        counted = Q(sector=Sector.INDUSTRY) | Q(pk__in=then.values("pgh_obj_id"))  # services never were
        reached = Establishment.objects.within_reach(request.user).filter(counted)
        changed = reached.filter(pk__in=keys)
        try:
            page = listing.page_of(changed, ("id", "number", "name"), BY_NUMBER, request.GET.get("cursor", ""))
        except listing.BadCursor:
            raise BadRequest(_("This place in the list is not known.")) from None
        context: dict[str, Any] = {
            "close": close,
            "rows": _then_and_now(page.rows, mark, request.user),
            "total": changed.order_by()[: COUNTED + 1].count(),
            "previous_url": page.previous and with_query(request, cursor=page.previous),
            "next_url": page.next and with_query(request, cursor=page.next),
        }
        return render(request, "closes/changed.html", context)


def _then_and_now(rows: list[dict[str, Any]], mark: int, reader: User) -> list[dict[str, Any]]:
    """Each record with what of it differs in what the figures read: `(field, then, now)`; `is_new` was not there.

    Reach goes by the day that is read (docs/decisions/0042): of one that lay elsewhere then (`lay_elsewhere`), what it
    held is not told.
    """
    records = Establishment.objects.select_related("regency", "kbli").in_bulk([row["id"] for row in rows])
    versions = events_of(Establishment).objects.filter(pgh_obj_id__in=records, pgh_id__lte=mark)
    then = {version.pgh_obj_id: version for version in versions.select_related("regency", "kbli").order_by("pgh_id")}
    register, compared = directory.get("establishments"), []
    for row in rows:
        record, old = records[row["id"]], then.get(row["id"])
        seen = old if old and reaches_regency(reader, old.regency_id) else None
        moved = [_pair(name, seen, record) for name in LOOKED_AT if seen and _value(seen, name) != _value(record, name)]
        change = {"moved": moved, "is_new": old is None, "lay_elsewhere": old is not None and seen is None}
        compared.append(row | change | {"url": record_address(register, row["number"])})
    return compared


def _value(record: Any, name: str) -> Any:
    return getattr(record, column(Establishment, name).attname)


def _pair(name: str, then: Any, now: Any) -> tuple[Any, str, str]:
    field = Establishment._meta.get_field(name)
    return getattr(field, "verbose_name", name), _in_words(field, then), _in_words(field, now)


def _in_words(field: Any, record: Any) -> str:
    value = getattr(record, field.name)
    if isinstance(value, list):
        return ", ".join(value)
    return str(dict(field.flatchoices or ()).get(value, value)) if value is not None else ""
