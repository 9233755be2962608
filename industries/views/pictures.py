"""The pictures of a record or product, in the sizes that pages use."""

from industries.models import Establishment, Product


def picture_of(record: Establishment | Product) -> dict[str, str] | None:
    """The addresses of its published picture, `{small, middle, large}`, or None."""
    photo = record.photo
    if photo is None or not photo.photo_url():
        return None
    return {"small": photo.photo_url(480), "middle": photo.photo_url(960), "large": photo.photo_url()}
