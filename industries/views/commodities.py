"""What lists are narrowed by where records name commodities."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import get_language

from industries.models import Commodity


def commodities(active: Mapping[str, Any]) -> QuerySet[Commodity]:
    """The commodities with their names in the language of the reader."""
    return Commodity.objects.annotate(label=F("name_en" if get_language() == "en" else "name_id"))
