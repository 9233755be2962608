"""The minutes of a forum, as they are to be signed."""

import datetime

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.commitments.models import Commitment, CommitmentQuerySet, Forum
from disperin.papers.official import OfficialPaper, Passage, Said, Table
from disperin.papers.sample import sample_mark
from disperin.ui.formats import day, number

MOST_PRINTED = 500  # commitments on one paper


def minutes_of(forum: Forum, reader: User, on: datetime.date) -> OfficialPaper:
    """The minutes of a forum with the commitments within somebody's reach as they stand on a day.

    Who signs is left to be written: the office, and each regency that promised something.
    """
    reached = Commitment.objects.within_reach(reader).current()
    made = _rows(reached.filter(forum=forum))
    carried = _rows(reached.filter(next_forum=forum))
    regencies = sorted({commitment.regency for commitment in made}, key=lambda regency: regency.pk)
    passages = [Passage(_("What was promised"), [_nothing(forum)] if not made else [], _table(made) if made else None)]
    if carried:
        passages.append(Passage(_("Carried over from earlier forums"), (), _table(carried)))
    if len(made) == MOST_PRINTED or len(carried) == MOST_PRINTED:
        text = _("At most %(most)s are printed; the list in the portal has all of them.")
        passages.append(Passage("", [text % {"most": number(MOST_PRINTED)}]))
    return OfficialPaper(
        title=_("Minutes of %(forum)s") % {"forum": forum.name},
        head=str(settings.PROVINCE.office),
        heading=_("Minutes").upper(),
        facts=[
            Said(_("Number"), forum.minutes_number),
            Said(_("Forum"), forum.name),
            Said(_("Kind of meeting"), forum.get_kind_display()),
            Said(_("Day"), _days(forum)),
            Said(_("Place"), forum.place),
        ],
        passages=passages,
        signatures=[str(settings.PROVINCE.office), *(regency.name for regency in regencies)],
        name_label=_("Name and post"),
        footer=_footer(forum, reader, on),
        page=_("Page {page} of {pages}"),
        language=get_language() or "id",
        mark=sample_mark(),
    )


def _rows(commitments: CommitmentQuerySet) -> list[Commitment]:
    return list(commitments.select_related("regency", "forum", "unit").order_by("item", "regency", "id")[:MOST_PRINTED])


def _table(rows: list[Commitment]) -> Table:
    return Table(
        headings=[
            _("Item"),
            _("Regency/city"),
            _("What was promised"),
            _("Responsible"),
            _("Support asked"),
            _("Due on"),
            _("State"),
        ],  # fmt: skip
        widths=[0.5, 1.2, 3, 1.3, 1.5, 1, 0.9],
        rows=[_cells(commitment) for commitment in rows],
    )


def _cells(commitment: Commitment) -> list[str]:
    asked = f"{commitment.get_support_from_display()}: {commitment.support_asked}" if commitment.support_asked else "–"
    due = day(commitment.due_on) if commitment.due_on else "–"
    return [
        str(commitment.item),
        commitment.regency.name,
        commitment.name,
        commitment.who or "–",
        asked,
        due,
        str(commitment.get_state_display()),
    ]


def _days(forum: Forum) -> str:
    return f"{day(forum.day)} – {day(forum.last_day)}" if forum.last_day else day(forum.day)


def _nothing(forum: Forum) -> str:
    return _("No commitment of %(forum)s is in the register yet.") % {"forum": forum.name}


def _footer(forum: Forum, reader: User, on: datetime.date) -> str:
    sentences = [_("%(number)s · as the register stands on %(day)s.") % {"number": forum.number, "day": day(on)}]
    if not reader.sees_all:
        sentences.append(_("Only the commitments of one regency are printed here."))
    return " ".join(sentences)
