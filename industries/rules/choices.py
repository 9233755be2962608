"""The closed lists of the industry registers; the stored codes are the office's own Indonesian words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LegalForm(TextChoices):
    """Badan usaha: how the business is set up in law."""

    SOLE = "perorangan", _("Sole proprietor (PO)")
    UD = "ud", _("Trading business (UD)")
    CV = "cv", _("Limited partnership (CV)")
    FIRMA = "firma", _("General partnership (firma)")
    PT = "pt", _("Limited company (PT)")
    PT_SINGLE = "pt_perorangan", _("Single-owner limited company (PT Perorangan)")
    COOPERATIVE = "koperasi", _("Cooperative")
    VILLAGE = "bumdes", _("Village-owned enterprise (BUM Desa)")
    GROUP = "kub", _("Joint business group (KUB)")
    OTHER = "lainnya", _("Other legal form")


class Branch(TextChoices):
    """Cabang industri: the five branches the office sorts small industries into."""

    FOOD = "pangan", _("Food")
    CLOTHING = "sandang_kulit", _("Clothing and leather")
    CHEMICAL = "kimia_bangunan", _("Chemicals and building materials")
    METAL = "logam_elektronika", _("Metal and electronics")
    CRAFT = "kerajinan_aneka", _("Handicrafts and miscellaneous")


class Sector(TextChoices):
    """Whether a place makes goods (KBLI section C), or works for those that do (any other section)."""

    INDUSTRY = "industri", _("Manufacturing industry (KBLI section C)")
    SERVICE = "jasa", _("Industry service (KBLI beyond section C)")


class Activity(TextChoices):
    """Whether the place of production works."""

    ACTIVE = "aktif", _("Operating")
    PAUSED = "berhenti_sementara", _("Temporarily stopped")
    CLOSED = "tutup", _("Closed down")


class IndustryScale(TextChoices):
    """The scale of an industry (Permenperin 64/2016). That table has no "mikro"."""

    SMALL = "kecil", _("Small industry")
    MEDIUM = "menengah", _("Medium industry")
    LARGE = "besar", _("Large industry")
    UNKNOWN = "belum", _("Not yet classifiable")


class BusinessScale(TextChoices):
    """The scale of a business (PP 7/2021 Ps 35); "besar" lies outside that regulation."""

    MICRO = "mikro", _("Micro business")
    SMALL = "kecil", _("Small business")
    MEDIUM = "menengah", _("Medium business")
    LARGE = "besar", _("Large business")
    UNKNOWN = "belum", _("Not yet classifiable")


class StatisticalScale(TextChoices):
    """The size class of BPS statistics, by workers alone."""

    MICRO = "mikro", _("Micro (1–4 workers)")
    SMALL = "kecil", _("Small (5–19 workers)")
    MEDIUM = "sedang", _("Medium (20–99 workers)")
    LARGE = "besar", _("Large (100 workers or more)")
    UNKNOWN = "belum", _("Not yet classifiable")


class HalalCategory(TextChoices):
    """What a product is under the halal duty (PP 42/2024); the deadline depends on it."""

    FOOD = "makanan", _("Food product")
    DRINK = "minuman", _("Beverage")
    SLAUGHTER = "jasa_penyembelihan", _("Slaughtering service")
    INGREDIENT = "bahan_pangan", _("Food ingredient")
    FREE_MEDICINE = "obat_bebas", _("Over-the-counter medicine")
    PRESCRIPTION_MEDICINE = "obat_keras", _("Prescription medicine")
    TRADITIONAL_MEDICINE = "obat_tradisional", _("Traditional medicine")
    COSMETIC = "kosmetik", _("Cosmetic")
    CHEMICAL = "kimiawi", _("Chemical product")
    GENETIC = "rekayasa_genetik", _("Genetically engineered product")
    BIOLOGICAL = "produk_biologi", _("Biological product")
    USED_GOODS = "barang_gunaan", _("Consumer goods")
    DEVICE = "alat_kesehatan", _("Medical device")
    SERVICE = "jasa", _("Service other than slaughtering (processing, storage, packing, distribution, sale, serving)")


class YesNo(TextChoices):
    """An answer to a question; what was not asked yet is empty."""

    YES = "yes", _("Yes")
    NO = "no", _("No")


class RiskClass(TextChoices):
    """The risk class of a medical device; the halal deadline depends on it."""

    A = "A", _("Class A")
    B = "B", _("Class B")
    C = "C", _("Class C")


class DocumentKind(TextChoices):
    """Jenis dokumen: the papers an establishment can show (list of SIPPINDA, with PIRT and the brand)."""

    NIB = "nib", _("Business identification number (NIB)")
    NPWP = "npwp", _("Tax number (NPWP)")
    KKPR = "kkpr", _("Conformity of land use (KKPR)")
    ENVIRONMENT = "persetujuan_lingkungan", _("Environmental approval")
    PBG = "pbg", _("Building approval (PBG)")
    SLF = "slf", _("Certificate of building worthiness (SLF)")
    STANDARD = "sertifikat_standar", _("Standard certificate")
    IUI = "iui", _("Industrial business licence (IUI)")
    IUI_EXPANSION = "iui_perluasan", _("Expansion licence (IUI)")
    IUKI = "iuki", _("Industrial estate licence (IUKI)")
    IPKI = "ipki", _("Industrial estate expansion licence (IPKI)")
    HALAL = "halal", _("Halal certificate")
    SNI = "sni", _("National standard certificate (SNI)")
    TKDN = "tkdn", _("Local content certificate (TKDN)")
    ISO = "iso", _("ISO certificate")
    GREEN = "sih", _("Green industry certificate (SIH)")
    BPOM = "izin_edar_bpom", _("Marketing authorisation (BPOM)")
    PIRT = "pirt", _("Home food industry permit (PIRT)")
    BRAND = "merek_hki", _("Trade mark registration")
    OTHER = "lainnya", _("Other document")


class PublicPoint(TextChoices):
    """How exact the place is that everybody sees."""

    EXACT = "exact", _("Exact, shown with the owner's consent")
    ROUNDED = "rounded", _("Rounded to about one kilometre")


class ClusterStatus(TextChoices):
    """Sentra status: from a potential group to a decreed, working cluster."""

    POTENTIAL = "potensi", _("Potential cluster")
    FORMED = "terbentuk", _("Formed cluster")
    DECREED = "sk_terbit", _("Decree issued")
    ACTIVE = "aktif", _("Working cluster")
    INACTIVE = "tidak_aktif", _("Cluster no longer working")


class CoachingKind(TextChoices):
    """What a cluster is coached in; the office's own list."""

    MANAGEMENT = "pengelolaan", _("Management of the cluster")
    FACILITIES = "sarana", _("Facilities")
    ACTIVITY = "kegiatan", _("Activity")


