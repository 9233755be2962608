"""What may be proposed about industries, and how it is typed."""

from industries.forms.cluster import ClusterForm
from industries.forms.establishment import EstablishmentForm
from industries.forms.establishment_parts import DocumentForm, ProductForm
from industries.forms.green import GreenForm
from industries.forms.halal import HalalCoverForm, HalalForm

__all__ = [
    "ClusterForm",
    "DocumentForm",
    "EstablishmentForm",
    "GreenForm",
    "HalalCoverForm",
    "HalalForm",
    "ProductForm",
]
