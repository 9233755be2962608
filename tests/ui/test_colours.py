"""What is drawn in the colours of a province: files to be served, and colours that can be read on each other."""

import dataclasses
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from disperin import province
from disperin.ui import colours
from disperin.ui.finders import ProvinceFiles

PROVINCES = [*(settings.BASE_DIR / "data" / "province").iterdir(), Path(__file__).parents[1] / "province" / "99"]


def test_the_contrast_of_two_colours_is_that_of_wcag():
    assert round(colours.contrast("#000000", "#ffffff"), 2) == 21
    assert round(colours.contrast("#ffffff", "#767676"), 2) == 4.54


def test_the_grounds_that_colours_are_read_on_are_those_of_the_style_sheet():
    light, dark = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text().split('[data-bs-theme="dark"]', 1)

    for theme, sheet in (("light", light), ("dark", dark)):
        named = {
            value.replace("#fff;", "#ffffff;") for value in re.findall(r"--(?:ground|surface|sunken): (.*)", sheet)
        }
        assert named == {f"{ground};" for ground in colours.GROUNDS[theme]}


def test_every_province_can_be_read_in_both_themes():
    assert len(PROVINCES) > 1
    assert {folder.name: colours.faults(province.read(folder)) for folder in PROVINCES} == {
        folder.name: [] for folder in PROVINCES
    }


def test_colours_that_cannot_be_read_are_named_before_the_portal_is_served(settings):
    light = {**settings.PROVINCE.colours["light"], "link": "#aaaaaa"}
    both = {**settings.PROVINCE.colours, "light": light}
    settings.PROVINCE = dataclasses.replace(settings.PROVINCE, colours=both)

    told = [str(one.msg) for one in ProvinceFiles().check()]

    assert "light: link on #ffffff has a contrast of 2.32, less than 4.5." in told


def test_the_style_sheet_says_every_colour_in_both_themes():
    sheet = Path(finders.find("province/colours.css")).read_text()

    for theme in settings.PROVINCE.colours.values():
        for name, colour in theme.items():
            assert f"--{name.replace('_', '-')}: {colour};" in sheet


def test_a_province_may_bring_its_own_mark(tmp_path, settings):
    (tmp_path / "img").mkdir()
    (tmp_path / "img" / "mark.svg").write_text("<svg/>")
    own = dataclasses.replace(settings.PROVINCE, folder=tmp_path)

    files = colours.files(own)

    assert files["mark.svg"] == "<svg/>"
    assert files["band.svg"] == colours.files(settings.PROVINCE)["band.svg"]


def test_a_file_that_is_changed_is_served_anew(tmp_path, settings):
    settings.VAR = tmp_path
    served = ProvinceFiles()
    mark = Path(served.find("province/mark.svg"))
    whole = mark.read_text()
    mark.write_text("older")

    assert Path(served.find("province/mark.svg")).read_text() == whole
    assert served.find("province/../province.toml") == []
    assert dict(served.list([])).keys() == {f"province/{name}" for name in colours.files(settings.PROVINCE)}
