"""Pictures of a chain: where stages and boxes stand, and what is printed of them."""

import re

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from disperin.ui.flows import WIDTH, Box, Stage, flow


def stage(name, *boxes):
    return Stage(name, [Box(box, "3 pembuat", "/industri/?kbli=2020-22123") for box in boxes])


def drawn(picture):
    source = '{% flow picture "karet" "Rantai karet" "Tahap dari atas ke bawah" %}'
    return Template(source).render(Context({"picture": picture}))


def test_stages_stand_below_each_other_with_an_arrow_between_them():
    picture = flow([stage("Bahan baku", "Getah"), stage("Jadi", "Ban")])

    first, second = picture.stages
    assert (first.y, first.arrow) == (19, None)
    assert [(box.x, box.y, box.width, box.height) for box in first.boxes] == [(4, 26, 352, 62)]
    assert (second.arrow, second.y) == (88, 137)  # below the box, and past the arrow
    assert picture.height == 210


def test_boxes_of_a_stage_stand_two_by_two_and_a_single_one_is_as_wide_as_both():
    (one,) = flow([stage("Jadi", "Ban", "Sarung tangan", "Sol sepatu")]).stages

    assert [(box.x, box.width) for box in one.boxes] == [(4, 170), (186, 170), (4, 352)]
    assert one.boxes[2].y == one.boxes[0].y + one.boxes[0].height + 12


def test_a_long_name_is_wrapped_and_its_link_holds_all_of_it():
    name = "Industri Pengolahan dan Pengawetan Ikan dan Biota Air Bukan Udang dalam Kaleng Besar"

    picture = flow([stage("Jadi", name, "Ban")])

    lines = [text for _y, text in picture.stages[0].boxes[0].lines]
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert f"<title>{name}: 3 pembuat</title>" in drawn(picture)


def test_a_gap_is_marked_and_every_box_is_a_link():
    gap = Box("Ban", "celah", "#produk-1", is_gap=True)

    text = drawn(flow([Stage("Jadi", [gap, Box("Sol", "2 pembuat", "/industri/?kbli=2020-22191")])]))

    assert re.findall(r'<a class="([^"]+)" href="([^"]+)"', text) == [
        ("flow-box flow-gap", "#produk-1"),
        ("flow-box", "/industri/?kbli=2020-22191"),
    ]


def test_it_says_what_it_is_and_what_people_typed_stays_text():
    text = drawn(flow([stage("<b>Jadi</b>", "<script>")]))

    assert 'aria-labelledby="karet-judul" aria-describedby="karet-uraian"' in text
    assert '<title id="karet-judul">Rantai karet</title>' in text
    assert "<script>" not in text
    assert "<b>" not in text
    assert "style=" not in text


@pytest.mark.parametrize("stages", [[], [Stage("Kosong", [])]])
def test_a_chain_without_boxes_can_be_drawn(stages):
    assert "<svg" in drawn(flow(stages))


@given(st.lists(st.lists(st.text(max_size=60), max_size=5), max_size=4))
def test_no_two_boxes_overlap_and_all_lie_within(names):
    picture = flow([stage(str(number), *of) for number, of in enumerate(names)])

    boxes = [box for one in picture.stages for box in one.boxes]
    assert all(box.x >= 0 and box.x + box.width <= WIDTH and box.y + box.height <= picture.height for box in boxes)
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            assert other.y >= one.y + one.height or (other.y == one.y and other.x >= one.x + one.width)
