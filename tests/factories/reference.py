"""Rows that are there before any record: regions, classes, commodities, people."""

import factory

from disperin.accounts.models import Role, User
from disperin.regions.models import District, Regency, Village
from industries.models import Commodity, KbliChange, KbliClass, KbliVersion


class RegencyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Regency
        django_get_or_create = ["code"]

    code = "63.07"
    name = factory.LazyAttribute(lambda one: f"Kabupaten {one.code}")
    kind = Regency.Kind.KABUPATEN
    capital = "Barabai"
    area_km2 = 1573.538
    population = 270_000
    latitude = -2.58
    longitude = 115.38


class DistrictFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = District
        django_get_or_create = ["code"]

    code = factory.LazyAttribute(lambda one: f"{one.regency.code}.01")
    name = factory.LazyAttribute(lambda one: f"Kecamatan {one.code}")
    regency = factory.SubFactory(RegencyFactory)


class VillageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Village
        django_get_or_create = ["code"]

    code = factory.LazyAttribute(lambda one: f"{one.district.code}.2001")
    name = factory.LazyAttribute(lambda one: f"Desa {one.code}")
    kind = Village.Kind.DESA
    district = factory.SubFactory(DistrictFactory)
    regency = factory.SelfAttribute("district.regency")


class KbliVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = KbliVersion
        django_get_or_create = ["version"]

    version = 2020
    in_force = True


class KbliClassFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = KbliClass
        django_get_or_create = ["key"]
        skip_postgeneration_save = True

    version = 2020
    code = "13134"
    key = factory.LazyAttribute(lambda one: f"{one.version}-{one.code}")
    title_id = factory.LazyAttribute(lambda one: f"Industri {one.code}")
    level = factory.LazyAttribute(lambda one: len(one.code))

    @factory.post_generation
    def group(self, create, extracted, **kwargs):
        KbliVersionFactory()
        if self.level == 5:
            KbliClassFactory(code=self.code[:3], version=self.version)


class CommodityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Commodity
        django_get_or_create = ["key"]

    key = "sasirangan"
    name_id = "Kain sasirangan"
    name_en = "Sasirangan cloth"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        django_get_or_create = ["username"]
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    full_name = factory.LazyAttribute(lambda one: one.username.title())
    email = factory.LazyAttribute(lambda one: f"{one.username}@example.com")
    role = Role.OFFICER
    regency = factory.Maybe("is_officer", factory.SubFactory(RegencyFactory), None)
    password = factory.django.Password("banua-demo")

    class Params:
        is_officer = factory.LazyAttribute(lambda one: one.role == Role.OFFICER)


def two_versions_of_kbli():
    """KBLI 2020 and 2025, the latter in force: 13134 is gone, 16212 means other goods, 10794 stayed."""
    KbliVersionFactory(version=2020)
    KbliVersion.objects.update(in_force=False)
    KbliVersionFactory(version=2025)
    for version, code, title in (
        (2020, "13134", "Industri Batik"),
        (2025, "13133", "Industri Batik"),
        (2020, "16212", "Industri Kayu Lapis Laminasi"),
        (2025, "16212", "Industri Kayu Laminasi Bambu"),
        (2020, "10794", "Industri Kerupuk"),
        (2025, "10794", "Industri Kerupuk"),
    ):
        KbliClassFactory(version=version, code=code, title_id=title)
    for code, state in (("13134", "gone"), ("13133", "new"), ("16212", "other_meaning"), ("10794", "same_title")):
        KbliChange.objects.create(key=f"2025-{code}", version=2025, code=code, state=state)


def place(regency="63.07"):
    """The codes of a whole chain, made if need be: regency, district, village."""
    village = VillageFactory(district=DistrictFactory(regency=RegencyFactory(code=regency)))
    return {"regency": regency, "district": village.district_id, "village": village.pk}
