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
        b"/Encrypt << /R 3 /Length 4 /U <00> /O <00> /P -4 >>",
        b"/Encrypt << /R 3 /Length -8 /U <00> /O <00> /P -4 >>",
        b"/Encrypt << /R 3 /Length 999999999999 /U <00> /O <00> /P -4 >>",
        rb"/Encrypt << /R 3 /U (\8\9\777\07) /O (\8) /P -4 >>",
        rb"/ID [(\9)(\8)] /Encrypt << /R 2 /U (\8) /O <0> /P - >>",
    ):
        assert needs_password(b"%PDF-1.7\n" + trailer + b"\n%%EOF"), trailer


def test_what_is_begun_a_million_times_and_never_ended_costs_no_more_than_its_bytes():
    """Each beginning is looked at over as many bytes as an identity may have, not to the end of the file."""
    for begun in (b"/ID[<", b"/ID[(", b"/ID [ <00", b"/ID[(\\"):
        assert needs_password(b"%PDF-1.7\n" + begun * 200_000 + b"/Encrypt << /R 3 /U () %%EOF"), begun
