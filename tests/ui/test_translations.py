"""Finding what the code asks for in its languages, without system tools."""

import polib
import pytest

from disperin.ui import translations

TEMPLATE = """{% translate "Home" %} {% translate "Map" context "verb" %} {{ _("Foo (bar)") }}
{% card title=_("Card") %}{% blocktranslate trimmed count n=number %}
  {{ n }} maker
{% plural %}
  {{ n }} makers
{% endblocktranslate %}{% endcard %}{# _("a remark") #}"""
CODE = """from django.utils.translation import gettext as _, ngettext, pgettext
_("Save")
_("one text "
  "in two pieces")
ngettext("%(n)d row", "%(n)d rows", 2) % {"n": 2}
pgettext("verb", "Return")
_(variable)
print("not asked for")
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with one template, one module and an Indonesian catalogue that knows one text."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    (tmp_path / "disperin").mkdir()
    (tmp_path / "disperin" / "views.py").write_text(CODE)
    catalogue = tmp_path / "locale" / "id" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Save"\nmsgstr "Simpan"\n'
    )
    monkeypatch.setattr(translations, "PROJECT", tmp_path)
    monkeypatch.setattr(translations, "LOCALE", tmp_path / "locale")
    return catalogue


def test_texts_are_found_in_code_and_templates(project):
    found = {(message.context, message.text, message.plural) for message in translations.used().values()}

    assert found == {
        (None, "Save", None),
        (None, "one text in two pieces", None),
        (None, "%(n)d row", "%(n)d rows"),
        ("verb", "Return", None),
        (None, "Home", None),
        ("verb", "Map", None),
        (None, "Foo (bar)", None),
        (None, "Card", None),
        (None, "%(n)s maker", "%(n)s makers"),
    }


def test_what_is_not_translated_is_named_with_its_place(project):
    faults = translations.faults()

    assert "templates/page.html: no id translation for 'Home'" in faults
    assert not [fault for fault in faults if "'Save'" in fault]


def test_a_translation_that_loses_a_placeholder_is_named(project):
    with project.open("a") as file:
        file.write('\nmsgid "%(a)s of %(b)s"\nmsgstr "%(a)s dari %(c)s"\n')

    assert "id: '%(a)s of %(b)s' and its translation differ in their placeholders" in translations.faults()


def test_an_update_adds_what_is_missing_and_keeps_what_is_there(project):
    added = translations.update()

    known = {entry.msgid: entry.msgstr for entry in polib.pofile(str(project))}
    assert added == 8
    assert known["Save"] == "Simpan"
    assert known["Home"] == ""
    assert translations.update() == 0


def test_an_update_removes_what_nobody_asks_for_but_for_what_a_package_asks(project):
    with project.open("a") as file:
        file.write('\nmsgid "Gone"\nmsgstr "Hilang"\n\n#. django_tasks\nmsgid "Ready"\nmsgstr "Siap"\n')

    translations.update()

    known = {entry.msgid for entry in polib.pofile(str(project))}
    assert ("Gone" in known, "Ready" in known) == (False, True)


def test_an_update_names_the_place_of_a_text_that_moved(project):
    project.write_text(project.read_text().replace('msgid "Save"', '#. disperin/old.py\nmsgid "Save"'))
    assert "id: 'Save' is not asked for in disperin/old.py" in translations.faults()

    translations.update()

    places = {entry.msgid: entry.comment for entry in polib.pofile(str(project))}
    assert (places["Save"], places["Home"]) == ("disperin/views.py", "templates/page.html")


def test_compiling_writes_only_what_changed(project):
    assert translations.compile_all() == 1
    assert translations.compile_all() == 0
    assert project.with_suffix(".mo").exists()
