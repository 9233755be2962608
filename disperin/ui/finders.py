"""Which files of the front-end packages are served, and under what address: an explicit list, nothing by accident.

Beside them what is written for the portal: the part of Bootstrap that it needs, the files in the province's colours.
"""

import re
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage

from disperin.ui import colours
from disperin.ui.needed_styles import needed_of

NODE_MODULES = Path(__file__).resolve().parent.parent.parent / "node_modules"

# address below STATIC_URL: file below node_modules
FILES = {
    "vendor/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "vendor/leaflet/leaflet.css": "leaflet/dist/leaflet.css",
    "vendor/leaflet/leaflet.js": "leaflet/dist/leaflet.js",
    "vendor/leaflet/images/layers.png": "leaflet/dist/images/layers.png",
    "vendor/leaflet/images/layers-2x.png": "leaflet/dist/images/layers-2x.png",
    "vendor/leaflet/images/marker-icon.png": "leaflet/dist/images/marker-icon.png",
    "vendor/leaflet/images/marker-icon-2x.png": "leaflet/dist/images/marker-icon-2x.png",
    "vendor/leaflet/images/marker-shadow.png": "leaflet/dist/images/marker-shadow.png",
    "vendor/geoman/LICENSE": "@geoman-io/leaflet-geoman-free/LICENSE",
    "vendor/geoman/leaflet-geoman.min.js": "@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.min.js",
    "vendor/markercluster/MarkerCluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
    "vendor/markercluster/MarkerCluster.Default.css": "leaflet.markercluster/dist/MarkerCluster.Default.css",
    "vendor/markercluster/leaflet.markercluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
}
BOOTSTRAP = "bootstrap/dist/css/bootstrap.min.css"  # of which `needed_styles` is served


SOURCE_MAP = re.compile(rb"\n(//|/\*)# sourceMappingURL=[^\n]*\s*$")


class PackageStorage(FileSystemStorage):
    """Files of the list, opened by their served address, without the pointer to a source map that is not served."""

    def path(self, name: str) -> str:
        """Return the file behind a served address of the list; KeyError for any other."""
        return str(NODE_MODULES / FILES[Path(name).as_posix()])

    def _open(self, name: str, mode: str = "rb") -> File:
        file = super()._open(name, mode)  # type: ignore[misc]  # the stubs leave it out
        if Path(name).suffix not in {".css", ".js"}:
            return file
        with file:
            return ContentFile(SOURCE_MAP.sub(b"\n", file.read()), name=name)


class FrontEndPackages(BaseFinder):
    """Staticfiles finder over `FILES`."""

    def __init__(self, app_names: Iterable[str] | None = None, *args: Any, **kwargs: Any) -> None:
        self.storage = PackageStorage(location=NODE_MODULES)
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Name the files that are not installed: a page without its style is found before it is served."""
        return [
            Error(f"{file} is missing from node_modules.", hint="Run `npm ci --ignore-scripts`.", id="ui.E001")
            for file in (BOOTSTRAP, *FILES.values())
            if not (NODE_MODULES / file).is_file()
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the file served at `path` (a list of it with `find_all`), or an empty list."""
        served = Path(path).as_posix()
        if served not in FILES or not (NODE_MODULES / FILES[served]).is_file():
            return []
        file = str(NODE_MODULES / FILES[served])
        return [file] if find_all or kwargs.get("all") else file

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Yield every served address with the storage that opens it."""
        for served in FILES:
            yield served, self.storage


class WrittenFiles(BaseFinder):
    """Staticfiles finder over `texts`, which are written down where they are asked for."""

    folder: str  # below VAR

    def __init__(self, app_names: Iterable[str] | None = None, *args: Any, **kwargs: Any) -> None:
        self.location = settings.VAR / self.folder
        self.storage = FileSystemStorage(location=self.location)
        super().__init__(*args, **kwargs)

    def texts(self) -> dict[str, str]:
        """What is served, by its address."""
        raise NotImplementedError

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Nothing can be wrong."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the file served at `path` (a list of it with `find_all`), or an empty list."""
        served = Path(path)
        if served.as_posix() not in self._written():
            return []
        file = str(self.location / served)
        return [file] if find_all or kwargs.get("all") else file

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Yield every served address with the storage that opens it."""
        for served in self._written():
            yield served, self.storage

    def _written(self) -> dict[str, str]:
        """The served addresses; each file stands there as it is to be now."""
        files = self.texts()
        for served, text in files.items():
            path = self.location / served
            if not path.exists() or path.read_text() != text:
                path.parent.mkdir(parents=True, exist_ok=True)
                with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="utf-8", delete=False) as unfinished:
                    unfinished.write(text)  # whoever asks at the same time writes the same into a file of their own
                Path(unfinished.name).chmod(0o644)
                Path(unfinished.name).replace(path)
        return files


class NeededStyles(WrittenFiles):
    """The part of Bootstrap that pages use; nothing before it is installed."""

    folder = "needed-styles"

    def texts(self) -> dict[str, str]:
        """As of every finder of what is written."""
        return _needed_styles()


class ProvinceFiles(WrittenFiles):
    """`disperin.ui.colours.files`: what is drawn in the colours of the province."""

    def __init__(self, app_names: Iterable[str] | None = None, *args: Any, **kwargs: Any) -> None:
        self.folder = f"province-files/{settings.PROVINCE.code}"
        super().__init__(app_names, *args, **kwargs)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Name the colours of the province that cannot be read on each other."""
        hint = "Change one of the two in province.toml."
        return [Error(fault, hint=hint, id="ui.E002") for fault in colours.faults(settings.PROVINCE)]

    def texts(self) -> dict[str, str]:
        """As of every finder of what is written."""
        return {f"province/{name}": text for name, text in colours.files(settings.PROVINCE).items()}


@cache
def _needed_styles() -> dict[str, str]:
    source = NODE_MODULES / BOOTSTRAP
    return {"vendor/bootstrap.min.css": needed_of(source.read_text())} if source.is_file() else {}
