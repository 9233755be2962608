"""A form that was not taken in: what was typed into it is kept on the page that says so, to be sent once more."""

from django.http import HttpRequest


def typed_into(request: HttpRequest) -> list[tuple[str, str]]:
    """`[(name, value)]` of a posted form, without its token and files; empty where it holds a password."""
    posted = request.POST
    if getattr(request, "sensitive_post_parameters", None) or any("password" in name for name in posted):
        return []
    return [(name, value) for name, values in posted.lists() if name != "csrfmiddlewaretoken" for value in values]


def was_sent_from_here(request: HttpRequest) -> bool:
    """Does the browser say that a page of the portal sent it? Only then may its values be shown with a new token."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
