"""One factory per model, no surprises: what a test does not name is valid and plain."""

from datetime import date
from functools import partial
from pathlib import Path

import factory
from django.conf import settings
from django.utils import timezone

from disperin.accounts.models import Role, User
from disperin.commitments.models import Forum
from disperin.coverage.actions.bringing import PURPOSE
from disperin.coverage.models import OutsideList
from disperin.letters import actions as letters
from disperin.regions.models import District, Regency, Village
from disperin.registers.models import DuplicatePair
from disperin.registers.record import directory
from disperin.setup import reference
from disperin.submissions import actions
from disperin.workbooks.models import State, Workbook
from industries.models import Commodity, HalalCertification, KbliChange, KbliClass, KbliVersion
from industries.rules import GREEN_STAGES_WITH_NUMBER, STAGES_WITH_NUMBER
from zones.models import Zone


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


def establishment_values(*, regency="63.07", **values):
    """The least values that make a valid establishment."""
    KbliClassFactory()
    plain = {"name": "Sasirangan Barabai", "legal_form": "perorangan", "branch": "sandang_kulit", "kbli": "2020-13134"}
    return {**plain, **place(regency), **values}


def cluster_values(*, regency="63.07", **values):
    """The least values that make a valid cluster."""
    chain = place(regency)
    plain = {"name": "Sentra Sasirangan", "commodity": CommodityFactory().pk, "status": "potensi"}
    return {**plain, "regency": regency, "village": chain["village"], **values}


def an_administrator():
    """The administrator who publishes what a test merely needs to be there."""
    return User.objects.filter(role=Role.ADMINISTRATOR).first() or UserFactory(role=Role.ADMINISTRATOR)


def published(slug, values):
    """A verified record of a register, through the same door as everything else."""
    return actions.publish(directory.get(slug), values, by=an_administrator())


def an_establishment(*, regency="63.07", **values):
    """A verified establishment."""
    return published("establishments", establishment_values(regency=regency, **values))


def a_cluster(*, regency="63.07", **values):
    """A verified cluster."""
    return published("clusters", cluster_values(regency=regency, **values))


def halal_values(*, regency="63.07", establishment=None, covered=None, **values):
    """The least values that make a valid, issued certificate: of one product of one establishment."""
    if establishment is None:
        name = {"name": values.pop("name")} if "name" in values else {}
        establishment = an_establishment(regency=regency, products=[{"name": "Kain sasirangan"}], **name)
    products = [str(one.key) for one in establishment.products.filter(closed_on=None)]
    plain = {
        "establishment": establishment.number,
        "scheme": "self_declare",
        "stage": "terbit_sh",
        "stage_on": "2025-03-10",
    }
    if values.get("stage", "terbit_sh") in STAGES_WITH_NUMBER:
        number = HalalCertification.objects.count() + 63_000_000_000_000_001
        plain |= {"certificate_number": f"ID{number:017}", "issued_on": "2025-03-10"}
    if values.get("stage") == "dicabut":
        plain |= {"revoked_on": "2026-01-05", "revoked_reason": "Bahan tidak sesuai"}
    return {**plain, "covered": [{"product": key, **row} for key, row in _rows(products, covered)], **values}


def _rows(products, covered):
    """The products that are to be covered: all of them, or the first for each row that is given."""
    rows = [{} for _one in products] if covered is None else covered
    return zip(products, rows, strict=False)


def a_halal_certificate(*, regency="63.07", **values):
    """A verified halal certification."""
    return published("halal", halal_values(regency=regency, **values))


def green_values(*, regency="63.07", establishment=None, **values):
    """The least values that make a valid, issued green-industry certificate."""
    if establishment is None:
        name = {"name": values.pop("name")} if "name" in values else {}
        establishment = an_establishment(regency=regency, **name)
    plain = {
        "establishment": establishment.number,
        "standard_number": "SIH 13134.1:2022",
        "stage": "terbit",
        "stage_on": "2025-03-10",
    }
    if values.get("stage", "terbit") in GREEN_STAGES_WITH_NUMBER:
        plain |= {"certificate_number": "LSIH CONTOH/001", "issued_on": "2025-03-10", "valid_until": "2029-03-09"}
    if values.get("stage") == "dicabut":
        plain |= {"revoked_on": "2026-01-05", "revoked_reason": "Tidak lagi memenuhi standar"}
    return {**plain, **values}


def a_green_certificate(*, regency="63.07", **values):
    """A verified green-industry certification."""
    return published("green", green_values(regency=regency, **values))


FOOD = {"name": "Dodol", "halal_category": "makanan"}


def a_food_maker(name="Dapur Ulin", regency="63.07", products=(FOOD,), **values):
    """A verified micro business whose product falls under the halal duty."""
    values = {"annual_sales": 100_000_000, **values}
    return an_establishment(name=name, regency=regency, products=list(products), **values)


def halal_duties():
    """The duties of PP 42/2024, as they are shipped."""
    return reference.load_halal_duties(Path(settings.REFERENCE_DATA))


