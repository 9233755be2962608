"""What search engines read of a page: schema.org in JSON-LD, a data block that no browser runs."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

_ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}  # so that no text can end the block


def linked_block(said: dict[str, Any]) -> SafeString:
    """A thing in the words of schema.org as a `<script type="application/ld+json">`."""
    block = json.dumps({"@context": "https://schema.org", **said}, ensure_ascii=False).translate(_ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{block}</script>')  # noqa: S308 -- escaped just above
