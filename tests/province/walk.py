"""All that a visitor can come to: every address that a page, a feed, a file or an answer names, and those typed in."""

import io
import re
import zipfile
from collections import Counter
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pypdf
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, URLPattern, get_resolver, resolve
from django.utils.translation import override

from tests.house.table_of_rights import TABLE

OPEN_TO_ALL = {name for name, may in TABLE.items() if may["visitor"] == {200}} - {"api-nothing"}  # that one is a 404
MOST_OF_A_KIND = 1  # of one route in each language, beside those that ask by a name that is new to it
ADDRESS = re.compile(rf"""["'>](?:http://testserver|{settings.PUBLIC_ORIGIN})?(/[^"'<>\s\\]*)""")
NOT_WALKED = ("/static/", "/admin/", "//")


def all_open_to_visitors(*typed):
    """(texts by address, names of the routes that answered): begins at all addresses without parts, and those typed."""
    visitor, texts, reached, of_a_kind, asked = Client(), {}, set(), Counter(), set()
    waiting = sorted({*typed, *plain_addresses(get_resolver())})
    waiting += [f"/en{address}" for address in waiting if not address.startswith(("/api/", "/admin/"))]
    seen = set(waiting)
    while waiting:
        address = waiting.pop(0)
        name = name_of(address)
        kind = (name, address.startswith("/en/"))
        keys = {(*kind, key) for key, _value in parse_qsl(urlsplit(address).query)}
        of_a_kind[kind] += 1
        if of_a_kind[kind] > MOST_OF_A_KIND and keys <= asked and address not in typed:
            continue
        asked |= keys
        answer = visitor.get(address)
        if answer.status_code == 200:
            reached.add(name)
        text = text_of(answer)
        texts[address] = text
        if "html" in answer.headers.get("Content-Type", "") or "json" in answer.headers.get("Content-Type", ""):
            named = {unescape(found).partition("#")[0] for found in ADDRESS.findall(text)}
            new = sorted(one for one in named - seen if not one.startswith(NOT_WALKED))
            seen.update(new)
            waiting += new
    return texts, reached


def name_of(address):
    """The name of the route behind an address, or none."""
    path = urlsplit(address).path
    with override("en" if path.startswith("/en/") else "id"):
        try:
            return resolve(path).view_name
        except Resolver404:
            return None


def text_of(answer):
    """What can be read in an answer; nothing in a picture, whose words `main_path.py` hears where it is drawn."""
    content, kind = answer.getvalue(), answer.headers.get("Content-Type", "")
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return head + "\n".join(package.read(name).decode(errors="replace") for name in package.namelist())
    if content.startswith(b"%PDF"):
        pdf = pypdf.PdfReader(io.BytesIO(content))
        return head + "\n".join(page.extract_text() for page in pdf.pages) + str(pdf.metadata)
    if kind.startswith("image/") and "svg" not in kind:
        return head
    return head + content.decode()


def plain_addresses(resolver, before="/"):
    """Every address that has no part to be filled in, but for those of the administration."""
    for one in resolver.url_patterns:
        part = str(one.pattern)
        if isinstance(one, URLPattern):
            address = before + part.replace("^", "").replace("$", "").replace("\\Z", "")
            if not set("<(?\\*+") & set(address):
                yield address
        elif part != "admin/" and "<" not in part:
            yield from plain_addresses(one, before + part)
