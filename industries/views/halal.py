"""The halal work list: which products need a certificate, where, and who sees to it. Inside the office only."""

import datetime
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet, Value
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disperin.accounts.models import User
from disperin.accounts.requests import UserRequest
from disperin.desk.lists import DEEPEST, page_number
from disperin.desk.pages import Desk
from disperin.desk.refusals import add_refused
from disperin.notices.actions import mark_read_about
from disperin.regions.models import District, Regency
from disperin.registers.values.columns import column
from disperin.tasks.actions import end_task
from disperin.tasks.forms import AssignForm
from disperin.ui import formats
from disperin.ui.forms import choices_of
from disperin.ui.listing import Chip, with_query
from industries import actions, rules
from industries.forms.work import WorkForm
from industries.models import (
    Establishment,
    HalalDuty,
    HalalSpan,
    HalalTask,
    Product,
    halal_counts,
    halal_path,
    halal_statuses,
    judged_classes,
)
from industries.models.halal_span import HalalSpanQuerySet
from industries.rules.halal import HalalStatus

PAGE_SIZE = 25
RUN = ("regency", "district", "establishment", "product")  # the order within a class, as its index has it
PAST = "past"  # of counts: products past the deadline, in process or not
KEYS = (*rules.HalalState.values, PAST)
TONES = {
    "exempt": "danger", "certified": "success", "in_process": "info", "overdue": "danger", "unknown": "warning",
}  # fmt: skip


class HalalWork(Desk):
    """`/halal/`: tiles, then places, then the products with reason; tick some and hand them to somebody."""

    def get(self, request: UserRequest) -> HttpResponse:
        if request.GET.get("task") == "mine":
            mark_read_about(request.user, HalalTask.own_path())
        return self._page(request)

    def post(self, request: UserRequest) -> HttpResponse:
        """Assign the ticked products, or end one task; then back to the list as it was."""
        if "end" in request.POST:
            return self._end(request)
        form = AssignForm(request.POST, by=request.user)
        if form.is_valid():
            products = actions.reachable_products(request.user, _keys(request.POST.getlist("products")))
            try:
                tasks = actions.assign(products, by=request.user, **form.cleaned_data)
            except ValidationError as refused:
                add_refused(form, refused)
            else:
                values = {"number": len(tasks), "who": form.cleaned_data["to"]}
                text = ngettext(
                    "%(number)d product assigned to %(who)s.", "%(number)d products assigned to %(who)s.", len(tasks)
                )
                messages.success(request, text % values)
                return redirect(request.get_full_path())
        return self._page(request, assign=form, status=400)

    def _end(self, request: UserRequest) -> HttpResponse:
        text = request.POST["end"]
        key = int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
        task = get_object_or_404(HalalTask.objects.within_reach(request.user), pk=key)
        end_task(task, by=request.user)
        messages.success(request, _("Taken off the list of %(who)s.") % {"who": task.assigned_to})
        return redirect(request.get_full_path())

    def _page(self, request: UserRequest, *, assign: AssignForm | None = None, status: int = 200) -> HttpResponse:
        asked = WorkForm(request.GET, by=request.user)
        if not asked.is_valid():
            return render(request, "industries/halal_work.html", {"filter": asked, "problems": asked}, status=400)
        narrowed = asked.cleaned_data
        on = narrowed["on"] or timezone.localdate()
        regency = narrowed.get("regency") or request.user.regency
        district, duties = narrowed.get("district"), list(HalalDuty.objects.all())
        judged = judged_classes(on, duties)
        counted = _counted(request.user, narrowed, on, by="district" if regency else "regency")
        counts, classes = _summed(counted, judged), _chosen(counted, judged, narrowed)
        total, page = sum(classes.values()), page_number(request)
        rows = _rows(_products(_spans(request.user, narrowed).on(on), classes, page), on, duties)
        places = District.objects.filter(regency=regency) if regency else Regency.objects.all()
        totals = {key: sum(of_place[key] for of_place in counts.values()) for key in KEYS}
        context = {
            "filter": asked,
            "on": on,
            "is_today": on == timezone.localdate(),
            "regency": regency,
            "district": district,
            "tiles": list(_tiles(request, totals)),
            "places": [] if district else list(_places(request, places, counts, "district" if regency else "regency")),
            "rows": rows,
            "total": total,
            "chips": list(_chips(request, asked)),
            "message": _message(request, rows, on, district or regency),
            "assign": assign or AssignForm(by=request.user, regency=regency.pk if regency else None),
            "to_check": [rules.name_missing(fact) for fact in rules.CHECKED_BY_HAND],
            "may_assign": request.user.can_propose,
            "ticked": set(request.POST.getlist("products")),
            "previous_url": with_query(request, page=page - 1 if page > 2 else None) if page > 1 else "",
            "next_url": with_query(request, page=page + 1) if page * PAGE_SIZE < total and page < DEEPEST else "",
        }
        return render(request, "industries/halal_work.html", context, status=status)


