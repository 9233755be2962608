"""Every icon a page asks for is in the sprite, and every component has its example in the gallery."""

import re
from pathlib import Path

from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
SPRITE = (Path(settings.BASE_DIR) / "static" / "img" / "icons.svg").read_text(encoding="utf-8")
SILENT = {"nav_link", "map_assets", "map_styles"}  # drawn by the frames, or nothing to see


def test_every_icon_that_a_template_names_is_in_the_sprite():
    known = set(re.findall(r'<symbol id="([^"]+)"', SPRITE))
    named = set()

    for page in TEMPLATES.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        named |= set(re.findall(r'{% icon "([^"]+)"', text)) | set(re.findall(r'\bicon="([^"]+)"', text))

    assert named - known == set()


def test_every_component_has_an_example():
    gallery = (TEMPLATES / "front" / "components.html").read_text(encoding="utf-8")
    components = {page.stem for page in (TEMPLATES / "components").glob("[!_]*.html")} - SILENT - {"field"}

    assert {name for name in components if f"{{% {name} " not in gallery and f"{{% {name} %}}" not in gallery} == set()
