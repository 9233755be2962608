"""What is made in the province, as far as the sample needs it: how makers call themselves, and what they sell.

A craft with a commodity is at home in the regencies of that commodity (`data/reference/commodities.csv`), the others
are found everywhere.
"""

from dataclasses import dataclass

from industries.rules import Branch, HalalCategory

FOOD, CLOTHING, CHEMICAL, METAL, CRAFT = Branch.FOOD, Branch.CLOTHING, Branch.CHEMICAL, Branch.METAL, Branch.CRAFT
EATEN, DRUNK, WORN = HalalCategory.FOOD, HalalCategory.DRINK, HalalCategory.USED_GOODS
OF_ANIMALS = {"Kain sasirangan sutra"}  # goods of use that come from animals: silk; all others are of plants and metal


@dataclass(frozen=True)
class Craft:
    """A kind of maker. `names` stand before the invented name; `goods` are products with their unit of sale."""

    commodity: str  # "" where the list of commodities has none
    branch: str
    kbli: str
    names: tuple[str, ...]
    goods: tuple[tuple[str, str], ...]
    picture: str  # what `pictures` draws
    halal: str = ""
    weight: int = 4  # how often, compared with the other crafts of a regency
    is_factory: bool = False


CRAFTS = (
    Craft(
        "sasirangan", CLOTHING, "13134", ("Sasirangan", "Rumah Sasirangan", "Galeri Sasirangan"),
        (("Kain sasirangan katun", "lembar"), ("Kain sasirangan sutra", "lembar"), ("Kemeja sasirangan", "potong"),
         ("Syal sasirangan", "lembar"), ("Tas sasirangan", "buah"), ("Laung sasirangan", "buah")),
        "cloth", WORN, weight=16,
    ),
    Craft(
        "amplang", FOOD, "10794", ("Amplang", "Dapur Amplang", "Kerupuk"),
        (("Amplang ikan pipih", "bungkus"), ("Amplang tenggiri", "bungkus"), ("Kerupuk haruan", "bungkus"),
         ("Stik ikan", "bungkus")),
        "bowl", EATEN, weight=8,
    ),
    Craft(
        "anyaman_purun", CRAFT, "16292", ("Anyaman Purun", "Purun", "KUB Purun"),
        (("Tikar purun", "lembar"), ("Tas belanja purun", "buah"), ("Topi purun", "buah"),
         ("Kotak tisu purun", "buah")),
        "weave", WORN, weight=9,
    ),
    Craft(
        "anyaman_eceng_gondok", CRAFT, "16292", ("Anyaman Eceng Gondok", "Eceng Gondok"),
        (("Tas eceng gondok", "buah"), ("Keranjang eceng gondok", "buah"), ("Alas piring eceng gondok", "set")),
        "weave", WORN, weight=7,
    ),
    Craft(
        "rotan_lampit", CRAFT, "16291", ("Lampit", "Lampit Rotan"),
        (("Lampit rotan", "lembar"), ("Tikar rotan", "lembar"), ("Keranjang rotan", "buah")),
        "weave", WORN, weight=6,
    ),
    Craft(
        "furnitur_rotan", CRAFT, "31002", ("Mebel Rotan", "Rotan"),
        (("Kursi rotan", "buah"), ("Meja rotan", "buah"), ("Ayunan rotan", "buah")),
        "planks", WORN,
    ),
    Craft(
        "furnitur_kayu", CRAFT, "31001", ("Mebel", "Mebel Kayu", "Pertukangan"),
        (("Lemari kayu", "buah"), ("Kursi tamu", "set"), ("Meja makan", "set"), ("Kusen pintu", "buah")),
        "planks", WORN, weight=5,
    ),
    Craft(
        "sirap_ulin", CRAFT, "16221", ("Sirap Ulin", "Ukiran Ulin"),
        (("Sirap ulin", "ikat"), ("Ukiran jamang", "buah"), ("Papan tawing halat", "buah")),
        "planks", WORN,
    ),
    Craft(
        "jukung", METAL, "30111", ("Galangan Jukung", "Jukung"),
        (("Jukung kecil", "buah"), ("Kelotok", "buah"), ("Dayung", "buah")),
        "planks", WORN,
    ),
    Craft(
        "logam_nagara", METAL, "25931", ("Pandai Besi", "Logam"),
        (("Parang", "buah"), ("Cangkul", "buah"), ("Pisau dapur", "buah"), ("Wajan kuningan", "buah")),
        "metal", WORN, weight=12,
    ),
    Craft(
        "perhiasan", CRAFT, "32112", ("Perhiasan", "Kerajinan Perak"),
        (("Cincin perak", "buah"), ("Gelang perak", "buah"), ("Bros perak", "buah")),
        "gems", WORN, weight=6,
    ),
    Craft(
        "batu_permata", CRAFT, "32111", ("Penggosokan Intan", "Batu Mulia"),
        (("Batu kecubung gosok", "buah"), ("Batu akik gosok", "buah"), ("Liontin batu", "buah")),
        "gems", WORN, weight=8,
    ),
    Craft(
        "dodol_kandangan", FOOD, "10796", ("Dodol", "Dodol Kandangan"),
        (("Dodol original", "bungkus"), ("Dodol durian", "bungkus"), ("Lamang", "batang")),
        "bowl", EATEN, weight=9,
    ),
    Craft(
        "gula_merah", FOOD, "10722", ("Gula Aren", "Gula Merah"),
        (("Gula aren cetak", "kg"), ("Gula semut", "kg"), ("Gula cair aren", "botol")),
        "bowl", EATEN, weight=9,
    ),
    Craft(
        "kue_basah", FOOD, "10792", ("Wadai", "Dapur Wadai", "Kue"),
        (("Bingka kentang", "loyang"), ("Amparan tatak", "loyang"), ("Lam", "loyang"), ("Apam Barabai", "bungkus")),
        "bowl", EATEN, weight=9,
    ),
    Craft(
        "ikan_asin", FOOD, "10211", ("Ikan Asin", "Pengolahan Ikan"),
        (("Ikan sepat kering", "kg"), ("Ikan telang asin", "kg"), ("Ebi", "kg")),
        "bowl", EATEN, weight=8,
    ),
    Craft(
        "telur_itik_alabio", FOOD, "10799", ("Telur Asin", "Telur Alabio"),
        (("Telur asin", "butir"), ("Telur asin asap", "butir")),
        "bowl", EATEN, weight=9,
    ),
    Craft(
        "sambal_hiyung", FOOD, "10779", ("Sambal Hiyung", "Cabai Hiyung"),
        (("Sambal cabai Hiyung", "botol"), ("Abon cabai Hiyung", "botol"), ("Cabai bubuk", "bungkus")),
        "bottle", EATEN, weight=12,
    ),
    Craft(
        "kopiah_jangang", CRAFT, "16292", ("Kopiah Jangang", "Jangang"),
        (("Kopiah jangang", "buah"), ("Gelang jangang", "buah")),
        "weave", WORN, weight=6,
    ),
    Craft(
        "kopi", FOOD, "10761", ("Kopi", "Rumah Kopi"),
        (("Kopi bubuk robusta", "bungkus"), ("Kopi bubuk liberika", "bungkus"), ("Kopi jahe", "bungkus")),
        "bottle", DRUNK, weight=5,
    ),
    Craft(
        "batu_bata", CHEMICAL, "23921", ("Batu Bata", "Genteng"),
        (("Batu bata merah", "biji"), ("Genteng tanah liat", "biji")),
        "bricks", weight=5,
    ),
    Craft(
        "karet_remah", CHEMICAL, "22123", ("Karet",), (("Karet remah SIR", "ton"),), "bricks", weight=1, is_factory=True
    ),
    Craft("cpo", FOOD, "10431", ("Sawit",), (("Minyak sawit mentah", "ton"),), "bottle", weight=1, is_factory=True),
    Craft("kayu_lapis", CRAFT, "16211", ("Kayu Lapis",), (("Kayu lapis", "m³"),), "planks", weight=1, is_factory=True),
    Craft(
        "", FOOD, "10794", ("Keripik", "Dapur Keripik"),
        (("Keripik pisang", "bungkus"), ("Keripik singkong", "bungkus"), ("Rempeyek", "bungkus")),
        "bowl", EATEN, weight=5,
    ),
    Craft(
        "", FOOD, "10391", ("Tempe",), (("Tempe papan", "papan"), ("Keripik tempe", "bungkus")), "bowl", EATEN, weight=3
    ),
    Craft(
        "", FOOD, "10710", ("Roti", "Dapur Roti"),
        (("Roti manis", "buah"), ("Bolu", "loyang"), ("Kue kering", "stoples")),
        "bowl", EATEN, weight=4,
    ),
    Craft(
        "", CLOTHING, "14120", ("Penjahit", "Rumah Jahit"),
        (("Seragam sekolah", "potong"), ("Kebaya", "potong"), ("Baju kurung", "potong")),
        "cloth", WORN, weight=4,
    ),
    Craft("", CHEMICAL, "23953", ("Batako", "Paving"), (("Batako", "biji"), ("Paving", "m²")), "bricks", weight=3),
    Craft(
        "", METAL, "25111", ("Bengkel Las", "Las"),
        (("Teralis jendela", "buah"), ("Pagar besi", "m"), ("Kanopi", "m²")),
        "metal", weight=4,
    ),
    Craft(
        "", CRAFT, "32903", ("Kerajinan", "Galeri"),
        (("Miniatur rumah Banjar", "buah"), ("Gantungan kunci", "buah"), ("Sulaman arguci", "lembar")),
        "weave", WORN, weight=3,
    ),
)  # fmt: skip
