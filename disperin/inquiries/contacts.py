"""What in a text is a person's to give: addresses, telephone numbers, a name. Pure, as the rules of inquiries are."""

import re

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"\(?\+?[0-9](?:[ \u00a0.()/\u2010-\u2013-]{0,3}[0-9]){6,}")  # as people group their digits
# Where a run of digits is no one telephone, it may be two: what stands between them, or what the next begins with.
_BETWEEN = re.compile(r"\s*/\s*|\s+[\u2010-\u2013-]\s+|\s+(?=\(?(?:0|\+))")

_TIME = r"(?:[01]?[0-9]|2[0-4])[.:][0-5][0-9]"
_NO_CONTACTS = re.compile(
    rf"""
    (?<![0-9.])(?:pukul|jam)?\s*{_TIME}\s*(?:[-\u2010-\u2013]|s\.?[/.]?d\.?)\s*{_TIME}(?![0-9]|[.-][0-9])  # hours
    | (?:pukul|jam)\s*{_TIME}(?![0-9]) | (?<![0-9.]){_TIME}\s*WI(?:B|TA|T)\b
    | (?<![0-9])[0-3]?[0-9]([ ./-])[01]?[0-9]\1(?:[0-9]{{4}}(?![0-9])|[0-9]{{2}}(?!\1?[0-9]))  # a day
      (?:\s+{_TIME}(?![0-9]))?
    | \b(?:Rp|IDR)\.?\s*[0-9][0-9.,]*[0-9] | (?<![0-9.,])[0-9][0-9.,]*\s*(?:rupiah|ribu|juta|miliar|triliun)\b  # money
    | (?<![0-9.])(?!62\.8)[0-9]{{1,3}}(?:\.[0-9]{{3}}){{2,}}(?![0-9]|\.[0-9])  # any other large figure
    | \b(?:KBLI|HS|NIB|NPWP)\b[^0-9\n]{{0,12}}[0-9][0-9.-]*
    | (?<![0-9.])[0-9]{{4}}\.[0-9]{{2}}\.[0-9]{{2}}(?![0-9]|[.-][0-9])  # a code of goods (HS)
    | \b[A-Z]{{3}}-[0-9]{{4}}-[0-9]{{6}}\b  # a number of the portal
    | (?<![0-9./-])[0-9]+(?:[./-][0-9]+)*/(?:19|20)[0-9]{{2}}(?![0-9])  # a letter or rule, with its year
    """,
    re.IGNORECASE | re.VERBOSE,
)

# Without 0 or +62. A mobile, or a landline with its area code: a subscriber's number begins with 2 to 9.
_NATIONAL = re.compile(r"8[0-9]{8,11}|(?:2[124]|31|61|[2-79][0-9]{2})[2-9][0-9]{4,7}")
_ABROAD = range(8, 16)  # digits of a number that begins with + and another country


def contacts_in(text: str, *, email: str = "", phone: str = "", name: str = "") -> list[str]:
    """E-mail addresses and telephone numbers in a text, and the sender's own name and contact.

    Each as it is written there, once. Hours, days, sums, codes and the numbers of rules and registers are none.
    """
    contacts = [match[0] for match in _MAIL.finditer(text)]
    for run in _NUMBER.finditer(_NO_CONTACTS.sub(" ; ", text)):
        whole = run[0].strip()
        parts = [whole] if _is_telephone(whole, phone) else _BETWEEN.split(whole)
        contacts += [part.strip() for part in parts if _is_telephone(part, phone)]
    for own in filter(None, (name.strip(), email.strip())):
        contacts += [match[0] for match in re.finditer(rf"(?<!\w){re.escape(own)}(?!\w)", text, re.IGNORECASE)]
    return list(dict.fromkeys(contacts))


def _is_telephone(written: str, of_sender: str) -> bool:
    digits = re.sub("[^0-9]", "", written)
    national = _national(digits)
    if of_sender and national == _national(re.sub("[^0-9]", "", of_sender)):
        return True
    is_abroad = "+" in written and len(digits) in _ABROAD and not digits.startswith("62")
    return is_abroad or (national != digits and _NATIONAL.fullmatch(national) is not None)


def _national(digits: str) -> str:
    """The digits of a telephone without what it begins with, for the country or for the world."""
    return re.sub("^(?:(?:00)?620?|0)", "", digits)
