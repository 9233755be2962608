"""Pages fetch nothing from elsewhere, and lock files name no registry's address: both work inside a closed network."""

import re

import pytest
from django.conf import settings

ADDRESS = re.compile(r"""(?:https?:)?//(?!\{|/)[\w-]+(?:\.[\w-]+)+""")
# Names, not addresses that a browser would fetch: XML namespaces, and the licence notes of what ships.
NAMES = ("http://www.w3.org/", "https://www.w3.org/", "http://example.", "https://example.")
SHOWN = [
    path
    for folder in ("templates", "static")
    for path in sorted((settings.BASE_DIR / folder).rglob("*"))
    if path.suffix in {".html", ".css", ".js", ".svg"}
]
LOCKS = [
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-node.txt",
    "package-lock.json",
    "package.json",
    ".npmrc",
]
REGISTRY = re.compile(r"https?://\S*|--(?:extra-)?index-url|files\.pythonhosted|registry\.", re.IGNORECASE)


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_a_page_names_no_other_host(path):
    found = [
        match.group()
        for match in ADDRESS.finditer(path.read_text())
        if not path.read_text()[match.start() :].startswith(NAMES)
    ]

    assert found == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_no_registry(name):
    path = settings.BASE_DIR / name
    lines = path.read_text().splitlines()

    # packages say in their own fields where help is to be had; that fetches nothing
    named = [line.strip() for line in lines if REGISTRY.search(line) and '"url": "https' not in line]

    assert named == []


def test_the_policy_lets_nothing_in_from_elsewhere():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert directives["default-src"] == ["'none'"]
    assert {source for sources in directives.values() for source in sources} <= {"'none'", "'self'", "data:"}
