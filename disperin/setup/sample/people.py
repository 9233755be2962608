"""The accounts of the sample, and names for its invented people."""

import random

from django.contrib.auth.hashers import make_password

from disperin.accounts.models import Role, User
from disperin.regions.models import Regency
from disperin.setup.sample import sample_file

PROVINCE = {
    "verifikator1": ("Verifikator Satu", Role.VERIFIER),
    "verifikator2": ("Verifikator Dua", Role.VERIFIER),
    "kadis": ("Kepala Dinas (contoh)", Role.HEAD),
    "admin": ("Administrator (contoh)", Role.ADMINISTRATOR),
}


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
    password = make_password(sample_file.password())  # made to be slow, so once for all of them
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
    return f"{chance.choice(sample_file.read().first_names)} Contoh"


def a_phone(number: int) -> str:
    """A telephone that belongs to nobody."""
    return f"08120000{number % 10_000:04}"