def _spans(user: User, narrowed: Mapping[str, Any]) -> HalalSpanQuerySet:
    """The spans of the products that the list may hold, on whatever day."""
    spans = HalalSpan.objects.within_reach(user).filter(**_where(narrowed))
    if maker := narrowed["maker"]:
        spans = spans.filter(regency=maker.regency_id, establishment=maker)
    tasks = HalalTask.objects.filter(ended_on=None)
    if narrowed["task"] == "mine":
        return spans.filter(product__in=tasks.filter(assigned_to=user).values("product"))
    if narrowed["task"] == "some":
        return spans.filter(product__in=tasks.values("product"))
    return spans.exclude(product__in=tasks.values("product")) if narrowed["task"] == "none" else spans


def _where(narrowed: Mapping[str, Any]) -> dict[str, Any]:
    """The place, as both tables name it."""
    return {name: narrowed[name] for name in ("regency", "district") if narrowed.get(name)}


def _counted(user: User, narrowed: Mapping[str, Any], on: datetime.date, by: str) -> Counter[tuple[str, ...]]:
    """`Counter({(place, cover, category, scale): products})` of what the list may hold on a day."""
    if narrowed["maker"] or narrowed["task"] in ("mine", "some"):  # these are few
        return _spans(user, narrowed).counted(on, by)
    (counted,) = halal_counts([on], by=by, user=user, **_where(narrowed))
    if narrowed["task"] == "none":
        counted -= _spans(user, {**narrowed, "task": "some"}).counted(on, by)
    return counted


def _summed(counted: Counter[tuple[str, ...]], judged: Mapping[Any, Any]) -> dict[str, dict[str, int]]:
    """`{place: {state or "past": number}}`."""
    sums: dict[str, dict[str, int]] = {}
    for (place, *of), number in counted.items():
        state, overdue_days = judged[tuple(of)]
        of_place = sums.setdefault(place, dict.fromkeys(KEYS, 0))
        for key in (state, PAST) if overdue_days else (state,):
            of_place[key] += number
    return sums


