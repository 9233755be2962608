"""The register of this app."""

from django.utils.translation import gettext_lazy as _

from disperin.news.forms import NewsForm
from disperin.registers.record import directory

directory.register(
    "news",
    NewsForm,
    about=_("A piece of news of the office, or a call to take part in something until a day."),
)
