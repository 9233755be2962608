"""Line charts: where things stand in the drawing, and what is printed of them."""

import re
from datetime import date, timedelta

import pytest
from django.template import Context, Template
from django.utils.translation import override

from disperin.ui.charts import Series, line_chart

JANUARY, MARCH = date(2026, 1, 31), date(2026, 3, 31)
MONTHS = [JANUARY, date(2026, 2, 28), MARCH]


def drawn(chart, title="Kurva", language="id"):
    with override(language):
        source = '{% line_chart chart "kurva" title "Uraian" %}'
        return Template(source).render(Context({"chart": chart, "title": title}))


def test_values_stand_over_their_days_and_days_at_their_date():
    chart = line_chart(MONTHS, [Series("planned", "Rencana", [0, 50, 100])], highest=100)

    # 596 units from 88 to 684: 28 of the 59 days are 282.8 of them; 240 units from 276 up to 36
    assert chart.lines[0].stretches == ["88.0,276.0 370.8,156.0 684.0,36.0"]
    assert [(mark.value, mark.at) for mark in chart.days] == [
        (MONTHS[0], "88.0"),
        (MONTHS[1], "370.8"),
        (MONTHS[2], "684.0"),
    ]
    assert [(mark.value, mark.at) for mark in chart.levels] == [(0, "276.0"), (50, "156.0"), (100, "36.0")]


def test_what_is_not_known_yet_is_not_drawn():
    chart = line_chart(MONTHS, [Series("actual", "Realisasi", [0, 50, None], has_dots=True)], highest=100)

    assert chart.lines[0].stretches == ["88.0,276.0 370.8,156.0"]
    assert chart.lines[0].dots == [("88.0", "276.0"), ("370.8", "156.0")]


def test_a_gap_interrupts_the_line_and_a_lone_value_is_a_dot():
    line = line_chart(MONTHS, [Series("actual", "Realisasi", [0, None, 100])], highest=100).lines[0]

    assert line.stretches == ["88.0,276.0", "684.0,36.0"]
    assert len(line.dots) == 2


@pytest.mark.parametrize(
    ("today", "at", "is_left"),
    [
        (JANUARY, "88.0", True),
        (MARCH, "684.0", False),
        (JANUARY - timedelta(days=1), "", True),
        (MARCH + timedelta(days=1), "", True),
        (None, "", True),
    ],
)
def test_today_is_shown_where_it_lies_within(today, at, is_left):
    chart = line_chart(MONTHS, [], today=today)

    assert (chart.today, chart.is_today_left) == (at, is_left)


@pytest.mark.parametrize(
    ("most", "levels"), [(0, [0, 1]), (1, [0, 1]), (2, [0, 1, 2]), (3, [0, 2, 4]), (5, [0, 5, 10]), (21, [0, 20, 40])]
)
def test_a_scale_without_a_top_ends_at_a_round_number(most, levels):
    chart = line_chart(MONTHS, [Series("actual", "Jumlah", [0, most, 0])])

    assert [mark.value for mark in chart.levels] == levels


@pytest.mark.parametrize(("months", "named"), [(1, 1), (2, 2), (6, 6), (7, 4), (12, 6), (24, 6), (25, 5), (120, 6)])
def test_no_more_than_six_days_are_named_and_always_the_last(months, named):
    days = [date(2020 + (at // 12), at % 12 + 1, 1) - timedelta(days=1) for at in range(months)]

    chart = line_chart(days, [])

    assert len(chart.days) == named
    assert chart.days[-1].value == days[-1]


@pytest.mark.parametrize("days", [[], [JANUARY]])
def test_a_chart_of_nothing_or_of_one_day_can_be_drawn(days):
    text = drawn(line_chart(days, [Series("actual", "Realisasi", [1 for _day in days])]))

    assert "<svg" in text


def test_the_drawing_says_what_it_is_and_names_its_lines():
    lines = [Series("planned", "Rencana", [0, 50, 100]), Series("actual", "Realisasi", [0, 40, None], has_dots=True)]

    text = drawn(line_chart(MONTHS, lines, highest=100, today=MONTHS[1], unit="%"), title='<script>"x"</script>')

    assert 'role="img" aria-labelledby="kurva-judul kurva-uraian"' in text
    assert '<title id="kurva-judul">&lt;script&gt;' in text
    assert '<desc id="kurva-uraian">Uraian</desc>' in text
    assert re.findall(r"</svg> (\w+)\s*</li>", text) == ["Rencana", "Realisasi"]
    assert "hari ini" in text
    assert "50 %" in text


@pytest.mark.parametrize("language", ["id", "en"])
def test_places_are_written_with_a_dot_in_every_language_and_without_styles_of_their_own(language):
    text = drawn(line_chart(MONTHS, [Series("planned", "Rencana", [0.5, 1.5, 2])], today=MARCH), language=language)

    assert re.findall(r'(?:x|x1|x2|y|y1|y2|cx|cy)="[\d.]*,[^"]*"', text) == []
    assert "style=" not in text