def _tiles(request: HttpRequest, totals: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """One tile for what is past the deadline, one for each state; each leads to exactly the products it counts."""
    yield {
        "number": totals[PAST], "label": _("Past the deadline"), "icon": "exclamation-triangle", "tone": "danger",
        "url": with_query(request, past="on", state=None) + "#produk", "note": _("in process or not"),
    }  # fmt: skip
    for state in rules.HalalState:
        url = with_query(request, state=state.value, past=None) + "#produk"
        note = _("not in process") if state == rules.HalalState.OVERDUE else ""
        yield {"number": totals[state], "label": state.label, "tone": TONES.get(state, ""), "url": url, "note": note}


def _places(
    request: HttpRequest, places: QuerySet[Any], counts: Mapping[str, Mapping[str, int]], parameter: str
) -> Iterator[dict[str, Any]]:
    none = dict.fromkeys(KEYS, 0)
    for place in places.order_by("code"):
        if parameter == "district" and place.pk not in counts:
            continue  # most districts make nothing that is judged
        yield {"name": place.name, "url": with_query(request, **{parameter: place.pk}), **counts.get(place.pk, none)}


def _chosen(
    counted: Counter[tuple[str, ...]], judged: Mapping[Any, Any], narrowed: Mapping[str, Any]
) -> dict[tuple[str, str, str], int]:
    """`{class: number}` of what the filter leaves, the longest overdue first: the list goes through them in turn."""
    classes: Counter[tuple[str, str, str]] = Counter()
    for (_place, cover, category, scale), number in counted.items():
        state, overdue_days = judged[cover, category, scale]
        if narrowed["state"] in ("", state) and (overdue_days or not narrowed["past"]):
            classes[cover, category, scale] += number
    return dict(sorted(classes.items(), key=lambda item: (-judged[item[0]][1], item[0])))


def _products(spans: HalalSpanQuerySet, classes: Mapping[tuple[str, str, str], int], page: int) -> list[Product]:
    """The products of one page. As the numbers are known, only the classes that it lies in are looked into."""
    skip, wanted = (page - 1) * PAGE_SIZE, PAGE_SIZE
    parts: list[Any] = []
    for (cover, category, scale), number in classes.items():
        if wanted and skip < number:
            run = spans.filter(cover=cover, category=category, scale=scale).annotate(turn=Value(len(parts)))
            parts.append(run.order_by(*RUN).values_list("turn", *RUN)[skip : skip + wanted])
            wanted -= min(wanted, number - skip)
        skip = max(0, skip - number)
    keys = [row[-1] for row in sorted(parts[0].union(*parts[1:], all=True))] if parts else []
    products = Product.objects.select_related("establishment__district", "establishment__regency").in_bulk(keys)
    return [products[key] for key in keys if key in products]


def _rows(products: Sequence[Product], on: datetime.date, duties: Sequence[HalalDuty]) -> list[dict[str, Any]]:
    """The products of a page, each with status, path and task."""
    statuses = halal_statuses(products, on, duties=duties)
    tasks = HalalTask.objects.filter(product__in=products, ended_on=None).select_related("assigned_to")
    task_of = {task.product_id: task for task in tasks}
    # asked of each row, Django would look at all of these words
    categories = dict(column(Product, "halal_category").flatchoices)
    scales = dict(column(Establishment, "business_scale").flatchoices)
    return [
        {
            "product": product,
            "maker": product.establishment,
            "status": statuses[product.pk],
            "label": rules.HalalState(statuses[product.pk].state).label,
            "tone": TONES.get(statuses[product.pk].state, "neutral"),
            "reason": rules.explain_halal(statuses[product.pk]),
            "path": _path(product, statuses[product.pk]),
            "task": task_of.get(product.pk),
            "category": categories.get(product.halal_category, ""),
            "scale": scales.get(product.establishment.business_scale, product.establishment.business_scale),
        }
        for product in products
    ]


def _path(product: Product, status: HalalStatus) -> dict[str, Any] | None:
    """The scheme that fits, in words, with what is missing; None where there is no duty, or a certificate already."""
    path = halal_path(product, status)
    if path is None or status.state == rules.HalalState.CERTIFIED:
        return None
    return {
        "scheme": rules.HalalScheme(path.scheme).label if path.scheme else _("Not known yet"),
        "missing": [rules.name_missing(fact) for fact in path.missing],
    }


def _message(request: HttpRequest, rows: Sequence[dict[str, Any]], on: datetime.date, place: Model | None) -> str:
    """The products of this page as a text for WhatsApp, with names: for the office, never for the public."""
    if not rows:
        return ""
    lines = [_("*Halal certification: %(place)s*") % {"place": place or settings.PROVINCE}]
    lines.append(_("As of %(day)s") % {"day": formats.day(on)})
    for number, row in enumerate(rows, start=1):
        status = row["status"]
        late = ngettext("%(shown)s day past the due day", "%(shown)s days past the due day", status.overdue_days)
        lateness = late % {"shown": formats.number(status.overdue_days)} if status.overdue_days else ""
        state = ", ".join(filter(None, [str(row["label"]), lateness]))
        lines.append(f"{number}. {row['product'].name} – {row['maker'].name} ({row['maker'].district.name}): {state}")
        if task := row["task"]:
            task_line = _("With %(who)s, to be done by %(day)s") % {
                "who": task.assigned_to,
                "day": formats.day(task.due_on),
            }
            lines.append(f"   {task_line}")
    lines.append(request.build_absolute_uri(with_query(request, on=on.isoformat(), page=request.GET.get("page"))))
    return "\n".join(lines)


def _chips(request: HttpRequest, form: Form) -> Iterator[Chip]:
    for name, value in form.cleaned_data.items():
        if not value:
            continue
        field = form.fields[name]
        if isinstance(value, datetime.date):
            words = formats.day(value)
        elif value is True:
            words = _("Yes")
        else:
            words = choices_of(field).get(value, value) if isinstance(value, str) else str(value)
        drops = dict.fromkeys((name, "district") if name == "regency" else (name,))
        yield {"label": field.label, "value": words, "url": with_query(request, **drops)}


def _keys(texts: Sequence[str]) -> list[UUID]:
    """Those texts that can be keys of products."""
    keys = []
    for text in texts[:PAGE_SIZE]:
        with suppress(ValueError):
            keys.append(uuid.UUID(text))
    return keys
