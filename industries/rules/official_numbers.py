"""Numbers that offices give out: NIB, NPWP, tariff codes, permits, postal codes, telephones, brought into one form."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.id import npwp as npwp_check

from disperin.registers.values.identity import hide_personal_numbers, is_nik
from disperin.ui.characters import plain_forms
from disperin.ui.said import gettext
from industries.rules.choices import LegalForm

# PMK 112/2022: the tax number of a resident natural person is the NIK, that of a body is "0" and the old 15 digits, or
# 16 digits of its own if it was registered since Coretax; those seen begin with 1000 0000, and no NIK begins with 10.
# Which forms are run by a natural person is this portal's reading: a sole proprietor and a UD. The group (kub) and
# "other" may be either, so they are held to the form alone, which a NIK cannot have.
NATURAL_PERSONS = frozenset({LegalForm.SOLE.value, LegalForm.UD.value})
COMPANIES = tuple(form for form in LegalForm if form not in NATURAL_PERSONS)

# Landlines of all Indonesia, because a head office may be anywhere: the areas of Jakarta, Bandung, Semarang, Surabaya
# and Medan have two digits, all others three; none begins with 0, 1 or (mobiles, free calls) 8.
_MOBILE = re.compile(r"8[0-9]{8,11}")
_AREA = re.compile(r"2[124]|31|61|[2-79][0-9]{2}")
_SUBSCRIBER = re.compile(r"[0-9]{5,8}")


def check_nib(value: str) -> str:
    """The 13 digits of a business identification number, or "" (PP 28/2025 Ps 1(12); no public check digit found).

    Raises ValidationError (code `nib`) for anything but 13 digits.
    """
    digits = _compact(value)
    if digits and not re.fullmatch(r"[0-9]{13}", digits):
        raise ValidationError(
            _("The NIB has exactly 13 digits; these are %(count)s characters. Copy it from the OSS certificate."),
            code="nib",
            params={"count": len(digits)},
        )
    _refuse_zeros(digits, "nib")
    return digits


def check_npwp(value: str, legal_form: str) -> str:
    """The digits of a body's tax number: 15 or 16 (PMK 112/2022 jo 136/2023, PMK 81/2024); "" for none.

    Raises ValidationError, whose words never hold the value, with a code: `personal_number` (16 digits in the shape of
    a NIK: keep the value nowhere), `natural_person` (this legal form keeps no tax number: keep it nowhere either),
    `digits_only`, `length`.
    """
    digits = _compact(value)
    if not digits:
        return ""
    # Asked first and of the bare digits: what may be a NIK must be known as one even among letters or for a wrong form.
    if is_nik(re.sub(r"[^0-9]", "", digits)):
        raise ValidationError(
            _(
                "These sixteen digits have the shape of a person's NIK, which this portal keeps nowhere. "
                "Enter the tax number of the business, 15 or 16 digits, or leave it empty."
            ),
            code="personal_number",
        )
    if legal_form in NATURAL_PERSONS:
        raise ValidationError(
            _("The tax number of a sole proprietor or UD is a personal number and is not kept here. Leave it empty."),
            code="natural_person",
        )
    if not re.fullmatch(r"[0-9]+", digits):
        raise ValidationError(
            _("The NPWP holds digits only, apart from full stops, hyphens and blanks. Remove everything else."),
            code="digits_only",
        )
    if len(digits) not in (15, 16):
        raise ValidationError(
            _("The NPWP has 15 or 16 digits; these are %(count)s. Compare it with the tax card."),
            code="length",
            params={"count": len(digits)},
        )
    _refuse_zeros(digits, "length")
    return digits


def npwp_warning(value: str) -> str:
    """A warning when the check digit of an NPWP does not fit, else "".

    The Luhn digit stands over the first 9 of 15, or the first 10 of 16 digits that begin with 0: the old numbers.
    Those given out since Coretax do not follow it. A value `check_npwp` would refuse gets no warning here.
    """
    digits = _compact(value)
    if not re.fullmatch(r"0?[0-9]{15}", digits) or npwp_check.is_valid(digits):
        return ""
    return gettext("The check digit of this NPWP does not fit. Compare the number with the tax card.")


def normalise_phone(value: str) -> str:
    """A telephone number as +62…, or "": a mobile (08…, 10 to 13 digits) or a landline of Indonesia.

    Accepts 0…, 62…, +62…, 0062… with blanks, full stops, hyphens and brackets. A landline has 5 to 8 digits after the
    area code (our own bounds). Raises ValidationError (code `phone`) with what to mend.
    """
    typed = " ".join(plain_forms(value).split())
    if not typed:
        return ""
    bare = re.sub(r"[ .\-()\u2010-\u2015]", "", typed)
    if not re.fullmatch(r"\+?[0-9]+", bare):
        raise ValidationError(
            _("“%(value)s” is not a telephone number. Enter one number with digits only, for example 0812 3456 7890."),
            code="phone",
            params={"value": _shown(typed)},
        )
    international = re.fullmatch(r"(?:\+|00)?62(0?)([0-9]+)", bare)
    if international:
        national = international[2]
    elif bare.startswith("0") and not bare.startswith("00"):
        national = bare[1:]
    else:
        raise ValidationError(
            _("Begin the number “%(value)s” with 0 or +62, for example 0812 3456 7890 or 021 5551234."),
            code="phone",
            params={"value": _shown(typed)},
        )
    area = _AREA.match(national)
    if _MOBILE.fullmatch(national) or (area and _SUBSCRIBER.fullmatch(national, area.end())):
        return f"+62{national}"
    if national.startswith("8"):
        message = _("A mobile number has 10 to 13 digits with its leading 0; “%(value)s” has %(count)s.")
    elif area:
        message = _("After the area code a landline has 5 to 8 digits. Check “%(value)s”.")
    else:
        message = _(
            "“%(value)s” is neither a mobile number (08…) nor a landline with its area code, such as 021 or 022."
        )
    raise ValidationError(message, code="phone", params={"value": _shown(typed), "count": len(national) + 1})


def check_hs_code(value: str, *, lengths: tuple[int, ...] = (4, 6, 8)) -> str:
    """The digits of a tariff code (BTKI 2022, chapters 01 to 99) without its full stops, or "".

    `lengths` says how many digits are allowed; products carry 8. Raises ValidationError (code `hs_code`).
    """
    digits = _compact(value)
    if not digits:
        return ""
    if not re.fullmatch(r"[0-9]+", digits) or len(digits) not in lengths:
        raise ValidationError(
            _("“%(value)s” is not an HS code: it has %(lengths)s digits, for example 1905.90.90."),
            code="hs_code",
            params={"value": _shown(value), "lengths": " / ".join(str(length) for length in lengths)},
        )
    if digits.startswith("00"):
        raise ValidationError(
            _("“%(value)s” is not an HS code: there is no chapter 00."),
            code="hs_code",
            params={"value": _shown(value)},
        )
    return digits


def normalise_permit(value: str) -> str:
    """A permit number (PIRT, BPOM) with its blanks tidied; a prescribed form was not found, so nothing is refused."""
    return " ".join(plain_forms(value).split())


def check_postal_code(value: str) -> str:
    """The five digits of a postal code, or "". Raises ValidationError (code `postal_code`)."""
    digits = _compact(value)
    if digits and not re.fullmatch(r"[0-9]{5}", digits):
        raise ValidationError(
            _("“%(value)s” is not a postal code: it has 5 digits, for example 71311."),
            code="postal_code",
            params={"value": _shown(value)},
        )
    _refuse_zeros(digits, "postal_code")
    return digits


def _refuse_zeros(digits: str, code: str) -> None:
    """Zeros alone fill a box that must not stay empty elsewhere; they are nobody's number."""
    if digits and not digits.strip("0"):
        raise ValidationError(_("Zeros alone are no number. Leave this empty where there is none."), code=code)


def _shown(value: str) -> str:
    """A refused value as a message may repeat it: short, and without a NIK that stood in the wrong field."""
    return hide_personal_numbers(value.strip())[:40]


def _compact(value: str) -> str:
    """Without the blanks, full stops and hyphens (and their look-alikes) people write between digits."""
    return re.sub(r"[\s.\-\u00b7\u2010-\u2015\u2212\u200b-\u200d\u2060\ufeff]", "", plain_forms(value))
