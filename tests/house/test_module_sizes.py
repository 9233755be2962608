"""A module that is read in one sitting: at most 400 lines."""

from django.conf import settings

MOST_LINES = 400
FOLDERS = ("disperin", "industries", "ovop", "zones")


def test_no_module_is_too_long_to_be_read_at_once():
    sizes = {
        str(path.relative_to(settings.BASE_DIR)): len(path.read_text().splitlines())
        for folder in FOLDERS
        for path in (settings.BASE_DIR / folder).rglob("*.py")
        if "migrations" not in path.parts
    }

    assert {name: lines for name, lines in sizes.items() if lines > MOST_LINES} == {}


def test_no_module_is_a_junk_drawer():
    forbidden = {
        "utils",
        "util",
        "helpers",
        "common",
        "misc",
        "base",
        "core",
        "services",
        "managers",
        "mixins",
        "signals",
    }
    names = {
        str(path.relative_to(settings.BASE_DIR))
        for folder in FOLDERS
        for path in (settings.BASE_DIR / folder).rglob("*")
        if (path.suffix == ".py" and path.stem in forbidden) or (path.is_dir() and path.name in forbidden)
    }

    assert names == set()
