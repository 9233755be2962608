"""`/cari/`: one box for whatever somebody with an account may look for; visitors search the makers."""

from urllib.parse import urlencode

from django import forms
from django.core.exceptions import BadRequest
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import View

from disperin.accounts.models import User
from disperin.registers.lists import listing
from disperin.registers.lists.addresses import record_address
from disperin.registers.record import directory, vocabulary
from disperin.search import finding
from disperin.ui.listing import with_query

LONGEST = 100  # characters of what is looked for
BY_NUMBER = listing.Order("number", gettext_lazy("Register number"), F("number"))


class SearchForm(forms.Form):
    """What is looked for, and in which register."""

    q = forms.CharField(max_length=LONGEST, required=False, label=gettext_lazy("Look for"))


@method_decorator(never_cache, name="dispatch")
class Search(View):
    """A number leads straight to its page; anything else is looked for in every register within reach."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not isinstance(request.user, User):
            query = urlencode({"q": request.GET["q"]}) if request.GET.get("q") else ""
            return redirect(f"{reverse('industries:establishment-list')}{query and '?'}{query}")
        form = SearchForm(request.GET)
        text = form.cleaned_data["q"] if form.is_valid() else ""
        if text and "daftar" in request.GET:
            return self._of_one(form, text, request.GET["daftar"], request.user)
        if text and (address := finding.address_of(text, request.user)):
            return redirect(address)
        return render(request, "search/search.html", {"form": form, "text": text, **_found(text, request.user)})

    def _of_one(self, form: SearchForm, text: str, slug: str, user: User) -> HttpResponse:
        """All that is found in one register, page by page. Raises Http404, BadRequest."""
        try:
            register = directory.get(slug)
        except directory.UnknownRegister:
            raise Http404 from None
        rows = finding.rows_of(register, text, user) if _is_enough(text) else register.model.objects.none()
        try:
            page = listing.page_of(rows, ("id",), BY_NUMBER, self.request.GET.get("cursor", ""))
        except listing.BadCursor:
            raise BadRequest(_("This place in the list is not known.")) from None
        records = {one.pk: one for one in rows.filter(pk__in=[row["id"] for row in page.rows])}
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


def _found(text: str, user: User) -> dict[str, object]:
    """The groups that a text finds; those only spelled like it where nothing else is found."""
    if not text:
        return {}
    if not _is_enough(text):
        return {"too_short": True}
    named, said = finding.by_columns(text, user), finding.by_words(text, user)
    proposed = finding.proposals(text, user)
    return {
        "named": named,
        "said": said,
        "proposed": proposed[: finding.SHOWN],
        "more_proposed": len(proposed) > finding.SHOWN,
        "alike": [] if named or said else finding.alike(text, user),
    }


def _is_enough(text: str) -> bool:
    """Whether a text holds a word that an index can look for; shorter ones would be looked for in every row."""
    return any(len(word) >= vocabulary.SHORTEST for word in text.split())
