"""Real files for these tests: photographs with a place in them, papers, bombs and mongrels."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from disperin.accounts.models import Role, User
from disperin.attachments import actions
from disperin.regions.models import Regency

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def make_picture():
    """The bytes of a picture; with EXIF: turned by 90 degrees, taken in Barabai."""

    def make(kind="JPEG", size=(1200, 800), mode="RGB", colour="green", with_place=False):
        image = Image.new(mode, size, colour)
        exif = Image.Exif()
        if with_place:
            exif[0x0112] = 6  # orientation: to be turned by 90 degrees to the right
            exif[0x010F] = "Kamera Rahasia"
            exif.get_ifd(0x8825).update({1: "S", 2: (2.0, 35.0, 0.0), 3: "E", 4: (115.0, 23.0, 0.0)})
        written = BytesIO()
        image.save(written, kind, **({"exif": exif} if with_place else {}))
        return written.getvalue()

    return make


@pytest.fixture
def make_bomb():
    """A PNG of a few hundred bytes that says it has `width` times `height` pixels."""

    def make(width, height):
        def chunk(name, content):
            return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

        header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
        lines = zlib.compress(b"\x00" * (width // 8 + 1) * 64)
        return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")

    return make


@pytest.fixture
def as_upload():
    def make(content, name="IMG_0001.JPG"):
        return SimpleUploadedFile(name, content, content_type="application/x-whatever-the-browser-says")

    return make


def _regency(code, name):
    return Regency.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "kind": Regency.Kind.KABUPATEN,
            "capital": "Kota",
            "area_km2": "1000",
            "population": 250_000,
            "latitude": "-2.6",
            "longitude": "115.4",
        },
    )[0]


@pytest.fixture
def here(db):
    return _regency("63.07", "Hulu Sungai Tengah")


@pytest.fixture
def there(db):
    return _regency("63.05", "Tapin")


@pytest.fixture
def officer(here):
    return User.objects.create_user("petugas", full_name="Petugas", role=Role.OFFICER, regency=here)


@pytest.fixture
def stranger(there):
    return User.objects.create_user("petugas.lain", full_name="Petugas Lain", role=Role.OFFICER, regency=there)


@pytest.fixture
def verifier(db):
    return User.objects.create_user("verifikator", full_name="Verifikator", role=Role.VERIFIER)


@pytest.fixture
def head(db):
    return User.objects.create_user("kadis", full_name="Kepala Dinas", role=Role.HEAD)


@pytest.fixture
def photo(officer, here, make_picture, as_upload):
    return actions.upload(as_upload(make_picture()), kind="photo", regency=here, by=officer)


@pytest.fixture
def document(officer, here, as_upload):
    return actions.upload(as_upload(PDF, "NIB usaha.pdf"), kind="document", regency=here, by=officer)
