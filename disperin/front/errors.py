"""The pages of refusals: what happened, and what to do next. None of them asks the database for data."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token

from disperin.ui.resending import typed_into, was_sent_from_here


@requires_csrf_token
def bad_request(request, exception=None):
    """400: an address or form that cannot be read."""
    return render(request, "400.html", status=400)


@requires_csrf_token
def not_allowed(request, exception=None):
    """403: seen, but not allowed. The refusal's own words are shown, for they say what to do."""
    told = str(exception) if exception is not None else ""
    return render(request, "403.html", {"exception": told}, status=403)


@requires_csrf_token
def not_found(request, exception=None):
    """404: nothing here, or nothing that this visitor may know of."""
    return render(request, "404.html", status=404)


@requires_csrf_token
def failed(request):
    """500: our fault. The page needs neither session nor database."""
    return render(request, "500.html", status=500)


@never_cache
def csrf_failure(request, reason=""):
    """A form that was sent from an old or foreign page; what was typed into an old page of ours can be sent again.

    The header tells scripts from a refusal of what was asked.
    """
    typed = typed_into(request) if was_sent_from_here(request) else []
    context = {"typed": typed, "address": request.get_full_path(), "sent_files": bool(typed and request.FILES)}
    response = render(request, "403_csrf.html", context, status=403)
    response["Portal-Form"] = "expired"
    return response
