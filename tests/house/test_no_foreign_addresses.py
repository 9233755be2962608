"""Pages fetch nothing from elsewhere, and lock files name no registry's address: both work inside a closed network."""

import re

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


def addresses_in(text):
    """The addresses of other hosts in a text."""
    return [match.group() for match in ADDRESS.finditer(text) if not text.startswith(NAMES, match.start())]


def test_no_page_names_another_host():
    found = {str(path.relative_to(settings.BASE_DIR)): addresses_in(path.read_text()) for path in SHOWN}

    assert found
    assert {name: addresses for name, addresses in found.items() if addresses} == {}


def test_no_lock_file_names_a_registry():
    # packages say in their own fields where help is to be had; that fetches nothing
    named = {
        (name, line.strip())
        for name in LOCKS
        for line in (settings.BASE_DIR / name).read_text().splitlines()
        if REGISTRY.search(line) and '"url": "https' not in line
    }

    assert named == set()


def test_the_policy_lets_nothing_in_from_elsewhere():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert directives["default-src"] == ["'none'"]
    assert {source for sources in directives.values() for source in sources} <= {"'none'", "'self'", "data:"}
