"""What the tests of hiding share: hiding something, and reading what a visitor is answered everywhere."""

from django.test import Client
from django.urls import reverse

from disperin.registers.models import FacetCount
from disperin.registers.record import directory, rollup
from disperin.submissions import actions

SLUG = "establishments"
WHY = "Permintaan pemilik."


def hide(record, path="", *, by, slug=SLUG):
    return actions.hide(directory.get(slug), record, path, reason=WHY, by=by)


def emptied(draft, **values):
    """What a person takes out of a draft in which it stands."""
    return actions.revise(draft, values, by=draft.proposed_by)


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def counts():
    return {(one.register, one.facet, one.value): one.number for one in FacetCount.objects.filter(number__gt=0)}


def recounted():
    for one in directory.all_registers():
        rollup.recount(one.slug, one.model)
    return counts()


def public_answers(record):
    """Every place where visitors may read of a maker and of what names it, by its address."""
    visitor = Client()
    lists = ("industries:establishment", "industries:cluster", "ovop:award", "zones:partnership", "zones:zone")
    pages = [reverse(f"{name}-list") for name in lists]
    pages += [reverse(f"{name}-{drawn}") for name in lists for drawn in ("map", "map-picture")]
    pages += [reverse(f"{name}-list") for name in ("establishment", "product", "award", "partnership", "zone")]
    pages += [reverse("halalcertification-list"), reverse("greencertification-list"), "/", "/hilirisasi/"]
    pages += [
        reverse("downloads:list", kwargs={"slug": slug, "kind": kind})
        for slug in ("establishments", "awards", "halal", "partnerships", "zones")
        for kind in ("csv", "geojson")
    ]
    pages += [reverse("industries:establishment-list") + "?q=tersembunyi"]
    pages += [reverse("industries:establishment-detail", args=[record.number])]
    pages += [reverse("establishment-detail", args=[record.number])]
    return {page: text_of(visitor.get(page)) for page in pages}


def status_of(address):
    """What a visitor is answered; a file is read to its end."""
    response = Client().get(address)
    response.getvalue()
    return response.status_code


def text_of(response):
    return (response.getvalue() if response.streaming else response.content).decode()


def holding(answers, text):
    return [page for page, told in answers.items() if text in told]
