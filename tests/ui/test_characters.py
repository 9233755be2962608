"""The one rule for characters: what is refused, what is taken out, and what stays as it was typed."""

import pytest
from django.core.exceptions import ValidationError
from django.forms import Textarea

from disperin.ui import characters
from disperin.ui.forms import PlainText

REFUSED = "\x00\x07\x1b\x7f\x9f\u202a\u202e\u2066\u2069\ufff9\uffff"
UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\xad\u061c\u180e\U000e0041"
BLANK = "\u3164\u115f\u1160\uffa0\u2800\xa0\u2003\u202f\u3000\ufe0f"


def test_controls_and_signs_of_direction_are_refused_by_their_name():
    for sign in REFUSED:
        assert f"U+{ord(sign):04X}" in characters.refusal(f"Tenun {sign}Haruyan")
    for text in ("Tenun\tHaruyan", "dua\r\nbaris", "é 中 🏭 مح", *UNSEEN, *BLANK):
        assert characters.refusal(text) == ""


def test_a_line_is_what_readers_see():
    for sign in UNSEEN:
        assert characters.line(f"Te{sign}nun{sign} {sign} Haruyan{sign}") == "Tenun Haruyan"
    for space in ("  ", "\xa0", "\u2003", "\n", "\t", "\u2028", " \u3164 "):
        assert characters.line(f"{space}Tenun{space}Haruyan{space}") == "Tenun Haruyan"
    assert characters.line("Kue ❤\ufe0f 🏭") == "Kue ❤\ufe0f 🏭"


def test_what_shows_nothing_is_nothing():
    for sign in UNSEEN + BLANK:
        assert characters.line(f" {sign}{sign}") == ""
        assert characters.lines(f" {sign}\n{sign}") == ""


def test_lines_keep_their_breaks_and_their_spaces():
    assert characters.lines(" satu\u200b  dua\r\n\ttiga\xa0empat\u2028lima\x0b") == "satu  dua\r\n\ttiga empat\nlima"


def test_a_field_of_plain_text_cleans_and_refuses():
    assert PlainText().clean(" Siti\xa0\u200bAminah ") == "Siti Aminah"
    assert PlainText(widget=Textarea).clean("satu\n dua\u200b") == "satu\n dua"
    for text in ("\u3164", "\u200b", "Siti\u202eAminah"):
        with pytest.raises(ValidationError):
            PlainText().clean(text)
