"""Labels: print one, check one. Awards themselves go through submissions."""

import math
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import record as write_history
from disperin.regions.reach import reaches
from ovop import rules
from ovop.models import Award, Label
from ovop.rules.tokens import Keyring

MOST_GUESSES = 20  # tokens that are none, from one address within the time below; good labels are never counted
GUESSES_WITHIN = 300  # seconds


class TooManyGuesses(Exception):
    """Somebody tries out tokens. `seconds` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True)
class Check:
    """The outcome of a check; without a good signature there is neither claim nor award."""

    verdict: rules.Verdict
    claim: rules.Claim | None = None
    label: Label | None = None
    award: Award | None = None


def keys() -> Keyring:
    """The keys of this installation, by which labels are signed and checked."""
    return rules.keyring(settings.OVOP_SIGNING_KEYS, settings.OVOP_RETIRED_KEYS)


@transaction.atomic
def print_label(award: Award, *, form: str, by: User) -> Label:
    """The label of an award, ready to be drawn in `form`; the printing is noted in the award's history.

    The first printing signs the token and fixes the portal's address. A later one takes the same label, so that every
    copy says the same, unless the award or the set of keys has changed since. Raises Refused (out of reach, or a role
    that only reads), NotNow (the star does not stand, or there is no key to sign with).
    """
    if not (reaches(by, award) and by.can_propose):
        raise Refused(_("Only the office prints labels, for the makers of its own regency."))
    award = Award.objects.select_for_update(of=["self"]).select_related("grade").get(pk=award.pk)
    if award.closed_on or award.shown_state in (rules.AwardState.REVOKED, rules.AwardState.ENDED):
        raise NotNow(_("This star does not stand any more, so no label is printed for it."))
    if award.hidden:
        raise NotNow(_("This star is hidden from the public, so no label is printed for it."))
    label = _present_label(award) or _signed_label(award, by=by)
    Label.objects.filter(pk=label.pk).update(prints=F("prints") + 1)
    write_history("print_label", award, by=by, form=form, key=label.key_id)
    return label


def _present_label(award: Award) -> Label | None:
    """The last label, if it still says what the award says and its key is still published."""
    label = award.labels.first()
    if label is None or label.key_id not in keys().public:
        return None
    said = (label.stars, label.scheme, label.issued_on)
    return label if said == (award.stars, award.grade.scheme_id, award.decree_on) else None


def _signed_label(award: Award, *, by: User) -> Label:
    try:
        claim, token = rules.sign_claim(
            keys(), number=award.number, stars=award.stars, scheme=award.grade.scheme_id, issued_on=award.decree_on
        )
    except rules.NoSigningKey as none:
        raise NotNow(
            _("This portal has no key to sign labels with. Ask whoever runs it to set OVOP_SIGNING_KEYS.")
        ) from none
    label, _is_new = Label.objects.get_or_create(
        token=token,
        defaults={
            "award": award,
            "key_id": claim.key_id,
            "stars": claim.stars,
            "scheme": claim.scheme,
            "issued_on": claim.issued_on,
            "origin": settings.PUBLIC_ORIGIN,
            "made_by": by,
        },
    )
    return label


def check(token: str, *, asker: str) -> Check:
    """What a label is worth today: the signature is checked, the award looked up, the check counted.

    `asker` is the network address, used only to stop whoever tries out tokens: it is kept as a keyed hash for five
    minutes and never beside the label. Raises TooManyGuesses.
    """
    try:
        claim = rules.read_token(token, keys())
    except (rules.Unreadable, rules.Altered) as problem:
        _refuse_guesses(asker)
        if isinstance(problem, rules.Altered):
            return Check(rules.Verdict.ALTERED)
        return Check(rules.Verdict.INCOMPLETE if isinstance(problem, rules.Incomplete) else rules.Verdict.UNKNOWN)
    label = Label.objects.filter(token=token).first()
    if label is None:
        _refuse_guesses(asker)
        return Check(rules.Verdict.UNKNOWN)
    award = Award.objects.select_related(
        "regency", "group", "round", "grade__scheme", "establishment__photo", "establishment__village", "product__photo"
    ).get(pk=label.award_id)
    # how often, and the last day; nothing of who looked
    Label.objects.filter(pk=label.pk).update(scans=F("scans") + 1, last_scanned_on=timezone.localdate())
    verdict = rules.verdict_on(claim, _registered(award), on=timezone.localdate())
    return Check(verdict, claim, label, award)


def exceptions_today() -> dict[str, str]:
    """The labels whose star does not plainly stand today: what each claims, and its verdict.

    For checks without a connection. A label that is not named here stands; whether its scheme is the present one, the
    claim says. Labels of one award that claim the same are one entry.
    """
    today = timezone.localdate()
    plain = Q(
        award__state=rules.AwardState.VALID, award__closed_on=None, award__hidden=False, stars=F("award__stars"),
        scheme=F("award__grade__scheme"), issued_on=F("award__decree_on"),
    ) & (Q(award__valid_until=None) | Q(award__valid_until__gte=today))  # fmt: skip
    exceptions = {}
    for label in Label.objects.exclude(plain).select_related("award__grade__scheme").order_by("pk"):
        claim = rules.Claim(label.key_id, label.award.number, label.stars, label.scheme, label.issued_on)
        verdict = rules.verdict_on(claim, _registered(label.award), on=today)
        if verdict not in (rules.Verdict.VALID, rules.Verdict.OLD_SCHEME):
            exceptions[claim.said] = verdict.value
    return exceptions


def _registered(award: Award) -> rules.Registered:
    scheme = award.grade.scheme
    return rules.Registered(
        number=award.number,
        stars=award.stars,
        scheme=scheme.pk,
        issued_on=award.decree_on,
        state=award.state,
        valid_until=award.valid_until,
        is_closed=award.closed_on is not None,
        is_hidden=award.hidden,
        scheme_is_in_force=scheme.is_in_force(timezone.localdate().year),
    )


def _refuse_guesses(asker: str) -> None:
    window, passed = divmod(time.time(), GUESSES_WITHIN)
    who = salted_hmac("ovop.guesses", f"{window:.0f}|{asker}").hexdigest()
    key = f"ovop-guesses-{who}"
    cache.add(key, 0, GUESSES_WITHIN)
    try:
        guesses = cache.incr(key)
    except ValueError:  # dropped between the two lines, because the cache was full
        return
    if guesses > MOST_GUESSES:
        raise TooManyGuesses(math.ceil(GUESSES_WITHIN - passed))
