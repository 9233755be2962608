"""The closed lists of the zones; codes are the office's own Indonesian words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ZoneKind(TextChoices):
    """Instruments of PP 20/2024 (WPPI, KPI, KI, sentra IKM), the KEK, and what is only called so (KIT).

    A project is no zone: a record of the same register, with milestones and issues alone, that stands apart.
    """

    ESTATE = "ki", _("Industrial estate (KI)")
    ALLOTMENT = "kpi", _("Industrial allotment area (KPI)")
    GROWTH = "wppi", _("Industrial growth centre region (WPPI)")
    CLUSTER = "sentra_ikm", _("Production centre (sentra IKM)")
    SPECIAL = "kek", _("Special economic zone (KEK)")
    INTEGRATED = "kit", _("Integrated industrial zone (KIT)")
    PROJECT = "proyek", _("National strategic project that is no zone")


KINDS_OF_ZONES = [choice for choice in ZoneKind.choices if choice[0] != ZoneKind.PROJECT]


class ZoneStage(TextChoices):
    """How far a zone is. The office's own list: no regulation that was found lists the stages."""

    PROPOSED = "usulan", _("Proposed")
    STUDIED = "studi_kelayakan", _("Feasibility study and masterplan")
    PLANNED = "tata_ruang", _("In the spatial plan (RTRW/RDTR)")
    DESIGNATED = "ditetapkan", _("Designated by regulation (KEK)")
    FITTING = "kkpr", _("Spatial fitness approved (KKPR/PKKPR)")
    ENVIRONMENT = "amdal", _("Environmental approval")
    LICENSED = "iuki", _("Zone business licence (IUKI)")
    BUYING = "pembebasan_lahan", _("Land acquisition")
    BUILDING = "konstruksi", _("Construction")
    PARTLY = "beroperasi_sebagian", _("Partly operating")
    OPERATING = "beroperasi", _("In operation")
    STOPPED = "dihentikan", _("Stopped")


class ProjectStage(TextChoices):
    """Stages of a national strategic project (KPPIP), and what is none."""

    PREPARED = "penyiapan", _("Preparation")
    CONTRACTED = "transaksi", _("Transaction")
    BUILDING = "konstruksi", _("Construction")
    PARTLY = "beroperasi_sebagian", _("Partly operating")
    OPERATING = "beroperasi_penuh", _("Completed, fully operating")
    NONE = "bukan_psn", _("No national strategic project")
    REMOVED = "dikeluarkan", _("Removed from the list")


STAGES_OF_PROJECTS = [choice for choice in ProjectStage.choices if choice[0] != ProjectStage.NONE]


class Accreditation(TextChoices):
    """Outcome of the accreditation of Permenperin 26/2025."""

    NOT_YET = "belum", _("Not assessed yet")
    ACCREDITED = "terakreditasi", _("Accredited")
    FAILED = "tidak_terakreditasi", _("Not accredited")


class AreaBasis(TextChoices):
    """What an area is measured by; figures of different bases are never added up or averaged."""

    MASTERPLAN = "masterplan", _("Plan or masterplan")
    SPATIAL_PLAN = "tata_ruang", _("Spatial plan (RTRW/RDTR)")
    FITTING = "pkkpr", _("Spatial fitness approval (PKKPR)")
    LICENSED = "iuki", _("Zone business licence (IUKI)")
    HELD = "dikuasai", _("Land held")
    BUILT = "terbangun", _("Built")
    FILLED = "terisi", _("Filled")
    UNSAID = "tidak_disebut", _("Basis not stated in the source")


class UtilityKind(TextChoices):
    """What a zone is served by or reaches."""

    ROAD = "jalan", _("Road")
    PORT = "pelabuhan", _("Port")
    AIRPORT = "bandara", _("Airport")
    POWER = "listrik", _("Electricity")
    WATER = "air", _("Water")
    GAS = "gas", _("Gas")
    WASTE = "limbah", _("Waste and waste water")
    TELECOM = "telekomunikasi", _("Telecommunication")


class UtilityStatus(TextChoices):
    """Whether it is there."""

    THERE = "tersedia", _("Available")
    PARTLY = "sebagian", _("Partly available")
    BUILDING = "dibangun", _("Under construction")
    PLANNED = "direncanakan", _("Planned")
    MISSING = "belum_ada", _("Not available")


class Unit(TextChoices):
    """Units of capacities."""

    MEGAWATT = "mw", _("MW")
    MEGAVOLTAMPERE = "mva", _("MVA")
    CUBIC_METRES = "m3_hari", _("m³ a day")
    LITRES = "liter_detik", _("litres a second")
    TONNES_A_DAY = "ton_hari", _("tonnes a day")
    TONNES_A_YEAR = "ton_tahun", _("tonnes a year")
    DEADWEIGHT = "dwt", _("DWT")
    GAS_FEET = "mmscfd", _("MMSCFD")
    BANDWIDTH = "mbps", _("Mbps")
    METRES = "meter", _("metres wide")


class PlotState(TextChoices):
    """Whether a plot can be had."""

    FREE = "tersedia", _("Free")
    RESERVED = "dipesan", _("Reserved")
    LET = "disewa", _("Let")
    SOLD = "terjual", _("Sold")


class ZoneDocumentKind(TextChoices):
    """Permits, legal bases, and papers to be read."""

    SPATIAL_PLAN = "tata_ruang", _("Regulation on the spatial plan (RTRW/RDTR)")
    STUDY = "studi_kelayakan", _("Feasibility study")
    MASTERPLAN = "masterplan", _("Masterplan")
    FITTING = "kkpr", _("Spatial fitness approval (KKPR/PKKPR)")
    ENVIRONMENT = "persetujuan_lingkungan", _("Environmental approval")
    LICENCE = "iuki", _("Zone business licence (IUKI)")
    EXTENSION = "ipki", _("Extension licence (IPKI)")
    ACCREDITATION = "akreditasi", _("Accreditation")
    NATIONAL = "psn", _("Regulation on national strategic projects")
    PROFILE = "profil", _("Profile or brochure")
    OTHER = "lainnya", _("Other document")


class MilestoneState(TextChoices):
    """How a milestone stands on a day; never stored."""

    DONE = "selesai", _("Finished")
    LATE = "terlambat", _("Late")
    DELAYED = "terlambat_mulai", _("Late to begin")
    RUNNING = "berjalan", _("Under way")
    AHEAD = "belum_mulai", _("Not begun")


class IssueKind(TextChoices):
    """The five classes of issues of national strategic projects (KPPIP)."""

    LAND = "tanah_tata_ruang", _("Land acquisition and spatial planning")
    FOREST = "kehutanan_lingkungan", _("Forestry and environment")
    PERMITS = "perizinan_penyiapan", _("Permits and preparation")
    BUILDING = "konstruksi", _("Construction")
    MONEY = "pendanaan", _("Funding and financing")


class IssueState(TextChoices):
    OPEN = "terbuka", _("Still open")
    UNBLOCKING = "proses_debottlenecking", _("Being unblocked")
    SETTLED = "selesai", _("Settled")


class Light(TextChoices):
    """The traffic light of an issue."""

    GREEN = "hijau", _("Green")
    YELLOW = "kuning", _("Yellow")
    RED = "merah", _("Red")
