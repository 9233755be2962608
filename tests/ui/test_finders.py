"""The front-end packages that are served."""

from django.contrib.staticfiles import finders

from disperin.ui.finders import FILES, FrontEndPackages


def test_every_file_of_the_list_is_installed():
    assert FrontEndPackages().check() == []


def test_a_listed_file_is_found_at_its_address():
    assert finders.find("vendor/htmx.min.js").endswith("node_modules/htmx.org/dist/htmx.min.js")


def test_a_file_that_is_not_listed_is_not_served():
    assert FrontEndPackages().find("vendor/../bootstrap/package.json") == []
    assert FrontEndPackages().find("bootstrap/package.json") == []


def test_what_is_collected_points_to_no_source_map():
    listed = dict(FrontEndPackages().list(ignore_patterns=[]))

    assert set(listed) == set(FILES)
    for served, storage in listed.items():
        with storage.open(served) as file:
            assert b"sourceMappingURL" not in file.read()
