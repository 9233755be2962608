"""What is pasted into a box arrives whole: the portal says what is too long, where a browser would cut it in silence.

The pages of the portal itself are looked at by `test_rights.py`.
"""

import pytest
from django import forms
from django.contrib import admin
from django.urls import reverse

from disperin.ui.controls import control
from tests.house.test_templates import LINES


def test_no_template_gives_a_box_a_length():
    assert [place for place, line in LINES if "maxlength" in line.lower()] == []


def test_no_form_gives_a_box_a_length():
    class Form(forms.Form):
        line, text = forms.CharField(max_length=5), forms.CharField(max_length=5, widget=forms.Textarea)
        secret = forms.CharField(max_length=5, widget=forms.PasswordInput)

    form = Form({"line": "abcdef", "text": "abc", "secret": "abc"})

    assert "maxlength" not in form.as_p() + "".join(map(control, form))
    assert form.errors["line"] == ["Teks ini 6 karakter; paling banyak 5 karakter. Persingkat."]


@pytest.mark.django_db
def test_a_search_that_is_too_long_is_told_and_stays_in_its_box(client):
    answer = client.get("/industri/", {"q": "kain " * 21})

    text = " ".join(answer.content.decode().split())
    assert (answer.status_code, f'value="{("kain " * 21).strip()}"' in text) == (200, True)
    assert "Teks ini 104 karakter; paling banyak 100 karakter." in text.partition("Cari: “kain kain")[2][:400]


@pytest.mark.thorough
@pytest.mark.django_db
def test_neither_sign_in_nor_administration_gives_a_box_a_length(administrator, signed_in, client):
    inside = signed_in(administrator)
    pages = [(client, reverse(name)) for name in ("account_login", "account_reset_password")]
    pages += [(inside, reverse("account_change_password"))]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages += [(inside, reverse(f"{name}_{page}")) for page in ("add", "changelist")]

    told = {path: who.get(path).content for who, path in pages}

    assert [path for path, content in told.items() if b"maxlength" in content] == []
    assert sum(b'type="text"' in content for content in told.values()) > 10
