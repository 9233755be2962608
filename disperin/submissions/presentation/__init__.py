"""What stands in a submission, in words that people read."""

from .comparing import compared, filled
from .links import whatsapp_text
from .words import Words, is_empty, sections_of, title_of_row

__all__ = [
    "Words",
    "compared",
    "filled",
    "is_empty",
    "sections_of",
    "title_of_row",
    "whatsapp_text",
]
