"""The cloth that stands in for a missing photograph."""

from xml.etree import ElementTree

from disperin.ui.motif import draw


def test_a_record_always_has_the_same_cloth():
    assert draw("IKM-6307-000123") == draw("IKM-6307-000123")


def test_every_record_has_a_cloth_of_its_own():
    cloths = {draw(f"IKM-6307-{number:06d}") for number in range(300)}

    assert len(cloths) == 300


def test_any_text_gives_a_well_formed_picture_without_the_text_in_it():
    for number in ("", "<script>", "\x00", "é" * 500, "\ud800"):
        picture = draw(number)

        assert ElementTree.fromstring(picture).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - our own drawing
        assert "script" not in picture


def test_the_picture_may_be_kept_for_a_year(client):
    answer = client.get("/motif/IKM-6307-000123.svg")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
