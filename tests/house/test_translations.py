"""Whatever the code says in English it also says in Indonesian."""

import polib
import pytest
from django.conf import settings

from disperin.ui import translations

CATALOGUE = settings.BASE_DIR / "locale" / "id" / "LC_MESSAGES" / "django.po"


@pytest.fixture(scope="module")
def catalogue():
    """The Indonesian catalogue."""
    return polib.pofile(str(CATALOGUE))


def test_every_text_is_translated_with_its_placeholders():
    assert translations.faults() == []


def test_no_translation_is_a_guess(catalogue):
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


def test_no_text_stands_twice(catalogue):
    keys = [(entry.msgctxt, entry.msgid) for entry in catalogue]

    assert len(keys) == len(set(keys))


def test_texts_begin_and_end_alike(catalogue):
    differing = [
        entry.msgid
        for entry in catalogue
        if entry.msgstr
        and (entry.msgid.endswith("\n") != entry.msgstr.endswith("\n") or entry.msgstr != entry.msgstr.strip(" "))
    ]

    assert differing == []


def test_indonesian_has_one_form_for_every_number(catalogue):
    assert [entry.msgid for entry in catalogue if entry.msgid_plural and list(entry.msgstr_plural) != [0]] == []
