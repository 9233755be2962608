"""What a list counts becomes the denominator of the league's coverage, with its day and its source."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from disperin.accounts.models import User
from disperin.coverage.actions.bringing import held
from disperin.coverage.models import OutsideList
from disperin.coverage.rules import Kind
from disperin.desk.refusals import NotNow, Refusal, Refused
from disperin.history.models import record as write_history
from disperin.registers.record.revisions import REFERENCE, raise_revision
from industries.models import OutsideCount


def why_not_count(outside_list: OutsideList, user: User) -> Refusal:
    """Why this person may not count a list for the league; empty if they may."""
    if not user.can_publish:
        return Refusal(_("Only an administrator lays down what coverage is measured by."), forbidden=True)
    if outside_list.kind == Kind.HALAL:
        return Refusal(_("Certificates are no makers: this list measures no coverage of makers."))
    if outside_list.branch:
        return Refusal(_("This list covers one branch of industry alone, so it measures no coverage of a regency."))
    if not outside_list.is_compared:
        return Refusal(_("This list is not compared yet."))
    return Refusal()


@transaction.atomic
def count_for_league(outside_list: OutsideList, *, only_industry: bool, by: User) -> list[OutsideCount]:
    """Keep how many makers the list names in each regency, each once, as a count of others; gives these counts.

    `only_industry`: somebody has said that it counts industry alone. Raises Refused, NotNow, ValidationError at
    `only_industry`, and where a count of the same day stands already.
    """
    if reason := why_not_count(outside_list, by):
        raise (Refused if reason.forbidden else NotNow)(reason)
    current = held(outside_list, by=by)
    if not only_industry:
        text = _("A count of all sectors is not used. Say that this list counts industry alone, or leave it.")
        raise ValidationError({"only_industry": ValidationError(text, "required")})
    things = current.things()
    if not things:
        raise ValidationError(_("No line of this list says in which regency it lies."), "nothing")
    taken = OutsideCount.objects.filter(counted_on=current.listed_on, regency__in=things).select_related("regency")
    if names := ", ".join(count.regency.name for count in taken):
        text = _("A count of this day stands already for %(names)s. Change it in the administration.")
        raise ValidationError(text % {"names": names}, "taken")
    what = {}
    for language in ("id", "en"):
        with override(language):
            what[f"what_{language}"] = str(current.get_kind_display())
    made = [
        OutsideCount(
            regency_id=code,
            number=number,
            counted_on=current.listed_on,
            source=current.source,
            only_industry=True,
            **what,
        )
        for code, number in things.items()
    ]
    for count in made:
        count.full_clean()
        count.save()
    current.counted_at = timezone.now()
    current.save(update_fields=["counted_at"])
    write_history("count_for_league", current, by=by, counts=things)
    raise_revision(REFERENCE)
    return made
