"""The first day: what a new colleague does once, in order, each step with its chapter; by role."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import Role, User
from disperin.ui.texts import Text


@dataclass(frozen=True)
class Step:
    """One thing to do once: its lasting key, what it is, the view at which it is done, its chapter."""

    key: str
    text: Text
    view: str
    chapter: str


PASSWORD = Step("password", _("Give yourself a password that only you know."), "account_change_password", "akun")
FACTOR = Step("factor", _("Switch on the second factor, and print the recovery codes."), "mfa_index", "akun")
SUMMARY = Step(
    "summary", _("Read what waits for you, and follow one number to its list."), "overview:summary", "ringkasan"
)
CALENDAR = Step("calendar", _("Put the due days into your calendar."), "overview:calendar", "ringkasan")
SEARCH = Step(
    "search", _("Find a maker of your area by a word of its name, then by its number."), "search:search", "mencari"
)
DRAFT = Step(
    "new", _("Begin a new record, leave the page, and find the draft again."), "submissions:start", "usulan-baru"
)
TEMPLATE = Step(
    "template", _("Download the template of your regency, fill in two rows, and upload it."), "workbooks:index", "impor"
)
HALAL = Step(
    "halal", _("See which makers of your area are past their halal deadline."), "industries:halal-work", "halal"
)
INQUIRY = Step(
    "inquiry", _("Look what visitors have asked, and by when they get an answer."), "inquiries:list", "pesan"
)

STEPS = {
    Role.OFFICER: (
        PASSWORD,
        SUMMARY,
        SEARCH,
        Step("change", _("Propose a change of one record, such as its telephone."), "search:search", "perubahan"),
        DRAFT,
        TEMPLATE,
        HALAL,
        INQUIRY,
        CALENDAR,
    ),
    Role.VERIFIER: (
        PASSWORD,
        FACTOR,
        SUMMARY,
        SEARCH,
        Step("review", _("Take the oldest submission, and decide on it."), "submissions:inbox", "memeriksa"),
        Step("batch", _("Open a file of rows, and read its sample."), "submissions:batches", "berkas"),
        Step("pair", _("Compare a pair that may be one record."), "duplicates:pairs", "kembar"),
        INQUIRY,
        CALENDAR,
    ),
    Role.HEAD: (
        PASSWORD,
        Step("late", _("Read what is late, where and with whom."), "head:page", "kepala"),
        Step("portfolio", _("Look how far each zone is behind its plan."), "zones:zone-portfolio", "kawasan"),
        SEARCH,
        CALENDAR,
    ),
    Role.ADMINISTRATOR: (
        PASSWORD,
        FACTOR,
        SUMMARY,
        SEARCH,
        Step("account", _("Open the accounts, and see who may sign in."), "admin:index", "pengguna"),
        Step("rules", _("Look up which rules with days are in force."), "admin:index", "aturan"),
        Step("hidden", _("Look what is hidden from the public, and why."), "submissions:hidden", "menyembunyikan"),
        CALENDAR,
    ),
}  # fmt: skip


def steps_of(user: User) -> tuple[Step, ...]:
    """What this person does on the first day."""
    return STEPS[Role(user.role)]
