"""How scripts and style are kept for serving."""

import re
import shutil

from django.conf import settings

from disperin.ui.static_files import HashedFiles

IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\b\s*\(?\s*["']([^"']+)["']""")
HASHED = re.compile(r"\.[0-9a-f]{12}\.js$")


def test_scripts_import_each_other_under_names_with_the_hash_of_their_content(tmp_path):
    shutil.copytree(settings.BASE_DIR / "static" / "js", tmp_path / "js")
    kept = HashedFiles(location=tmp_path, base_url="/static/")
    scripts = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.js"))

    done = list(kept.post_process({name: (kept, name) for name in scripts}))

    assert [told for told in done if isinstance(told[2], Exception)] == []
    imported = [
        (path.parent / name).resolve() for path in tmp_path.rglob("*.js") for name in IMPORTED.findall(path.read_text())
    ]
    assert imported
    assert [path for path in imported if not HASHED.search(path.name) or not path.is_file()] == []
