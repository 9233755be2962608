"""The accounts of the sample, and names for its invented people."""

import random

from django.contrib.auth.hashers import make_password

from disperin.accounts.models import Role, User
from disperin.regions.models import Regency

PASSWORD = "banua-demo"  # noqa: S105 -- printed by the demo and in the README; nowhere else are these accounts made
PROVINCE = {
    "verifikator1": ("Verifikator Satu", Role.VERIFIER),
    "verifikator2": ("Verifikator Dua", Role.VERIFIER),
    "kadis": ("Kepala Dinas (contoh)", Role.HEAD),
    "admin": ("Administrator (contoh)", Role.ADMINISTRATOR),
}
FIRST_NAMES = (
    "Ahmad", "Aluh", "Anang", "Diang", "Fatimah", "Galuh", "Hamidah", "Idah", "Jumiati", "Kaspul", "Laila", "Mahrita",
    "Nanang", "Norhayati", "Patimah", "Rahmah", "Rusdi", "Saniah", "Supian", "Utuh", "Wardah", "Yusran", "Zainab",
)  # fmt: skip


def usernames() -> list[str]:
    """Every user name of the sample."""
    return [*(f"petugas.{regency.plain_code}" for regency in Regency.objects.all()), *PROVINCE]


def create() -> dict[str, User]:
    """Make the accounts, by user name: one officer per regency, and the four of the province."""
    officers = [
        (f"petugas.{regency.plain_code}", f"Petugas {regency.name}", Role.OFFICER, regency)
        for regency in Regency.objects.all()
    ]
    province = [(username, full_name, role, None) for username, (full_name, role) in PROVINCE.items()]
    password = make_password(PASSWORD)  # made to be slow, so once for all of them
    cast = {
        username: User(
            username=username,
            password=password,
            full_name=full_name,
            email=f"{username}@example.com",
            role=role,
            regency=regency,
        )
        for username, full_name, role, regency in [*officers, *province]
    }
    User.objects.bulk_create(cast.values())
    return cast


def a_name(chance: random.Random) -> str:
    """The name of somebody who does not exist, and who says so."""
    return f"{chance.choice(FIRST_NAMES)} Contoh"


def a_phone(number: int) -> str:
    """A telephone that belongs to nobody."""
    return f"08120000{number % 10_000:04}"