class SourceOfFunds(TextChoices):
    """Where the money of an assistance or of coaching comes from."""

    PROVINCE = "apbd_provinsi", _("Budget of the province (APBD)")
    REGENCY = "apbd_kabupaten", _("Budget of the regency or city (APBD)")
    DAK_PHYSICAL = "dak_fisik", _("Special allocation fund, physical (DAK fisik)")
    DAK_OTHER = "dak_nonfisik", _("Special allocation fund, non-physical (DAK nonfisik)")
    DECONCENTRATION = "apbn_dekonsentrasi", _("State budget, deconcentration (APBN)")
    CO_ADMINISTRATION = "apbn_tugas_pembantuan", _("State budget, co-administration (APBN)")
    CSR = "csr", _("Corporate social responsibility (CSR)")
    OTHER = "lainnya", _("Other source")


FUNDS_CALLED: dict[str, tuple[str, ...]] = {  # what offices write of them in their files
    SourceOfFunds.PROVINCE.value: ("APBD Provinsi", "APBD Prov", "APBD I"),
    SourceOfFunds.REGENCY.value: ("APBD Kabupaten", "APBD Kota", "APBD Kab", "APBD II"),
    SourceOfFunds.DAK_PHYSICAL.value: ("DAK Fisik",),
    SourceOfFunds.DAK_OTHER.value: ("DAK Nonfisik", "DAK Non Fisik"),
    SourceOfFunds.DECONCENTRATION.value: ("Dekonsentrasi", "Dekon", "APBN Dekonsentrasi"),
    SourceOfFunds.CO_ADMINISTRATION.value: ("Tugas Pembantuan", "TP", "APBN TP"),
}
