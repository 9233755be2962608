"""What is printed from the sample says so: nobody may take an invented figure for one of the office."""

from django.conf import settings
from django.utils.translation import gettext as _


def sample_mark() -> str:
    """What stands above papers of sample data and in workbooks of it; "" where the data is the office's own."""
    return _("SAMPLE – not official data") if settings.DEMO else ""
