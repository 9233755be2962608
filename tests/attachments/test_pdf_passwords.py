"""Papers that nobody can open are refused; those that are only protected against changes are not."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from pypdf import PdfWriter

from disperin.attachments.pdf_passwords import needs_password
from disperin.attachments.rules import check_document

WAYS = ("RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256")


def a_pdf(way=None, *, user="", owner="pemilik"):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if way:
        writer.encrypt(user, owner, algorithm=way)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def test_a_pdf_with_a_password_is_refused():
    for way in WAYS:
        content = a_pdf(way, user="rahasia")
        assert needs_password(content), way
        with pytest.raises(ValidationError) as refused:
            check_document(content)
        assert refused.value.code == "password"


def test_a_pdf_that_anybody_may_read_but_not_change_is_accepted():
    for way in WAYS:
        assert not needs_password(a_pdf(way)), way
        check_document(a_pdf(way))


def test_a_pdf_without_protection_is_accepted_even_if_it_speaks_of_it():
    assert not needs_password(a_pdf())
    assert not needs_password(a_pdf() + b"(/Encrypt this) %%EOF")


def test_a_protection_that_is_not_known_or_broken_counts_as_a_password():
    for trailer in (
        b"/Encrypt 9 0 R",
        b"/Encrypt << /Filter /Lain /R 9 >>",
        b"/Encrypt << >>",
        b"/Encrypt << /R 3 /U ( >>",
    ):
        assert needs_password(b"%PDF-1.7\n" + trailer + b"\n%%EOF"), trailer
