"""What is drawn once: nothing of one reader stays for another, and what people typed stays text."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.safestring import mark_safe
from django.utils.translation import override


def test_a_part_is_drawn_once_for_each_language():
    template = Template('{% drawn_once %}{% translate "Search" %}{% enddrawn_once %}')

    texts = []
    for language in ("id", "en", "id"):
        with override(language):
            texts.append(template.render(Context()))

    assert texts == ["Cari", "Search", "Cari"]


def test_a_part_sees_nothing_that_it_was_not_given():
    template = Template("{% drawn_once place=place %}{{ place }} {{ user }}{% enddrawn_once %}")

    first = template.render(Context({"place": "wide", "user": "Galuh"}))
    other = template.render(Context({"place": "narrow", "user": "Utuh"}))

    assert (first, other) == ("wide ", "narrow ")


def test_a_part_given_ever_other_values_is_still_drawn_right(monkeypatch):
    monkeypatch.setattr("disperin.ui.drawing.MOST_KEPT", 2)
    template = Template("{% drawn_once at=at %}{{ at }}{% enddrawn_once %}")

    assert [template.render(Context({"at": at})) for at in "abcabc"] == [*"abcabc"]


def test_each_row_fills_the_piece_and_is_escaped_whatever_its_mark():
    rows = [{"name": "<b>Kain</b>", "note": 1}, {"name": mark_safe('"Anyaman"'), "note": None}]  # noqa: S308

    text = Template("{% each rows %}<li>{name}: {note}</li>{% endeach %}").render(Context({"rows": rows}))

    assert text == "<li>&lt;b&gt;Kain&lt;/b&gt;: 1</li><li>&quot;Anyaman&quot;: None</li>"


def test_a_row_that_lacks_what_the_piece_names_is_an_error():
    with pytest.raises(KeyError, match="name"):
        Template("{% each rows %}{name}{% endeach %}").render(Context({"rows": [{}]}))


def test_each_must_be_told_the_rows():
    with pytest.raises(TemplateSyntaxError, match="name the rows"):
        Template("{% each %}{name}{% endeach %}")
