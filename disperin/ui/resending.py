"""A form that was not taken in: what was typed into it is kept on the page that says so, to be sent once more."""

from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class Kept:
    """What `_send_again.html` holds of a form: `typed` are `(name, value)`; secrets and files are only told of."""

    address: str
    typed: list[tuple[str, str]]
    had_secrets: bool
    had_files: bool


def kept_of(request: HttpRequest) -> Kept | None:
    """What was sent, without its token; None where that was nothing but secrets, which are shown on no page."""
    hidden = getattr(request, "sensitive_post_parameters", None) or ()  # names, or that all are meant
    sent = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    secrets = {name for name in sent if hidden == "__ALL__" or name in hidden or "password" in name}
    typed = [(name, value) for name, values in sent.items() if name not in secrets for value in values]
    if secrets and not typed:
        return None
    return Kept(request.get_full_path(), typed, bool(secrets), bool(request.FILES))


def was_sent_from_here(request: HttpRequest) -> bool:
    """Does the browser say that a page of the portal sent it? Only then may its values be shown with a new token."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
