"""What lists there are, what a line of one can turn out to be, and where it contradicts its record. Pure."""

import hashlib
import uuid
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from disperin.registers.record.likeness import name_likeness
from industries import rules as trade

ALIKE = 0.6  # of 1: from here on two spellings are one name, as where duplicates are looked for


class Kind(models.TextChoices):
    """Whose list it is. No office prescribes the form of its file: headings are recognised, and confirmed by people."""

    SIINAS = "siinas", _("SIINas accounts")
    OSS = "oss", _("NIBs of OSS")
    HALAL = "halal", _("Halal certificates of SIHALAL")
    CENSUS = "census", _("Directory of a census or survey")


REGISTERS = {Kind.HALAL: "halal"}  # of the others: the makers
MAKERS = "establishments"


class Outcome(models.TextChoices):
    FOUND = "found", _("Found")
    CONTRADICTING = "contradicting", _("Contradicting")
    NEW = "new", _("New")
    DOUBTFUL = "doubtful", _("To be decided")
    MISSING = "missing", _("Missing in the list")
    REPEATED = "repeated", _("Said before in the list")
    UNREAD = "unread", _("Cannot be compared")


COUNTED = (Outcome.FOUND, Outcome.CONTRADICTING, Outcome.NEW, Outcome.DOUBTFUL)  # what the list holds, each thing once
JUDGED = COUNTED  # what is judged anew when a list is compared again
ABOUT = (Outcome.FOUND, Outcome.CONTRADICTING)  # a line that is about a record


class MatchedBy(models.TextChoices):
    NIB = "nib", _("NIB")
    NPWP = "npwp", _("NPWP")
    CERTIFICATE = "certificate", _("certificate number")
    NAME_AND_VILLAGE = "name", _("name and village")
    PERSON = "person", _("said by a person")


class Differs(models.TextChoices):
    NAME = "name", _("another name")
    REGENCY = "regency", _("another regency")
    NIB = "nib", _("another NIB")
    ENDED_HERE = "ended_here", _("ended here, not in the list")
    ENDED_THERE = "ended_there", _("ended in the list, not here")


class Said(NamedTuple):
    """What a line says, as far as it is compared; "" where it does not say it."""

    name: str = ""
    nib: str = ""
    certificate: str = ""
    account: str = ""
    regency: str = ""
    village: str = ""
    ended: bool = False


def register_of(kind: str) -> str:
    """The slug of the register that a kind of list is compared with."""
    return REGISTERS.get(Kind(kind), MAKERS)


def identity(kind: str, said: Said) -> str:
    """What tells that two lines of a list are one thing, as a hash; "" for a line by which nothing can be found.

    A business has one NIB, wherever it works (PP 28/2025, article 206); an account of SIINas is for one place of
    production (Pusdatin Kemenperin, 2023). That name and village tell what is one in a census is the office's own rule.
    A name alone tells nothing: two makers of a regency may have it, so a line with no more is each time another thing.
    """
    place = (said.name.casefold(), said.village or said.regency) if said.name else ()
    if kind == Kind.HALAL:
        parts: tuple[str, ...] = (said.certificate,) if said.certificate else ()
    elif kind == Kind.OSS:
        parts = (said.nib,) if said.nib else place
    elif kind == Kind.SIINAS:
        parts = (said.account,) if said.account else (said.nib, *place) if said.nib else place
    else:
        parts = (said.nib, *place) if said.nib else place
    if parts and parts == place and not said.village:
        parts = (*parts, uuid.uuid4().hex)
    return hashlib.sha256("\n".join((kind, *parts)).encode()).hexdigest() if parts else ""


def differences(said: Said, here: Mapping[str, Any]) -> Iterator[Differs]:
    """Where a line contradicts the record that it is about.

    `here` holds of the record: `names` (whatever it may be called by: of a sole trader OSS lists the owner), `regency`,
    `nib`, `ended`.
    """
    if said.name and here["names"] and max(name_likeness(said.name, name) for name in here["names"]) < ALIKE:
        yield Differs.NAME
    if said.regency and said.regency != here["regency"]:
        yield Differs.REGENCY
    if said.nib and here["nib"] and said.nib != here["nib"]:
        yield Differs.NIB
    if here["ended"] and not said.ended:
        yield Differs.ENDED_HERE
    if said.ended and not here["ended"]:
        yield Differs.ENDED_THERE


def has_ended(values: Mapping[str, Any]) -> bool:
    """Whether values of a row say that a business is closed, or a certificate revoked."""
    return (
        values.get("activity") == trade.Activity.CLOSED
        or values.get("stage") == trade.HalalStage.REVOKED
        or bool(values.get("revoked_on"))
    )
