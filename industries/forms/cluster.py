"""What may be proposed about a cluster."""

from django.utils.translation import gettext_lazy

from disperin.regions.models import Regency, Village
from disperin.registers.gate.forms import RecordForm
from disperin.registers.values.fields import Day, Reference
from disperin.registers.values.in_files import InFiles
from industries import rules
from industries.forms.places import narrow_places
from industries.models import Cluster, Commodity


class ClusterForm(RecordForm):
    """The form of the register `clusters`."""

    regency = Reference(Regency.objects.all(), label=Cluster._meta.get_field("regency").verbose_name)
    village = Reference(
        Village.objects.select_related("district"), label=Cluster._meta.get_field("village").verbose_name
    )
    commodity = Reference(Commodity.objects.all(), label=Cluster._meta.get_field("commodity").verbose_name)
    decree_on = Day(required=False, label=Cluster._meta.get_field("decree_on").verbose_name)

    class Meta:
        model = Cluster
        fields = ["name", "commodity", "regency", "village", "status", "decree_number", "decree_on"]

    in_files = InFiles(words={"name": ("sentra", "nama sentra"), "village": ("desa", "kelurahan")})
    sections = (
        ("", ("name", "commodity", "status")),
        ("place", ("regency", "village")),
        ("decree", ("decree_number", "decree_on")),
    )

    section_titles = {
        "": gettext_lazy("The cluster"),
        "place": gettext_lazy("Where it lies"),
        "decree": gettext_lazy("Decree"),
    }

    def narrow(self, regency, *, district=None, options_url=""):
        """Villages of the regency, by district."""
        narrow_places(self.fields, regency, district=district, options_url=options_url)

    def warnings(self):
        """As of every register, and an active cluster of fewer than five members (PP 29/2018 art. 1)."""
        text = rules.cluster_warning(status=self.instance.status, members=self.instance.member_count())
        return [*super().warnings(), *([("status", text)] if text else [])]
