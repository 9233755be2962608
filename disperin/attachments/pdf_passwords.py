"""Whether a PDF opens without a password (ISO 32000-2, 7.6.4). Many are protected against changes only: those do open.

What protects a document stands in its bytes as plain words, even where all else is encrypted or compressed.
"""

import hashlib
import re
from collections import deque
from collections.abc import Iterator

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
LONGEST_IDENTITY = 256  # bytes as written; programs write 16, as 32 digits
_KEY_BYTES = range(5, 17)  # of the older protections: 40 to 128 bits
_IDENTITY = re.compile(
    rb"/ID\s*\[\s*(<[^>]{0,%(most)d}>|\((?:\\.|[^\\)]){0,%(most)d}\))" % {b"most": LONGEST_IDENTITY}, re.DOTALL
)
_ENCRYPTED = re.compile(rb"/Encrypt\s+([0-9]{1,10})\s+([0-9]{1,5})\s+R|/Encrypt\s*(<<)")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def needs_password(content: bytes) -> bool:
    """Whether nobody can open this PDF (all of its bytes) who does not know a password.

    What is protected in a way that is not known here counts as such: nobody could check it.
    """
    last = _last(_ENCRYPTED.finditer(content))
    if not last:
        return False
    if last[3]:
        return not _opens(content[last.start(3) :], content)
    named = _last(re.finditer(rb"(?<![0-9])%b\s+%b\s+obj" % (last[1], last[2]), content))
    return not named or not _opens(content[named.end() :], content)


def _last(matches: Iterator[re.Match[bytes]]) -> re.Match[bytes] | None:
    """The last of them, holding one at a time: a file made to harm has a million."""
    return next(iter(deque(matches, maxlen=1)), None)


def _opens(protection: bytes, content: bytes) -> bool:
    """Whether the empty password opens the document, by its dictionary of protection and what follows that."""
    protection = protection[: (protection.find(b"endobj") + 1 or 4096) - 1][:8192]
    revision, user = _number(protection, b"R"), _text(protection, b"U")
    if revision in (5, 6):
        salt = user[32:40]
        return user[:32] == (_hash_of_revision_6(salt) if revision == 6 else hashlib.sha256(salt).digest())
    if revision in (2, 3, 4):
        return _opens_by_md5(revision, protection, content, user)
    return False


def _opens_by_md5(revision: int, protection: bytes, content: bytes, user: bytes) -> bool:
    last = _last(_IDENTITY.finditer(content))
    identity = _read_text(last[1]) if last else b""
    length = (_number(protection, b"Length") or 40) // 8 if revision > 2 else 5
    if revision == 4:
        length = 16
    if length not in _KEY_BYTES:
        return False
    permissions = (_number(protection, b"P") & 0xFFFFFFFF).to_bytes(4, "little")
    digest = hashlib.md5(_PADDING + _text(protection, b"O")[:32] + permissions + identity, usedforsecurity=False)
    if revision == 4 and re.search(rb"/EncryptMetadata\s+false", protection):
        digest.update(b"\xff\xff\xff\xff")
    key = digest.digest()
    for _round in range(50 if revision > 2 else 0):
        key = hashlib.md5(key[:length], usedforsecurity=False).digest()
    key = key[:length]
    if revision == 2:
        return user[:32] == _rc4(key, _PADDING)
    expected = hashlib.md5(_PADDING + identity, usedforsecurity=False).digest()
    for turn in range(20):
        expected = _rc4(bytes(byte ^ turn for byte in key), expected)
    return user[:16] == expected


def _hash_of_revision_6(salt: bytes) -> bytes:
    """Algorithm 2.B for the empty password."""
    key = hashlib.sha256(salt).digest()
    turn = 0
    while True:
        encryptor = Cipher(algorithms.AES(key[:16]), modes.CBC(key[16:32])).encryptor()
        encrypted = encryptor.update(key * 64)
        kinds = (hashlib.sha256, hashlib.sha384, hashlib.sha512)
        key = kinds[sum(encrypted[:16]) % 3](encrypted).digest()
        turn += 1
        if turn >= 64 and encrypted[-1] <= turn - 32:
            return key[:32]


def _rc4(key: bytes, data: bytes) -> bytes:
    state, place = list(range(256)), 0
    for at in range(256):
        place = (place + state[at] + key[at % len(key)]) % 256
        state[at], state[place] = state[place], state[at]
    written, at, place = bytearray(), 0, 0
    for byte in data:
        at = (at + 1) % 256
        place = (place + state[at]) % 256
        state[at], state[place] = state[place], state[at]
        written.append(byte ^ state[(state[at] + state[place]) % 256])
    return bytes(written)


def _number(protection: bytes, name: bytes) -> int:
    """The value of `/name` in the dictionary itself: what belongs to its filters stands in another one, inside it."""
    outer = re.sub(rb"/CF\s*<<.*?>>\s*>>", b"", protection, flags=re.DOTALL)
    match = re.search(rb"/%b\s+(-?[0-9]{1,12})(?![0-9])" % name, outer)
    return int(match[1]) if match else 0


def _text(protection: bytes, name: bytes) -> bytes:
    match = re.search(rb"/%b\s*(<[0-9A-Fa-f\s]*>|\((?:\\.|[^\\)])*\))" % name, protection, re.DOTALL)
    return _read_text(match[1]) if match else b""


def _read_text(written: bytes) -> bytes:
    """A text of a PDF, written in hexadecimal digits or in brackets with escapes."""
    if written.startswith(b"<"):
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", written)
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    return re.sub(rb"\\([0-7]{1,3}|\r\n|.)", _unescaped, written[1:-1], flags=re.DOTALL)


def _unescaped(match: re.Match[bytes]) -> bytes:
    sign = match[1]
    if sign[:1] in b"01234567":
        return bytes([int(sign, 8) & 255])
    return b"" if sign in (b"\r\n", b"\n", b"\r") else _ESCAPED.get(sign, sign)
