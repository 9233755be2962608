"""What stands in a submission, in words that people read."""

from .comparing import compared, filled
from .links import record_address, whatsapp_text
from .words import Words, is_empty, sections_of, title_of_row

__all__ = [
    "Words",
    "compared",
    "filled",
    "is_empty",
    "record_address",
    "sections_of",
    "title_of_row",
    "whatsapp_text",
]
