"""A draft of an establishment, and what the browser sends from its page."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from disperin.registers.record import directory
from disperin.submissions import actions
from tests.factories import establishment_values

ESTABLISHMENTS = "establishments"


def drafted(by, **values):
    return actions.draft(directory.get(ESTABLISHMENTS), establishment_values(**values), by=by)


def edit_url(submission):
    return reverse("submissions:edit", args=[submission.number])


def check_url(submission):
    return reverse("submissions:check", args=[submission.number])


def handed_in(client, submission, **more):
    """The answer to handing in what the page that reads a draft back shows."""
    submission.refresh_from_db()
    return client.post(check_url(submission), {"revision": submission.revision, **more})


def posted(submission, *, products=(), **changes):
    """What the browser sends from the page of a draft: every field, the rows of products, and the revision."""
    submission.refresh_from_db()
    values = {name: value for name, value in submission.values.items() if not isinstance(value, list)}
    body = {name: "" if value is None else value for name, value in values.items() if value is not False}
    body |= {"revision": submission.revision, "products-TOTAL": len(products), "documents-TOTAL": 0}
    for at, row in enumerate(products):
        body |= {f"products-{at}-{name}": value for name, value in {"active": "on", **row}.items()}
    return body | changes


def a_photo(name="kain.jpg"):
    file = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue(), content_type="image/jpeg")
