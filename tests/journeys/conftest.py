"""A photograph for those who propose without a browser."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


@pytest.fixture
def photo():
    """A JPEG as a telephone sends it."""
    written = BytesIO()
    Image.linear_gradient("L").resize((1200, 900)).save(written, "JPEG")
    return SimpleUploadedFile("sasirangan.jpg", written.getvalue(), content_type="image/jpeg")
