"""The text for WhatsApp: of bounded length, whatever there is to say, with every part and every link whole."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disperin.head import text
from disperin.head.late import Late, Share, Standing
from disperin.head.moved import Moved, Movement, Part, last_monday

DAY = datetime.date(2026, 11, 30)


def a_row(number, name="Tonggak kawasan", desk="Pengelola kawasan", since=None):
    shares = [Share("63.07", "Hulu Sungai Tengah", number, "/tenggat/?regency=63.07")]
    url = f"/tenggat/?kind={number}&state=overdue"
    return Late(f"k{number}", name, "flag", number, url, since, shares, [], desk, DAY)


def a_report(late=(), moved=()):
    return text.Report(DAY, Standing(list(late), [], []), Movement(last_monday(DAY), list(moved)), [])


def a_move(name, number):
    return Moved(name, number, number, "/industri/", number, [Part("Data baru", number, 1, "/usulan/")])


def test_it_says_what_is_late_where_with_whom_and_since_when_with_whole_links(settings):
    settings.PUBLIC_ORIGIN = "https://portal.example.go.id"
    report = a_report([a_row(7, since=datetime.date(2026, 11, 12))], [a_move("IKM", 12)])

    assert (
        text.text_of(report)
        == """*Keadaan 30 November 2026: 7 terlambat, dalam 1 urusan*

*Terlambat*
• 7 Tonggak kawasan, Hulu Sungai Tengah 7, pada Pengelola kawasan, sejak 12 November 2026
https://portal.example.go.id/tenggat/?kind=7&state=overdue

*Bergerak sejak 23 November 2026*
• IKM: +12 (12 Data baru)

Selengkapnya: https://portal.example.go.id/pimpinan/"""
    )


@given(
    st.lists(
        st.tuples(st.integers(1, 10**6), st.text(st.characters(categories=["L", "Zs"]), max_size=80)), max_size=30
    ),
    st.lists(st.text(st.characters(categories=["L"]), min_size=1, max_size=80), max_size=3),
)
def test_it_is_never_too_long_and_counts_what_it_leaves_out(rows, moves):
    report = a_report([a_row(number, name) for number, name in rows], [a_move(name, 1) for name in moves])

    told = text.text_of(report)

    assert len(told) <= text.LONGEST
    assert told.endswith("/pimpinan/")
    links = [line for line in told.splitlines() if line.startswith("http")]
    assert all(line.endswith("&state=overdue") for line in links)  # none is cut
    left = len(rows) - len(links)
    assert left == 0 or f"… dan {left} lagi" in told


@pytest.mark.parametrize(("change", "told"), [(1200, "+1.200"), (0, "0"), (-3, "−3")])
def test_a_change_has_its_sign(change, told):
    assert text.signed(change) == told
