"""What every page frame needs to know; no database."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

X_DEFAULT = "x-default"  # as `hreflang` calls the address for all other languages: it is the Indonesian one


def in_language(path: str, language: str | None) -> str:
    """The same path in another language: English stands under /en/, Indonesian at the root."""
    bare = path[3:] if path == "/en" or path.startswith(("/en/", "/en?")) else path
    bare = "/" + bare.lstrip("/")  # "//elsewhere" would lead to another host
    return f"/en{bare}" if language == "en" else bare


def portal(request: HttpRequest) -> dict[str, Any]:
    """The province, the language switch and whether the data is a sample.

    `alternates` are (language, absolute address without query) pairs for `hreflang`, the last one for whoever reads
    neither; `canonical` is the one of this page. `route` is the path as the list of addresses has it, with
    `<str:number>` in place of a record's number.
    """
    match = request.resolver_match
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    other = "id" if language == "en" else "en"
    codes = [*(code for code, _name in settings.LANGUAGES), X_DEFAULT]
    return {
        "province": settings.PROVINCE,
        "sample_data": settings.DEMO,
        "language": language,
        "route": f"/{match.route}" if match else "",
        "other_language": other,
        "other_language_url": in_language(request.get_full_path(), other),
        "alternates": [(code, request.build_absolute_uri(in_language(request.path, code))) for code in codes],
        "canonical": request.build_absolute_uri(request.path),
    }
