"""A seeded set of invented makers: 20,000 of them, 300 told twice as two clerks would, many that merely resemble."""

import random
from dataclasses import replace

from disperin.registers.record.likeness import Traits

CRAFTS = (
    "Sasirangan", "Anyaman Purun", "Anyaman Rotan", "Dodol", "Amplang", "Kerupuk Haruan", "Abon Ikan", "Gula Aren",
    "Madu Hutan", "Sirup Kelakai", "Kopi Aranio", "Tahu", "Tempe", "Roti", "Kue Bingka", "Batik Tulis", "Mebel Ulin",
    "Perahu Jukung", "Gerabah", "Batu Bata", "Genteng", "Pandai Besi", "Mandau", "Permata", "Tikar Bamban",
    "Konveksi", "Bordir", "Sulam Air Guci", "Keripik Singkong", "Keripik Pisang", "Wadai", "Ikan Asin", "Terasi",
    "Minyak Kelapa", "Bakso", "Es Batu", "Air Minum", "Percetakan", "Bengkel Las", "Sepatu Kulit",
)  # fmt: skip
GIVEN = (
    "Aisyah", "Fatimah", "Zahra", "Siti", "Noor", "Nur", "Rahmah", "Hidayah", "Maisarah", "Aminah", "Khadijah",
    "Rusdiana", "Mariani", "Jumiati", "Hamdah", "Arbayah", "Ahmad", "Muhammad", "Syahrani", "Hasan", "Husin",
    "Abdul", "Rahman", "Rahim", "Yusuf", "Ibrahim", "Ismail", "Anwar", "Faisal", "Gazali", "Hairul", "Ilham",
    "Jamal", "Kaspul", "Lutfi", "Mahyuni", "Norhayati", "Rusli", "Saidi", "Taufik", "Ubaidillah", "Wahyu",
    "Yani", "Zainal", "Akhmad", "Basuki", "Darmawan", "Edi", "Fitri",
)  # fmt: skip
FAMILY = (
    "Hidayat", "Rahmadi", "Saputra", "Wijaya", "Kurniawan", "Setiawan", "Anshari", "Fadillah", "Maulana",
    "Ramadhan", "Firdaus", "Hakim", "Noor", "Azhari", "Effendi", "Gunawan", "Hamid", "Irwan", "Juhri", "Karim",
    "Lestari", "Mulyani", "Nasution", "Oktaviani", "Permata", "Rizani", "Sari", "Thaib", "Utami", "Yunus",
)  # fmt: skip
BRANDS = (
    "Mawar", "Melati", "Anggrek", "Kenanga", "Cempaka", "Teratai", "Dahlia", "Berkah", "Barokah", "Amanah",
    "Sejahtera", "Makmur", "Maju", "Jaya", "Abadi", "Sentosa", "Mandiri", "Bersama", "Karya", "Utama", "Mulia",
    "Harapan", "Kita", "Baru", "Sinar", "Banua", "Borneo", "Meratus", "Barito", "Martapura", "Kayuh", "Baimbai",
    "Intan", "Cahaya", "Bintang", "Purnama", "Fajar", "Mentari", "Rejeki", "Lestari", "Subur", "Murni", "Asli",
    "Indah", "Permai", "Citra", "Pusaka", "Tiga", "Putri", "Saudara",
)  # fmt: skip
FORMS = ("", "", "", "CV ", "UD ", "PT ", "UD. ", "Toko ")


def made(seed=63, number=20_000, pairs=300):
    """`({key: (regency, Traits)}, {(key, key)})`: all records in no order that tells anything, and the true pairs."""
    chance = random.Random(seed)  # noqa: S311 -- dice for invented makers
    first = [_one(chance) for _one_of in range(number - pairs)]
    twice = chance.sample(range(len(first)), pairs)
    told = first + [(first[at][0], _told_again(chance, first[at][1])) for at in twice]
    order = list(range(len(told)))
    chance.shuffle(order)
    key_of = {at: key for key, at in enumerate(order)}
    true = {tuple(sorted((key_of[at], key_of[len(first) + place]))) for place, at in enumerate(twice)}
    return {key: told[at] for key, at in enumerate(order)}, true


def _one(chance):
    regency = f"63.{chance.randint(1, 13):02d}"
    village = f"{regency}.{chance.randint(1, 12):02d}.{chance.randint(2001, 2012)}"
    person = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
    own = chance.choice((chance.choice(BRANDS), person.split()[0], " ".join(chance.sample(BRANDS, 2))))
    centre = random.Random(village)  # noqa: S311
    point = (centre.uniform(-4, -1.5) + chance.gauss(0, 0.004), centre.uniform(114.5, 116) + chance.gauss(0, 0.004))
    return regency, Traits(
        name=f"{chance.choice(FORMS)}{chance.choice(CRAFTS)} {own}",
        code="".join(chance.choices("0123456789", k=13)) if chance.random() < 0.5 else "",
        phone=f"+628{chance.randint(10**8, 10**9 - 1)}" if chance.random() < 0.7 else "",
        person=person if chance.random() < 0.8 else "",
        village=village,
        point=point if chance.random() < 0.4 else (),
    )


def _told_again(chance, one):
    """The same maker as another clerk writes it: one to three things are told otherwise or left out."""
    again = replace(one, name=_renamed(chance, one.name))
    for change in chance.sample((_without_code, _other_phone_form, _other_person, _moved, _new_phone), k=2):
        again = change(chance, again)
    return again


def _renamed(chance, name):
    words = [one for one in name.split() if f"{one} " not in FORMS]
    kind = chance.choice(("form", "typo", "swap", "both"))
    if kind in ("swap", "both"):
        words = words[1:] + words[:1]
    if kind in ("typo", "both"):
        at = max(range(len(words)), key=lambda place: len(words[place]))
        words[at] = _misspelled(chance, words[at])
    return chance.choice(FORMS) + " ".join(words)


def _misspelled(chance, word):
    at = chance.randrange(1, len(word) - 1) if len(word) > 3 else 1
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            word[:at] + chance.choice("aeioun") + word[at + 1 :],
        )
    )


def _without_code(chance, one):
    return replace(one, code="")


def _other_phone_form(chance, one):
    digits = one.phone.removeprefix("+62")
    in_groups = f"+62 {digits[:3]}-{digits[3:7]}-{digits[7:]}"
    forms = (f"0{digits}", f"62{digits}", in_groups, f"(0{digits[:3]}) {digits[3:]}")
    return replace(one, phone=chance.choice(forms)) if digits else one


def _other_person(chance, one):
    words = one.person.split()
    if not words:
        return one
    return replace(
        one, person=chance.choice(("", " ".join(words[::-1]), f"{_misspelled(chance, words[0])} {words[1]}"))
    )


def _moved(chance, one):
    """Its neighbour village was entered, or its point was taken at the other end of the yard."""
    if one.point and chance.random() < 0.7:
        return replace(one, point=(one.point[0] + 0.0003, one.point[1] - 0.0003))
    return replace(one, village=f"{one.village[:-4]}{chance.randint(2001, 2012)}", point=())


def _new_phone(chance, one):
    return replace(one, phone=f"08{chance.randint(10**8, 10**9 - 1)}")
