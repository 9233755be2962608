"""Columns of rupiah: whole, from nought to a bound that no figure of one business reaches."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from disperin.ui.texts import Text

MOST_RUPIAH = 10**15


def rupiah(label: Text, **options: Any) -> models.BigIntegerField:
    """A column of rupiah that may be empty."""
    bounds = [MinValueValidator(0), MaxValueValidator(MOST_RUPIAH)]
    return models.BigIntegerField(label, null=True, blank=True, validators=bounds, **options)
