"""How ready a cluster is for OVOP: the office's own count, no regulation. Judged as a product is: `judge`."""

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ovop.rules.readiness import Judged


class ClusterFact(TextChoices):
    """What the registers know about a cluster that its readiness may count."""

    DECREE = "sk", gettext_lazy("Decree of the regent or mayor")
    MEMBERS = "anggota", gettext_lazy("Members")
    NIB = "anggota_ber_nib", gettext_lazy("Members with a NIB")
    PRODUCTS = "produk", gettext_lazy("Products that members make")
    STARS = "produk_berbintang", gettext_lazy("Products of members with a star that stands")
    MANAGEMENT = "pengelolaan", gettext_lazy("Coaching in its management")
    FACILITIES = "sarana", gettext_lazy("Coaching in its facilities")
    ACTIVITIES = "kegiatan", gettext_lazy("Coaching by activities")


OF_MEMBERS = (ClusterFact.MEMBERS, ClusterFact.NIB, ClusterFact.PRODUCTS, ClusterFact.STARS)  # what its makers have


def explain_cluster_step(step: Judged) -> str:
    """What is to be done about one fact, in a sentence of the active language."""
    values = {"least": step.least, "has": step.has or 0}
    return {
        ClusterFact.DECREE: _("Bring about a decree of the regent or mayor and enter its number and date."),
        ClusterFact.MEMBERS: _("Register the makers that belong to it: %(has)s of at least %(least)s are there."),
        ClusterFact.NIB: _("Help members to a NIB and enter it: %(has)s of at least %(least)s have one."),
        ClusterFact.PRODUCTS: _("Enter the products of its members: %(has)s of at least %(least)s are there."),
        ClusterFact.STARS: _("Bring products of its members to a star: %(has)s of at least %(least)s have one."),
        ClusterFact.MANAGEMENT: _("Coach its management and enter it: %(has)s of at least %(least)s entries."),
        ClusterFact.FACILITIES: _("See to its facilities and enter it: %(has)s of at least %(least)s entries."),
        ClusterFact.ACTIVITIES: _("Hold activities for it and enter them: %(has)s of at least %(least)s entries."),
    }[ClusterFact(step.fact)] % values
