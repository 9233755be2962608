"""How files leave the portal: private ones past the question whose reach includes them, public pictures for ever."""

from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from disperin.attachments import photos
from disperin.attachments.models import Attachment
from disperin.attachments.rights import may_read

NOTHING_RUNS = "sandbox; default-src 'none'; frame-ancestors 'none'"


def _answer(attachment: Attachment, width: int) -> FileResponse:
    path = attachment.path_of(width) if attachment.is_photo else attachment.path_of()
    try:
        file = default_storage.open(path)
    except FileNotFoundError:
        raise Http404 from None
    # A document is a download: under the sandbox browsers would show an empty page instead of it.
    response = FileResponse(
        file,
        as_attachment=not attachment.is_photo,
        filename=attachment.name,
        content_type=attachment.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = NOTHING_RUNS
    return response


@require_safe
def file(request: HttpRequest, pk: UUID) -> FileResponse:
    """`/berkas/<uuid>/`: any file, for those who read it inside, and for everybody once it is published.

    Whoever may not see it gets the same 404 as for a file that does not exist. `?width=` takes 480, 960 or 2048.
    """
    attachment = get_object_or_404(Attachment, pk=pk)
    if not may_read(request.user, attachment):
        raise Http404
    width = request.GET.get("width", str(photos.LARGEST))
    if width not in map(str, photos.WIDTHS):
        raise Http404
    response = _answer(attachment, int(width))
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def photo(request: HttpRequest, content_hash: str, pk: UUID, width: int) -> FileResponse:
    """`/foto/<hash>/<uuid>-<width>.webp`: a published picture, at an address that changes with it."""
    attachment = get_object_or_404(Attachment, pk=pk, published_at__isnull=False, content_type=photos.PHOTO_TYPE)
    if content_hash != attachment.short_hash or width not in photos.WIDTHS:
        raise Http404
    response = _answer(attachment, width)
    response["Cache-Control"] = "private, max-age=31536000, immutable"  # no proxy hands out what was taken down
    return response
