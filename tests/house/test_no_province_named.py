"""The code serves any province: what belongs to one stands in its folder, and nothing else names it."""

from django.conf import settings

from tests.province.words import named_in

FOLDERS = ("disperin", "industries", "ovop", "zones", "templates", "static", "locale")
OF_THE_WHOLE = (
    "pyproject.toml", "package.json", "package-lock.json", "requirements.txt", "requirements-dev.txt",
    "requirements-node.txt", "Makefile", "Dockerfile", "compose.yaml", ".env.example", "eslint.config.js",
    "gunicorn.conf.py", "manage.py",
)  # fmt: skip
KINDS = {".py", ".html", ".txt", ".css", ".js", ".svg", ".typ", ".po"}


def test_no_code_and_no_template_names_the_province():
    files = [
        path
        for folder in FOLDERS
        for path in sorted((settings.BASE_DIR / folder).rglob("*"))
        if path.suffix in KINDS and "migrations" not in path.parts
    ]
    files += [settings.BASE_DIR / name for name in OF_THE_WHOLE]

    found = {str(path.relative_to(settings.BASE_DIR)): named_in(path.read_text(), settings.PROVINCE) for path in files}

    assert len(files) > 400
    assert {name: words for name, words in found.items() if words} == {}
