"""Whatever the code says in English it also says in Indonesian."""

import re

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


# What was looked for and not found may be there all the same.
RULE = {
    "en": r"(\w+ ){0,2}(rules?|regulations?|laws?|provisions?|standards?|legal basis)\b",
    "id": r"(\w+ ){0,2}(aturan|peraturan|ketentuan|regulasi|standar|dasar hukum|pasal)\b",
}
NO_RULE = {
    "en": rf"\b((there (is|are|exists?)|has|have|knows?) no {RULE['en']}"
    rf"|no {RULE['en']}.{{0,20}}\b(exists?|says?|sets?)\b"
    r"|(no|neither|nor|none|not) ([\w]+ ){0,6}(is|are|was|were|been) (set|in force|laid down)\b|no end date)",
    "id": rf"\b(tidak|belum|tak) (ada|terdapat|memiliki) {RULE['id']}|\b(tidak|belum|tak) (diatur|mengatur)\b"
    r"|\b(tenggat|bobot|syarat|butir|wajib \w+|masa berlaku)\b[^.]*\b(tidak|belum) ditetapkan\b"
    r"|\b(tidak|belum) ada (\w+ ){1,3}yang berlaku\b|\btanpa batas waktu\b",
}


def test_no_text_says_that_there_is_no_rule(catalogue):
    texts = {"en": [], "id": []}
    for entry in catalogue:
        texts["en"] += [entry.msgid, entry.msgid_plural]
        texts["id"] += [entry.msgstr, *entry.msgstr_plural.values()]
    found = [text for language, told in texts.items() for text in told if re.search(NO_RULE[language], text, re.I)]

    assert found == []
    assert re.search(NO_RULE["en"], "there is no regulation that sets it")
    assert re.search(NO_RULE["en"], "no due day is set for this quarter")
    assert re.search(NO_RULE["id"], "belum ada ketentuan yang menetapkannya")
    assert re.search(NO_RULE["id"], "tenggat triwulan ini belum ditetapkan")


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
