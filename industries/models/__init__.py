"""Who produces: establishments with their products, clusters, and the code lists they are described by."""

from industries.models.chain import ChainStep
from industries.models.cluster import Cluster, Coaching
from industries.models.codes import Commodity, KbliChange, KbliClass, KbliVersion
from industries.models.establishment import Document, Establishment, Product
from industries.models.green import GreenCertification
from industries.models.halal import HalalCertification, HalalCover, with_certificates
from industries.models.halal_duty import HalalDuty, duties_by_class
from industries.models.halal_maker import HalalMakerCount, halal_makers
from industries.models.halal_span import HalalCount, HalalSpan, halal_counts, judged_classes, past_the_deadline
from industries.models.halal_task import HalalTask
from industries.models.judging import halal_path, halal_statuses
from industries.models.kbli_word import KbliWord, kbli_words
from industries.models.leading import LeadingIndustry
from industries.models.league import OutsideCount, QualityMark
from industries.models.quality import Quality, QualityCount, QualityPass, QualityRule
from industries.models.quality_judging import judgement_of, quality_panel

__all__ = [
    "ChainStep",
    "Cluster",
    "Coaching",
    "Commodity",
    "Document",
    "Establishment",
    "GreenCertification",
    "HalalCertification",
    "HalalCount",
    "HalalCover",
    "HalalDuty",
    "HalalMakerCount",
    "HalalSpan",
    "HalalTask",
    "KbliChange",
    "KbliClass",
    "KbliVersion",
    "KbliWord",
    "LeadingIndustry",
    "OutsideCount",
    "Product",
    "Quality",
    "QualityCount",
    "QualityMark",
    "QualityPass",
    "QualityRule",
    "duties_by_class",
    "halal_counts",
    "halal_makers",
    "halal_path",
    "halal_statuses",
    "judged_classes",
    "past_the_deadline",
    "judgement_of",
    "kbli_words",
    "quality_panel",
    "with_certificates",
]
