"""Addresses on the web and of mail, brought into one form, so that the same one written otherwise is no change."""

import re
from urllib.parse import urlsplit, urlunsplit


def normalise_web_address(value: str) -> str:
    """With its scheme (https where none is typed), host in small letters, and no lone slash behind it; or ""."""
    text = value.strip()
    if not text:
        return ""
    text = text if re.match(r"[a-z][a-z0-9+.-]*:", text, re.IGNORECASE) else f"https://{text}"
    try:
        parts = urlsplit(text)
    except ValueError:
        return value
    path = "" if parts.path == "/" and not (parts.query or parts.fragment) else parts.path
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), path, parts.query, parts.fragment))


def normalise_mail_address(value: str) -> str:
    """With its host in small letters, which alone mean the same as capitals."""
    name, at, host = value.strip().rpartition("@")
    return f"{name}{at}{host.lower()}"
