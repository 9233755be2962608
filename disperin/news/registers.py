"""The register of this app."""

from disperin.news.forms import NewsForm
from disperin.registers.record import directory

directory.register("news", NewsForm)
