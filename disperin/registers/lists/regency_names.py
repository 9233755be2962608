"""How regencies are named in addresses: by their name without its kind, with it where two share the name."""

from collections import Counter

from django.http import Http404
from django.urls import reverse
from django.utils.text import slugify

from disperin.maps.boundary import short_name
from disperin.regions.models import Regency
from disperin.registers.record import reference


def slugs() -> dict[str, str]:
    """The name in addresses of each regency, by its code."""
    return reference.made("names of regencies in addresses", _made)


def _made() -> dict[str, str]:
    names = {regency.code: regency.name for regency in reference.Tables().table(Regency).values()}
    short = {code: slugify(short_name(name)) for code, name in names.items()}
    shared = Counter(short.values())
    return {code: slug if shared[slug] == 1 else slugify(names[code]) for code, slug in short.items()}


def regency_address(code: str) -> str:
    """The page of a regency, in the language now active; the code leads there too."""
    return reverse("regency_pages:regency", args=[slugs().get(code, code)])


def code_named(text: str) -> str:
    """The code of the regency that an address names, by its slug or its code, with or without its full stop; or 404."""
    for code, slug in slugs().items():
        if text in (slug, code, code.replace(".", "")):
            return code
    raise Http404