def ovop_reference():
    """The schemes, groups and rounds of the stars, as they are shipped."""
    return reference.load_stars(Path(settings.REFERENCE_DATA))


def award_values(*, regency="63.07", establishment=None, name="Kain sasirangan", **values):
    """The least values that make a valid award: two of three stars of 2024, for the first product of one maker."""
    ovop_reference()
    if establishment is None:
        establishment = an_establishment(regency=regency, products=[{"name": name}])
    plain = {
        "establishment": establishment.number,
        "product": str(establishment.products.filter(closed_on=None).first().key),
        "group": "batik",
        "round": "2024",
        "stars": 2,
        "decree_number": "SK CONTOH/1/2024",
        "decree_on": "2024-11-20",
    }
    if "state_reason" in values:
        plain |= {"state": "dinilai_ulang", "state_on": "2026-02-01"}
    return {**plain, **values}


def an_award(*, regency="63.07", **values):
    """A verified award."""
    return published("awards", award_values(regency=regency, **values))


def nomination_values(*, regency="63.07", establishment=None, name="Kain sasirangan", **values):
    """The least values that make a valid nomination: for the first product of one maker, in the round of 2024."""
    ovop_reference()
    if establishment is None:
        establishment = an_establishment(regency=regency, products=[{"name": name}])
    plain = {
        "establishment": establishment.number,
        "product": str(establishment.products.filter(closed_on=None).first().key),
        "group": "batik",
        "round": "2024",
    }
    return {**plain, **values}


def a_nomination(*, regency="63.07", **values):
    """A verified nomination."""
    return published("nominations", nomination_values(regency=regency, **values))


def zone_values(*, regency="63.07", **values):
    """The least values that make a valid zone."""
    chain = place(regency)
    plain = {"name": "Kawasan Sasirangan", "kind": "ki", "stage": "usulan", "districts": [chain["district"]]}
    return {**plain, "regency": regency, **values}


def a_zone(*, regency="63.07", **values):
    """A verified industrial zone."""
    return published("zones", zone_values(regency=regency, **values))


def _zone_of(regency):
    return Zone.objects.current().filter(regency=regency).first() or a_zone(regency=regency)


def milestone_values(*, regency="63.07", zone=None, **values):
    """The least values that make a valid milestone: planned for 2027, nothing done yet."""
    plain = {"name": "Jalan sasirangan", "weight": 25, "planned_start": "2027-01-01", "planned_finish": "2027-06-30"}
    return {**plain, "zone": (zone or _zone_of(regency)).number, **values}


def a_milestone(*, regency="63.07", **values):
    """A verified milestone."""
    return published("milestones", milestone_values(regency=regency, **values))


def issue_values(*, regency="63.07", zone=None, name="", **values):
    """The least values that make a valid issue; it is called by its zone."""
    zone = a_zone(regency=regency, name=name) if name else zone
    plain = {
        "kind": "tanah_tata_ruang",
        "description": "Batas lahan belum jelas",
        "agency": "Kantor Pertanahan",
        "opened_on": "2026-03-02",
        "light": "kuning",
        "state": "terbuka",
    }
    return {**plain, "zone": (zone or _zone_of(regency)).number, **values}


def an_issue(*, regency="63.07", **values):
    """A verified issue."""
    return published("issues", issue_values(regency=regency, **values))


def partnership_values(*, regency="63.07", supplier=None, buyer=None, name="Sasirangan Barabai", **values):
    """The least values that make a valid partnership: one maker supplies another; it is called by its supplier."""
    supplier = supplier or an_establishment(regency=regency, name=name)
    if "buyer_tenant" not in values:
        buyer = buyer or an_establishment(name="Butik Kain", regency="63.72")
        values["buyer"] = buyer.number
    return {"supplier": supplier.number, "commodity": CommodityFactory().pk, "since": "2025-03-10", **values}


def a_partnership(*, regency="63.07", **values):
    """A verified partnership."""
    return published("partnerships", partnership_values(regency=regency, **values))


def news_values(*, regency="63.07", name="Pelatihan sasirangan", **values):
    """The least values of a piece of news."""
    plain = {"kind": "berita", "title_id": name, "text_id": "Dinas melatih dua puluh pembuat.", "day": "2026-01-15"}
    return {**plain, "regency": RegencyFactory(code=regency).pk, **values}


def some_news(**values):
    """A verified piece of news."""
    return published("news", news_values(**values))


def assistance_values(*, regency="63.07", name="Bantuan mesin sasirangan", **values):
    """The least values of an assistance."""
    plain = {"name": name, "kind": "mesin_peralatan", "year": 2026, "funds": "apbd_kabupaten", "organiser": "Dinas"}
    return {**plain, "state": "direncanakan", "regency": RegencyFactory(code=regency).pk, **values}


def some_assistance(**values):
    """A verified assistance."""
    return published("assistance", assistance_values(**values))


