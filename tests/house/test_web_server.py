"""The web server believes nothing that a client says of where the portal stands, and no place starts it otherwise."""

import re
import runpy

import pytest
from django.conf import settings
from gunicorn.config import Config
from gunicorn.http import RequestParser

STARTED_BY = ("Dockerfile", "docs/how-to/deploy.md", "disperin/embedded/demo.py", "disperin/setup/bench/servers.py")
ASKED = (
    b"GET /industri/ HTTP/1.1\r\nHost: portal.example\r\nSCRIPT_NAME: /industri\r\nPATH_INFO: /admin/\r\n"
    b"X-Forwarded-Proto: https\r\n\r\n"
)


@pytest.mark.parametrize("sender", [("127.0.0.1", 50_000), ("::1", 50_000), ("192.0.2.7", 50_000)], ids=str)
def test_no_header_says_where_the_portal_stands(sender):
    config = Config()
    for name, value in runpy.run_path(str(settings.BASE_DIR / "gunicorn.conf.py")).items():
        if name in config.settings:
            config.set(name, value)

    request = next(RequestParser(config, iter([ASKED]), sender))

    assert {name for name, _value in request.headers} == {"HOST", "X-FORWARDED-PROTO"}
    assert request.scheme == "http"


@pytest.mark.parametrize("place", STARTED_BY)
def test_every_place_that_starts_the_server_names_its_configuration(place):
    assert re.search(r'gunicorn"?,? "?--config', (settings.BASE_DIR / place).read_text())
