"""What the handbook has to say: a chapter for each task, in parts, and at which pages the task is done.

The text of a chapter stands in `templates/handbook/<language>/<slug>.html`, its pictures in
`static/handbook/<language>/` (`make pictures` draws them from the sample).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import Role, User
from disperin.submissions.models import Kind
from disperin.submissions.workflow import Status
from disperin.ui.texts import Text


def _everybody(_user: User) -> bool:
    return True


def _who_proposes(user: User) -> bool:
    return user.can_propose


def _who_decides(user: User) -> bool:
    return user.can_decide


def _administrators(user: User) -> bool:
    return user.is_staff


def _who_only_reads(user: User) -> bool:
    return user.role == Role.HEAD


@dataclass(frozen=True)
class Chapter:
    """One task: its address, what it is called and about, at which views it is done, and whose it is."""

    slug: str
    title: Text
    summary: Text
    done_at: tuple[str, ...] = ()
    is_for: Callable[[User], bool] = _everybody

    @property
    def template(self) -> str:
        """Where the text stands, with the language to be put in."""
        return f"handbook/{{}}/{self.slug}.html"


PROPOSING = tuple(f"submissions:{name}" for name in ("start", "edit", "check", "detail", "withdraw"))
PARTS: tuple[tuple[Text, tuple[Chapter, ...]], ...] = (
    (
        _("To begin with"),
        (
            Chapter(
                "akun",
                _("Sign in and keep the account safe"),
                _("Password, second factor, tokens, and what to do when the session has ended."),
                (
                    "accounts:profile",
                    "accounts:token-create",
                    "mfa_index",
                    "account_change_password",
                    "overview:absences",
                ),
            ),
            Chapter(
                "ringkasan",
                _("See what waits"),
                _("The first page, due days, the calendar, and notices."),
                ("overview:summary", "overview:days", "overview:calendar", "notices:list"),
            ),
            Chapter(
                "mencari",
                _("Find a record"),
                _("By number, NIB, telephone, owner or words, in one box."),
                ("search:search",),
            ),
            Chapter(
                "kepala",
                _("Read how things stand, as head of the office"),
                _("What is late, where, with whom and since when; each number opens its list."),
                (
                    "head:page",
                    "head:alerts",
                    "head:mail",
                    "industries:halal-progress",
                    "industries:halal-figures",
                    "industries:green-figures",
                ),
                is_for=_who_only_reads,
            ),
        ),
    ),
    (
        _("Propose"),
        (
            Chapter(
                "usulan-baru",
                _("Propose a new record"),
                _("From the form to the number of the submission."),
                PROPOSING,
                is_for=_who_proposes,
            ),
            Chapter(
                "perubahan",
                _("Propose a change"),
                _("Contact, photograph, products: only what differs is checked."),
                is_for=_who_proposes,
            ),
            Chapter(
                "dikembalikan",
                _("Mend what was returned"),
                _("The reasons stand at the fields; mend and submit again."),
                is_for=_who_proposes,
            ),
            Chapter(
                "impor",
                _("Send many rows from Excel"),
                _("Your own file or the template; every row is accounted for before anything is proposed."),
                ("workbooks:index", "workbooks:detail"),
                is_for=_who_proposes,
            ),
            Chapter(
                "daftar-kantor-lain",
                _("Compare a list of another office"),
                _("Who of SIINas, OSS, SIHALAL or a census is here, who is not, and where the two contradict."),
                ("coverage:lists", "coverage:bring", "coverage:list"),
            ),
            Chapter(
                "menutup",
                _("Close a record, and open it again"),
                _("When a business has ended, moved, or stands there twice."),
                is_for=_who_proposes,
            ),
            Chapter(
                "sistem-lama",
                _("Check what came from an older system"),
                _("Confirm one by one, or many at once by a sample."),
                ("submissions:old-stock",),
                is_for=_who_proposes,
            ),
        ),
    ),
    (
        _("Check and decide"),
        (
            Chapter(
                "memeriksa",
                _("Check a submission"),
                _("Take, read the differences, verify, return or reject, and go on to the next."),
                ("submissions:inbox", "submissions:review", "submissions:claim"),
                is_for=_who_decides,
            ),
            Chapter(
                "berkas",
                _("Check a whole file"),
                _("A random sample is read; then all rows are decided together."),
                ("submissions:batches", "submissions:batch"),
                is_for=_who_decides,
            ),
            Chapter(
                "kembar",
                _("Decide about likely duplicates"),
                _("Compare two records, merge them or keep both; a merge can be undone."),
                ("duplicates:pairs", "duplicates:pair", "duplicates:pair-new", "duplicates:merge"),
            ),
            Chapter(
                "pesan",
                _("Answer a visitor"),
                _("Take a message in time, mend what is wrong, and answer so that all may read it."),
                ("inquiries:list", "inquiries:detail"),
            ),
        ),
    ),
    (
        _("Campaigns"),
        (
            Chapter(
                "halal",
                _("Work off the halal list"),
                _("Who is past the deadline, what is missing, who goes there by when."),
                ("industries:halal-work",),
            ),
            Chapter(
                "kbli",
                _("Settle KBLI codes"),
                _("Codes that are gone, or mean something else in the version in force."),
                ("industries:kbli-work", "industries:service-list"),
            ),
            Chapter(
                "ovop",
                _("From readiness to a star of OVOP"),
                _("Readiness, nomination, two assessments, the award and its label."),
                (
                    "ovop:readiness",
                    "ovop:product-readiness",
                    "ovop:nomination-list",
                    "ovop:nomination-detail",
                    "ovop:nomination-assess",
                    "ovop:due",
                    "ovop:label",
                ),
            ),
            Chapter(
                "pembinaan",
                _("Record assistance and what became of it"),
                _("From a list of recipients in Excel to the results after 6 and 12 months."),
                (
                    "assistance:assistance-list",
                    "assistance:assistance-detail",
                    "assistance:never-helped",
                    "assistance:report",
                    "ovop:cluster-readiness",
                ),
            ),
            Chapter(
                "laporan-triwulan",
                _("Report a quarter, and follow it through SIINas"),
                _("Copy forward, change, the sheet for SIINas, its steps, who kept the deadline."),
                (
                    "reports:quarterlyreport-list",
                    "reports:quarterlyreport-detail",
                    "reports:compliance",
                    "reports:obliged",
                ),
            ),
            Chapter(
                "kawasan",
                _("Follow an industrial zone"),
                _("Plan, progress, issues, and the portfolio for the head of the office."),
                (
                    "zones:zone-portfolio",
                    "zones:zone-progress",
                    "zones:zoneissue-list",
                    "zones:zone-self-check",
                    "zones:project-list",
                    "zones:project-detail",
                    "zones:project-progress",
                ),
            ),
            Chapter(
                "komitmen",
                _("Keep the promises of a forum, and ask for data"),
                _("Forum, promises, evidence, minutes, the next forum; letters that ask for data."),
                (
                    "commitments:forum-list",
                    "commitments:last-forum",
                    "commitments:forum-detail",
                    "commitments:carry-over",
                    "commitments:commitment-list",
                    "commitments:commitment-detail",
                    "letters:list",
                    "letters:letter",
                    "letters:write",
                    "letters:revise",
                ),
            ),
            Chapter(
                "perencanaan",
                _("Keep indicators, targets and realisations"),
                _("Targets with their document, realisations with their source, the light, printed tables."),
                (
                    "planning:indicator-list",
                    "planning:indicator-detail",
                    "planning:tables",
                    "planning:economy",
                    "planning:units",
                ),
            ),
            Chapter(
                "pengawasan",
                _("Inspect a maker or a zone"),
                _("Plan, visit on the telephone, findings, follow-ups, minutes."),
                ("supervision:inspection-list", "supervision:inspection-detail"),
            ),
            Chapter(
                "data-saya",
                _("Complete the data of your regency"),
                _("Who lacks what, who sees to it by when, and the same change for many."),
                ("mydata:registers", "mydata:table", "mydata:lacking", "mydata:change"),
            ),
            Chapter(
                "mutu",
                _("Raise the quality of your data"),
                _("Whose data is to be made better first, and which field lifts its score most."),
                ("industries:quality-work", "figures:quality"),
            ),
            Chapter(
                "tutup-triwulan",
                _("Close a quarter"),
                _("Sums of workers and money, the figures kept for ever, the paper for the Governor, corrections."),
                (
                    "closes:list",
                    "closes:close",
                    "closes:figures",
                    "closes:correct",
                    "closes:changed",
                    "figures:sums",
                    "figures:reported",
                ),
            ),
            Chapter(
                "unduh",
                _("Download data"),
                _("Any list as XLSX or CSV, with places as GeoJSON, just as it is narrowed on the page."),
                ("downloads:index",),
            ),
        ),
    ),
    (
        _("For administrators"),
        (
            Chapter(
                "pengguna",
                _("Accounts and handing over"),
                _("Invite somebody, end an account, give what was in hand to a colleague."),
                ("submissions:hand-over",),
                is_for=_administrators,
            ),
            Chapter(
                "menyembunyikan",
                _("Take something off the public"),
                _("Hide at once what must not be public, and erase personal data on request."),
                ("submissions:hidden", "submissions:hide", "erasure:erase"),
                is_for=_administrators,
            ),
            Chapter(
                "aturan",
                _("Rules with days, holidays, code lists"),
                _("End a rule and begin the next one; earlier days stay as they were judged."),
                is_for=_administrators,
            ),
        ),
    ),
)
CHAPTERS = {chapter.slug: chapter for _part, chapters in PARTS for chapter in chapters}
AT_PAGES = {view: chapter for chapter in CHAPTERS.values() for view in chapter.done_at}
OF_KIND = {
    Kind.CREATE: "usulan-baru",
    Kind.CHANGE: "perubahan",
    Kind.CLOSE: "menutup",
    Kind.REOPEN: "menutup",
    Kind.CONFIRM: "sistem-lama",
}


def chapter_about(view: str, user: User, shown: Mapping[str, Any]) -> Chapter | None:
    """The chapter about what is done at this view with what the page shows, or None.

    One page serves every kind of submission: the chapter follows its kind, and where it stands.
    """
    submission = shown.get("submission")
    kind = submission.kind if submission else shown.get("kind")
    if view not in PROPOSING or kind not in OF_KIND:
        return AT_PAGES.get(view)
    if submission and submission.status == Status.RETURNED:
        return CHAPTERS["dikembalikan"]
    if submission and submission.status == Status.SUBMITTED and user.can_decide:
        return CHAPTERS["memeriksa"]
    return CHAPTERS[OF_KIND[kind]]
