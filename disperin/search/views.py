"""`/cari/`: one box for everybody; people with an account also find what stands inside, within their reach."""

from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.accounts.models import User
from disperin.accounts.requests import UserRequest
from disperin.desk.lists import PAGE_SIZE
from disperin.desk.pages import Desk
from disperin.registers.api.throttling import MemoryThrottle
from disperin.registers.lists import listing
from disperin.registers.lists.addresses import record_address
from disperin.registers.lists.caching import A_MINUTE, KeptOfAll
from disperin.registers.lists.understood import is_enough
from disperin.registers.record import directory, known_words
from disperin.search import finding, unfound
from disperin.search.looking import Found, look_for
from disperin.search.numbers import record_numbered
from disperin.search.sources import labelled
from disperin.ui.listing import with_query

LONGEST = 100  # characters of what is looked for
SUGGESTED = 8
BY_NUMBER = listing.Order("number", gettext_lazy("Register number"), F("number"))


class SearchForm(forms.Form):
    """What is looked for, and in which register."""

    q = forms.CharField(max_length=LONGEST, required=False, label=gettext_lazy("Look for"))


class UnfoundThrottle(MemoryThrottle):
    """Counts, in memory alone, what one address looked for in vain: nobody by themselves fills the list of a month."""

    scope = "unfound"


class Search(KeptOfAll):
    """A number leads straight to its page; anything else is looked for in all that is public, and within reach."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response

    def get(self, request: HttpRequest) -> HttpResponse:
        form, user = SearchForm(request.GET), request.user
        text = form.cleaned_data["q"].strip() if form.is_valid() else ""
        inside: dict[str, object] = {}
        if isinstance(user, User):
            if text and "daftar" in request.GET:
                return self._of_one(form, text, request.GET["daftar"], user)
            if text and (address := finding.address_of(text, user)):
                return redirect(address)
            inside = _found(text, user)
        if text and (named := record_numbered(text)):
            return redirect(named.url)
        results = look_for(text) if text else Found()
        context = {
            "form": form,
            "text": text,
            "results": results,
            "too_short": bool(text) and not is_enough(results.terms),
            **inside,
        }
        response = render(request, "search/search.html", context)
        if results.left_out and not user.is_authenticated:
            if UnfoundThrottle().allow_request(request, self):
                unfound.count(results.left_out)
            response["Cache-Control"] = "no-store"  # so that it is counted each time
        return response

    def _of_one(self, form: SearchForm, text: str, slug: str, user: User) -> HttpResponse:
        """All that is found in one register within reach, page by page. Raises Http404, BadRequest."""
        try:
            register = directory.get(slug)
        except directory.UnknownRegister:
            raise Http404 from None
        rows = finding.rows_of(register, text, user) if _has_a_word(text) else register.model.objects.none()
        try:
            page = listing.page_of(rows, ("id",), BY_NUMBER, self.request.GET.get("cursor", ""))
        except listing.BadCursor:
            raise BadRequest(_("This place in the list is not known.")) from None
        records = {record.pk: record for record in rows.filter(pk__in=[row["id"] for row in page.rows])}
        hits = [
            finding.Hit(record, record_address(register, getattr(record, record.named_by)))
            for record in (records[row["id"]] for row in page.rows)
        ]
        context = {
            "form": form,
            "text": text,
            "group": finding.Group(register, hits),
            "previous_url": page.previous and with_query(self.request, cursor=page.previous),
            "next_url": page.next and with_query(self.request, cursor=page.next),
        }
        return render(self.request, "search/register.html", context)


class Suggestions(KeptOfAll):
    """`/cari/saran/`: what is likeliest meant, as JSON, while somebody types; only what everybody may find."""

    max_age = A_MINUTE

    def get(self, request: HttpRequest) -> HttpResponse:
        form = SearchForm(request.GET)
        text = form.cleaned_data["q"] if form.is_valid() else ""
        results = look_for(text)
        suggestions = [
            {"title": hit.title, "kind": labelled(hit.kind), "where": hit.where or hit.note, "url": hit.url}
            for hit in sorted(results.hits, key=lambda hit: -hit.score)[:SUGGESTED]
            if not results.left_out
        ]
        return JsonResponse({"suggestions": suggestions})


def _found(text: str, user: User) -> dict[str, object]:
    """The groups that a text finds within reach; those only spelled like it where nothing else is found."""
    if not text or not _has_a_word(text):
        return {}
    named, said = finding.by_columns(text, user), finding.by_words(text, user)
    proposed = finding.proposals(text, user)
    return {
        "named": named,
        "said": said,
        "proposed": proposed[: finding.SHOWN],
        "more_proposed": len(proposed) > finding.SHOWN,
        "alike": [] if named or said else finding.alike(text, user),
    }


def _has_a_word(text: str) -> bool:
    """Whether a text holds a word that an index can look for; shorter ones would be looked for in every row."""
    return any(len(word) >= known_words.SHORTEST for word in text.split())


class NotFoundList(Desk):
    """`/cari/tidak-ditemukan/`: words that visitors looked for in vain, by month, so that their meaning can be kept."""

    def get(self, request: UserRequest) -> HttpResponse:
        page = Paginator(unfound.often(), PAGE_SIZE).get_page(request.GET.get("page"))
        return render(request, "search/unfound.html", {"page": page, "least": unfound.LEAST})
