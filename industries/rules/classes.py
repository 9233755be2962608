"""Which classes of KBLI are of manufacturing: section C, divisions 10 to 33 (Peraturan BPS 2/2020 and 7/2025)."""

from industries.rules.choices import Sector

DIVISIONS = range(10, 34)  # of section C, in both versions
BEYOND_INDUSTRY = r"^\d{4}-(0|3[4-9]|[4-9])"  # begins the keys of what lies beyond it, as databases search, too


def is_beyond_industry(code: str) -> bool:
    """Whether the digits of a class, a group or a division lie beyond section C. Raises ValueError for no digits."""
    return int(code[:2]) not in DIVISIONS


def sector_of(key: str) -> Sector:
    """What a place does whose main class has this key, such as `2025-13134`."""
    return Sector.SERVICE if is_beyond_industry(key.partition("-")[2]) else Sector.INDUSTRY
