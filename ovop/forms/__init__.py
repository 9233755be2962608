"""What may be proposed about awards and nominations; and the small forms of the pages of this app."""

from ovop.forms.award import AwardForm
from ovop.forms.desk import AssessmentForm, ClusterReadinessForm, GapForm, ReadinessForm, ResultForm
from ovop.forms.nomination import NominationForm
from ovop.forms.standards import ChecklistForm, ClusterStandardForm, StandardForm

__all__ = [
    "AssessmentForm",
    "AwardForm",
    "ChecklistForm",
    "ClusterReadinessForm",
    "ClusterStandardForm",
    "GapForm",
    "NominationForm",
    "ReadinessForm",
    "ResultForm",
    "StandardForm",
]
