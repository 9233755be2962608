"""Makers of the sample: invented establishments that fit their regency, its crafts and the rules of the form."""

import datetime
import random
from collections import defaultdict

from django.core.files.base import ContentFile
from django.utils import timezone

from disperin.accounts.models import User
from disperin.attachments.actions import upload
from disperin.maps.boundary import in_box, kilometres_outside
from disperin.regions.models import Regency, Village
from disperin.registers.models import ClosedReason
from disperin.registers.record import directory
from disperin.setup.sample import pictures, sample_file
from disperin.setup.sample.clusters import Group
from disperin.setup.sample.people import a_name, a_phone
from disperin.setup.sample.sample_file import WORN, Craft, Service
from disperin.submissions import actions
from disperin.submissions.models import Kind
from industries.models import Commodity, Establishment
from industries.rules import Activity, HalalCategory, LegalForm, YesNo

MILLION = 1_000_000
JITTER = 0.004  # degrees, about 400 metres
SMALL_FORMS = (LegalForm.SOLE,) * 6 + (LegalForm.UD, LegalForm.GROUP, LegalForm.CV, LegalForm.PT_SINGLE)
CHANNELS = ("warung-contoh", "pasar-contoh", "toko-contoh")


class Workshop:
    """Makes one establishment after the other, and publishes it as the administrator."""

    def __init__(self, chance: random.Random, *, by: User, clusters: list[Group]) -> None:
        self.chance, self.by, self.clusters = chance, by, clusters
        self.register, self.sample = directory.get("establishments"), sample_file.read()
        self.regencies = list(Regency.objects.all())
        self.villages = defaultdict(list)
        for village in Village.objects.select_related("district"):
            self.villages[village.regency_id].append(village)
        homes = dict(Commodity.objects.values_list("pk", "regency_codes"))
        self.crafts = {
            regency.pk: [
                craft
                for craft in self.sample.crafts
                if not craft.commodity or regency.pk in homes.get(craft.commodity, [])
            ]
            for regency in self.regencies
        }
        self.made = 0
        self.names: set[str] = set()

    def publish_one(self) -> Establishment:
        """One more establishment in the register."""
        return actions.publish(self.register, self.values(photo_share=0.33), by=self.by)

    def values(self, regency: Regency | None = None, *, photo_share: float = 0.0) -> dict[str, object]:
        """The values of one more maker, somewhere or in this regency, as the form takes them."""
        chance = self.chance
        self.made += 1
        group = self._group(regency)
        if group:
            craft, village = group.craft, group.village
        else:
            weights = [regency.population**0.5 for regency in self.regencies]
            place = regency or chance.choices(self.regencies, weights)[0]
            crafts = self.crafts[place.pk]
            craft = chance.choices(crafts, [craft.weight for craft in crafts])[0]
            village = chance.choice(self.villages[place.pk])
        photographed = chance.random() < photo_share
        return {
            **self._who(craft),
            "branch": craft.branch,
            "kbli": f"2020-{craft.kbli}",
            "commodities": [craft.commodity] if craft.commodity else [],
            "cluster": group.record.number if group else None,
            "founded_year": chance.randint(1985, timezone.localdate().year - 1),
            "activity": Activity.PAUSED if chance.random() < 0.05 else Activity.ACTIVE,
            **self._place(village),
            **self._contact(),
            **self._size(craft),
            **self._face(craft, village, photographed=photographed),
            "products": self._products(craft, village.regency, photographed=photographed),
            "documents": self._documents(craft, village.regency),
        }

    def service(self, kind: Service, kbli: str) -> Establishment:
        """One industry service of this kind and class, somewhere, in the register."""
        regency = self.chance.choice(self.regencies)
        village = self.chance.choice(self.villages[regency.pk])
        self.made += 1
        values = {
            "name": f"{self.chance.choice(kind.names)} {self._invented()}",
            "legal_form": LegalForm.SOLE,
            "owner_name": a_name(self.chance),
            "branch": kind.branch,
            "kbli": kbli,
            "activity": Activity.ACTIVE,
            **self._place(village),
            **self._contact(),
            "story_id": kind.story,
        }
        return actions.publish(self.register, values, by=self.by)

    def picture(self, kind: str, regency: Regency) -> str:
        """The id of a newly drawn and uploaded photograph."""
        return self._uploaded(pictures.draw(kind, self.chance), "photo", regency)

    def close_some(self, records: list[Establishment]) -> None:
        """Close about one in forty."""
        for record in self.chance.sample(records, len(records) // 40):
            day = timezone.localdate() - datetime.timedelta(days=self.chance.randint(1, 200))
            values = {"closed_on": day.isoformat(), "closed_reason": self.chance.choice(ClosedReason.values)}
            actions.publish(self.register, values, by=self.by, record=record, kind=Kind.CLOSE)

    def _group(self, regency: Regency | None) -> Group | None:
        if self.chance.random() > 0.4:
            return None
        free = [group for group in self.clusters if group.room and regency in (None, group.village.regency)]
        if not free:
            return None
        group = max(free, key=lambda group: (group.room < 7, group.room))  # the one that is begun is filled first
        group.room -= 1
        return group

    def _who(self, craft: Craft) -> dict[str, object]:
        chance = self.chance
        form = LegalForm.PT if craft.is_factory else chance.choice(SMALL_FORMS)
        name = ""
        while not name or name in self.names:
            front = {LegalForm.PT: "PT ", LegalForm.CV: "CV ", LegalForm.UD: "UD "}.get(form, "")
            name = f"{front}{chance.choice(craft.names)} {self._invented()}"
        self.names.add(name)
        return {
            "name": name,
            "legal_form": form,
            "owner_name": a_name(chance) if form not in (LegalForm.PT, LegalForm.GROUP) else "",
            "nib": f"9999{self.made:09}" if chance.random() < 0.6 else "",
            # the tax office's own digits stay 0: a number that no taxpayer has
            "npwp": f"000000000{self.made:06}" if form in (LegalForm.PT, LegalForm.CV) else "",
        }

    def _invented(self) -> str:
        return f"{self.chance.choice(self.sample.words)} {self.chance.choice(self.sample.numerals)}"

    def _place(self, village: Village) -> dict[str, object]:
        chance = self.chance
        consented = chance.random() < 0.5
        point = self._point(village) if chance.random() < 0.92 else None
        shown = consented and point is not None
        return {
            "regency": village.regency_id,
            "district": village.district_id,
            "village": village.pk,
            "address": f"Jl. Contoh No. {chance.randint(1, 90)}, RT {chance.randint(1, 12):03}",
            "latitude": point and point[0],
            "longitude": point and point[1],
            "show_on_map": shown,
            "map_consented_on": self._some_day() if shown else None,
        }

    def _point(self, village: Village) -> tuple[float, float] | None:
        """A point near the middle of the village and in the regency's boundary; the middle where none is found."""
        if village.latitude is None or village.longitude is None:
            return None
        latitude, longitude = float(village.latitude), float(village.longitude)
        for _attempt in range(5):
            point = self._near(latitude), self._near(longitude)
            if in_box(village.regency_id, *point) and not kilometres_outside(village.regency_id, *point):
                return point
        return latitude, longitude

    def _near(self, degrees: float) -> float:
        return round(degrees + self.chance.uniform(-JITTER, JITTER), 6)

    def _contact(self) -> dict[str, object]:
        chance = self.chance
        consented = chance.random() < 0.45
        shop = chance.random() < 0.25
        return {
            "phone": a_phone(self.made) if consented or chance.random() < 0.7 else "",
            "email": f"usaha{self.made}@example.com" if chance.random() < 0.3 else "",
            "website": f"https://usaha{self.made}.example.com" if chance.random() < 0.1 else "",
            "marketplaces": [f"https://{chance.choice(CHANNELS)}.example.com/{self.made}"] if shop else [],
            "contact_public": consented,
            "contact_consented_on": self._some_day() if consented else None,
        }

    def _size(self, craft: Craft) -> dict[str, object]:
        chance = self.chance
        if craft.is_factory:
            men, women, investment = chance.randint(40, 260), chance.randint(10, 90), chance.randint(8_000, 90_000)
        elif chance.random() < 0.08:  # not everybody has been asked yet
            return {}
        elif chance.random() < 0.06:
            men, women, investment = chance.randint(5, 14), chance.randint(6, 24), chance.randint(700, 4_000)
        else:
            men, women, investment = chance.randint(0, 5), chance.randint(1, 7), int(chance.lognormvariate(3.6, 0.9))
        sales = round(investment * chance.uniform(0.8, 3.5))
        return {
            "workers_male": men,
            "workers_female": women,
            "investment": investment * MILLION,
            "land_building_value": round(investment * chance.uniform(0, 1.5)) * MILLION,
            "capital": round(investment * chance.uniform(0.5, 1.2)) * MILLION,
            "annual_sales": sales * MILLION if chance.random() < 0.8 else None,
            "as_of": datetime.date(timezone.localdate().year - 1, 12, 31).isoformat(),
        }

    def _face(self, craft: Craft, village: Village, *, photographed: bool) -> dict[str, object]:
        has_story = self.chance.random() < 0.4
        good = self.chance.choice(craft.goods)[0].lower()
        return {
            "photo": self.picture(craft.picture, village.regency) if photographed else None,
            "story_id": f"Usaha contoh dari {village.name} yang membuat {good} bersama tetangga." if has_story else "",
            "story_en": f"A sample business of {village.name} that makes “{good}” with its neighbours."
            if has_story
            else "",
        }

    def _products(self, craft: Craft, regency: Regency, *, photographed: bool) -> list[dict[str, object]]:
        chance = self.chance
        goods = chance.sample(craft.goods, min(len(craft.goods), chance.randint(2, 4)))
        is_food = craft.halal in (HalalCategory.FOOD, HalalCategory.DRINK)
        brand = self._invented() if chance.random() < 0.4 else ""
        exported = chance.choice((5, 10, 20)) if chance.random() < 0.06 else 0
        shown = [0] if photographed and chance.random() < 0.25 else []
        return [
            {
                "name": name,
                "brand": brand,
                "halal_category": craft.halal,
                "animal_origin": self._animal_origin(name) if craft.halal == WORN else "",
                "photo": self.picture(craft.picture, regency) if at in shown else None,
                "description_id": f"{name}, {unit}. Data contoh." if chance.random() < 0.5 else "",
                "unit": unit,
                "yearly_capacity": chance.randint(2, 400) * 50,
                "kbli": f"2020-{craft.kbli}",
                "domestic_share": 100 - exported,
                "export_share": exported,
                "permits": [f"P-IRT CONTOH-{self.made:05}-{at + 1}"] if is_food and chance.random() < 0.6 else [],
            }
            for at, (name, unit) in enumerate(goods)
        ]

    def _animal_origin(self, good: str) -> str:
        """The answer for a good of use; some makers have not been asked yet."""
        if self.chance.random() < 0.15:
            return ""
        return YesNo.YES if good in self.sample.of_animals else YesNo.NO

    def _documents(self, craft: Craft, regency: Regency) -> list[dict[str, object]]:
        chance = self.chance
        if chance.random() > 0.3:
            return []
        kind = "pirt" if craft.halal in (HalalCategory.FOOD, HalalCategory.DRINK) else "sertifikat_standar"
        issued = datetime.date.fromisoformat(self._some_day())
        scanned = chance.random() < 0.4
        return [
            {
                "kind": kind,
                "number": f"CONTOH-{self.made:05}",
                "issued_on": issued.isoformat(),
                "valid_until": (issued + datetime.timedelta(days=5 * 365)).isoformat(),
                "file": self._uploaded(pictures.paper(), "document", regency) if scanned else None,
            }
        ]

    def _uploaded(self, file: ContentFile, kind: str, regency: Regency) -> str:
        return str(upload(file, kind=kind, regency=regency, by=self.by).pk)

    def _some_day(self) -> str:
        return (timezone.localdate() - datetime.timedelta(days=self.chance.randint(1, 400))).isoformat()
