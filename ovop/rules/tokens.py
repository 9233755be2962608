"""The token of a label: what it claims, signed with Ed25519 (RFC 8032), so that anybody can check it without us.

A token is base64url without padding (RFC 4648 § 5) of `1|key id|award number|stars|scheme|date` in UTF-8, followed by
the 64 bytes of the signature over exactly those bytes.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

VERSION = "1"
SIGNATURE = 64  # bytes
LONGEST = 600  # characters of a token; ours have about 170
KEY_ID = re.compile(r"[A-Za-z0-9_.]{1,20}")
_CLAIM = re.compile(r"1\|[A-Za-z0-9_.]{1,20}\|[A-Z]{2,8}-[0-9]{4}-[0-9]{6,12}\|[0-9]{1,2}\|[a-z0-9_]{1,40}\|[0-9-]{10}")

_BEGUN = re.compile(rb"1\|[A-Za-z0-9_.|-]*")  # the beginning of a claim, with nothing of a signature


class WrongKeys(ValueError):
    """The keys of the environment cannot be read. The text names the key, never what it holds."""


class NoSigningKey(Exception):
    """There is no key to sign with: the environment names none."""


class Unreadable(ValueError):
    """This is no token of a label, or not a whole one."""


class Incomplete(Unreadable):
    """This is the beginning of a label's address, or a whole one with something behind it."""


class Altered(ValueError):
    """This was made like a token, but it is not what was signed."""


@dataclass(frozen=True)
class Claim:
    """What a label says. `issued_on` is the date of the decree that awarded the stars."""

    key_id: str
    number: str
    stars: int
    scheme: str
    issued_on: date

    @property
    def text(self) -> str:
        """What is signed."""
        return "|".join([VERSION, self.key_id, self.said])

    @property
    def said(self) -> str:
        """What it says of the award, whichever key signed it."""
        return "|".join([self.number, str(self.stars), self.scheme, self.issued_on.isoformat()])


@dataclass(frozen=True)
class Keyring:
    """Private keys by key id, the newest last; and public ones, those that only still verify included."""

    private: dict[str, Ed25519PrivateKey]
    public: dict[str, Ed25519PublicKey]

    @property
    def newest(self) -> str:
        """The id of the key that signs; raises NoSigningKey."""
        if not self.private:
            raise NoSigningKey
        return list(self.private)[-1]

    def public_bytes(self, key_id: str) -> bytes:
        """The 32 bytes of a public key."""
        return self.public[key_id].public_bytes(Encoding.Raw, PublicFormat.Raw)


@lru_cache(maxsize=8)
def keyring(signing: str, verifying: str = "") -> Keyring:
    """Keys from the texts of the environment, both of them `id=base64` separated by commas or blanks.

    `signing` holds seeds of 32 bytes, the newest last; `verifying` public keys of 32 bytes that sign no more. Raises
    WrongKeys, whose text never holds a key.
    """
    private = {key_id: Ed25519PrivateKey.from_private_bytes(seed) for key_id, seed in _pairs(signing)}
    public = {key_id: Ed25519PublicKey.from_public_bytes(key) for key_id, key in _pairs(verifying)}
    if twice := set(private) & set(public):
        raise WrongKeys(f"{', '.join(sorted(twice))}: a key either signs or only verifies.")
    return Keyring(private, public | {key_id: key.public_key() for key_id, key in private.items()})


def _pairs(text: str) -> Iterator[tuple[str, bytes]]:
    seen = set()
    for pair in text.replace(",", " ").split():
        key_id, _sign, encoded = pair.partition("=")
        if not KEY_ID.fullmatch(key_id) or key_id in seen:
            raise WrongKeys("A key id is 1 to 20 letters, digits, dots or underscores, each used once: id=base64.")
        seen.add(key_id)
        try:
            key = base64.b64decode(encoded, altchars=b"-_" if set(encoded) & set("-_") else None, validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if len(key) != 32:
            raise WrongKeys(f"{key_id}: a key is 32 bytes in base64.")
        yield key_id, key


def sign_claim(keys: Keyring, *, number: str, stars: int, scheme: str, issued_on: date) -> tuple[Claim, str]:
    """The claim and its token, signed with the newest key. Raises NoSigningKey."""
    claim = Claim(keys.newest, number, stars, scheme, issued_on)
    message = claim.text.encode()
    if not _CLAIM.fullmatch(claim.text):
        raise ValueError(f"{claim.text} cannot be told apart again.")
    return claim, _encoded(message + keys.private[claim.key_id].sign(message))


def read_token(token: str, keys: Keyring) -> Claim:
    """What a token claims, if its signature is good.

    Raises Unreadable for what is no token or names a key that is not ours, Incomplete for one that was not copied
    whole, Altered for a bad signature.
    """
    if not 0 < len(token) <= LONGEST or not token.isascii():
        raise Unreadable
    bare = token.rstrip("=")
    if len(bare) % 4 == 1:  # no whole token has this length: one letter says less than a byte
        bare = bare[:-1]
    try:
        content = base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Unreadable from None
    if not content.startswith(f"{VERSION}|".encode()):
        raise Unreadable
    message, signature = _parts(content)
    if token != bare or len(signature) < SIGNATURE:
        raise Incomplete
    text = message.decode("ascii", "replace")
    if not _CLAIM.fullmatch(text) or _encoded(content) != token:
        raise Altered
    _version, key_id, number, stars, scheme, day = text.split("|")
    if key_id not in keys.public:
        raise Unreadable
    try:
        keys.public[key_id].verify(signature, message)
        return Claim(key_id, number, int(stars), scheme, date.fromisoformat(day))
    except (InvalidSignature, ValueError):
        raise Altered from None


def _parts(content: bytes) -> tuple[bytes, bytes]:
    """The claim and the signature behind it. Of what was cut, the signature is short; of what is odd, of its length."""
    if _BEGUN.fullmatch(content):
        return content, b""
    claim = _CLAIM.match(content.decode("ascii", "replace"))
    at = claim.end() if claim and len(content) < claim.end() + SIGNATURE else len(content) - SIGNATURE
    return content[:at], content[at:]


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
