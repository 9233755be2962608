"""What stands in a submission, in words that people read."""

from .comparing import apart, compared, filled, standing
from .links import rivals_of, whatsapp_text
from .rounds import Since, last_return, since, without
from .words import Words, is_empty, sections_of, title_of_row

__all__ = [
    "Since",
    "Words",
    "apart",
    "compared",
    "filled",
    "is_empty",
    "last_return",
    "rivals_of",
    "sections_of",
    "since",
    "standing",
    "title_of_row",
    "whatsapp_text",
    "without",
]
