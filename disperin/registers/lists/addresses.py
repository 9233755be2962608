"""Where a record stands."""

from django.urls import NoReverseMatch, reverse


def record_address(register, number):
    """The page of a record, by the name that every register gives it; "" while there is no number or no page."""
    meta = register.model._meta
    try:
        return reverse(f"{meta.app_label}:{meta.model_name}-detail", args=[number]) if number else ""
    except NoReverseMatch:
        return ""
