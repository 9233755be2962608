"""Each app names its own verbs of the history: none is written without a name, none is named and never written."""

import re

import pytest
from django.apps import apps
from django.conf import settings

from disperin.history import deeds
from disperin.history.models import Entry, record

FOLDERS = ("disperin", "industries", "ovop", "zones")


def test_a_verb_without_a_name_is_not_written(officer):
    with pytest.raises(deeds.UnnamedDeed):
        record("dance", officer, by=officer)

    assert not Entry.objects.filter(verb="dance").exists()


def test_a_verb_has_one_name():
    with pytest.raises(ValueError, match="draft"):
        deeds.name({"draft": ("Once more", "pencil", "")})


def test_every_name_is_of_a_verb_that_some_code_writes():
    texts = [
        path.read_text()
        for folder in FOLDERS
        for path in (settings.BASE_DIR / folder).rglob("*.py")
        if path.name not in ("deeds.py", "__init__.py") and "migrations" not in path.parts
    ]

    assert [verb for verb in deeds.named() if not any(f'"{verb}"' in text for text in texts)] == []


def test_every_app_whose_verbs_write_the_history_names_some():
    ours = [app for app in apps.get_app_configs() if app.name.split(".")[0] in FOLDERS]
    writing = {
        app.name
        for app in ours
        for path in (settings.BASE_DIR / app.name.replace(".", "/")).rglob("*.py")
        if re.search(r"^from disperin\.history\.models import record", path.read_text(), re.MULTILINE)
    }

    assert writing
    assert [
        name for name in sorted(writing) if not (settings.BASE_DIR / name.replace(".", "/") / "deeds.py").exists()
    ] == []
