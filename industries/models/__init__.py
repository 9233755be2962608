"""Who produces: establishments with their products, clusters, and the code lists they are described by."""

from industries.models.cluster import Cluster
from industries.models.codes import Commodity, KbliClass, KbliVersion
from industries.models.establishment import Document, Establishment, Product
from industries.models.green import GreenCertification
from industries.models.halal import (
    HalalCertification,
    HalalCover,
    HalalDuty,
    HalalTask,
    halal_path,
    halal_statuses,
    with_certificates,
)

__all__ = [
    "Cluster",
    "Commodity",
    "Document",
    "Establishment",
    "GreenCertification",
    "HalalCertification",
    "HalalCover",
    "HalalDuty",
    "HalalTask",
    "KbliClass",
    "KbliVersion",
    "Product",
    "halal_path",
    "halal_statuses",
    "with_certificates",
]