def forum_values(*, regency="63.07", name="Forum sasirangan", **values):
    """The least values of a forum, held in the middle of January 2026."""
    plain = {"kind": "forum_perangkat_daerah", "name": name, "day": "2026-01-15", "place": "Barabai"}
    return {**plain, "regency": RegencyFactory(code=regency).pk, **values}


def a_forum(**values):
    """A verified forum."""
    return published("forums", forum_values(**values))


def commitment_values(*, regency="63.07", forum=None, name="Mengusulkan sentra sasirangan", **values):
    """The least values of a commitment: the next item of a forum, not begun, without a due day."""
    forum = forum or Forum.objects.first() or a_forum()
    plain = {"forum": forum.number, "item": forum.commitments.count() + 1, "name": name, "state": "terbuka"}
    return {**plain, "regency": RegencyFactory(code=regency).pk, **values}


def a_commitment(**values):
    """A verified commitment."""
    return published("commitments", commitment_values(**values))


def indicator_values(*, regency="63.07", name="Jumlah pembuat sasirangan", **values):
    """The least values of an indicator: of the plan, told every quarter, more is better."""
    plain = {
        "name": name, "level": "sasaran", "kind": "iku", "measure": "unit", "frequency": "triwulanan",
        "direction": "naik", "over_year": "terakhir", "definition": "Pembuat yang tercatat.",
    }  # fmt: skip
    return {**plain, "regency": RegencyFactory(code=regency).pk, **values}


def an_indicator(**values):
    """A verified indicator."""
    return published("indicators", indicator_values(**values))


def inspection_values(*, regency="63.07", establishment=None, name="Sasirangan Barabai", **values):
    """The least values of an inspection: planned for the middle of January 2026; it is called by its maker."""
    establishment = establishment or an_establishment(regency=regency, name=name)
    about = {} if "zone" in values else {"establishment": establishment.number}
    return {**about, "planned_on": "2026-01-15", **values}


def an_inspection(**values):
    """A verified inspection."""
    return published("inspections", inspection_values(**values))


def report_values(*, regency="63.07", establishment=None, name="Sasirangan Barabai", **values):
    """The least values of a quarterly report: of the first quarter of 2026; it is called by its maker."""
    establishment = establishment or an_establishment(regency=regency, name=name)
    plain = {"year": 2026, "quarter": "TW1", "stage": "produksi", "group": "kecil"}
    return {"establishment": establishment.number, **plain, **values}


def a_report(**values):
    """A verified quarterly report."""
    return published("reports", report_values(**values))


def some_letters(*regencies, by, **values):
    """Letters that ask these regencies for data, due in the middle of February 2026."""
    plain = {
        "number": "", "written_on": date(2026, 1, 15), "nature": "", "enclosures": "", "subject": "Permintaan data IKM",
        "basis": "", "variables": "Jumlah unit usaha; bilangan bulat", "period": "Tahun 2025",
        "due_on": date(2026, 2, 15), "contact": "", "register": "establishments",
    }  # fmt: skip
    return letters.write(regencies, {**plain, **values}, by=by)


def a_line_of_a_list(by, **values):
    """A new line of a list of SIINas accounts, as the job has compared it."""
    told = {"register": "establishments", "regency": by.regency, "sent_by": by, "name": "siinas.xlsx", "size": 1}
    workbook = Workbook.objects.create(**told, purpose=PURPOSE, state=State.CHECKED)
    brought = OutsideList.objects.create(
        kind="siinas", regency=by.regency, listed_on=date(2026, 1, 31), source="Surat uji", workbook=workbook,
        made_by=by, compared_at=timezone.now(), counts={by.regency_id: {"new": 1}},
    )  # fmt: skip
    plain = {"regency": by.regency, "position": 2, "number": 2, "outcome": "new", "name": "Dapur Baru"}
    return brought.lines.create(**{**plain, **values})


def a_pair(first, second, **values):
    """Two records that may be one, the older first, as the search keeps them."""
    plain = {
        "register": directory.of(type(first)).slug, "score": 80, "reasons": ["like_name", "same_phone"],
        "regency": first.regency, "first_id": first.pk, "first_number": first.number, "first_name": str(first),
        "second_regency": second.regency, "second_id": second.pk, "second_number": second.number,
        "second_name": str(second),
    }  # fmt: skip
    return DuplicatePair.objects.create(**{**plain, **values})


VALUES = {  # of each register: what gives the least values of a valid record
    "establishments": establishment_values,
    "clusters": cluster_values,
    "halal": halal_values,
    "green": green_values,
    "awards": award_values,
    "nominations": nomination_values,
    "zones": zone_values,
    "milestones": milestone_values,
    "issues": issue_values,
    "partnerships": partnership_values,
    "news": news_values,
    "assistance": assistance_values,
    "forums": forum_values,
    "commitments": commitment_values,
    "inspections": inspection_values,
    "indicators": indicator_values,
    "reports": report_values,
}


def a_record(slug, **values):
    """A verified record of a register."""
    return published(slug, VALUES[slug](**values))


RECORDS = {slug: partial(a_record, slug) for slug in VALUES}
