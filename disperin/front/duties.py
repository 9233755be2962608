"""What a public office owes its readers: about, privacy, accessibility, help.

The texts stand in `templates/front/<language>/<slug>.html`; what they say in numbers and names is asked of the code.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from disperin.inquiries.rules import ANSWER_WITHIN, REPLY_WITHIN
from disperin.registers.hiding.erasing import Personal, personal_of
from disperin.registers.lists.caching import Kept
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.submissions.actions.proposing import FORGOTTEN_AFTER
from disperin.ui.texts import Text
from disperin.workbooks.models import KEPT_FOR_VISITORS
from ovop.actions import GUESSES_WITHIN


@dataclass(frozen=True)
class KeptData:
    """What is kept of whom, why, and how long."""

    what: Text
    why: Text
    how_long: Text


class Duty(Kept, TemplateView):
    """One of these pages, in the language of the reader."""

    reads = ("reference",)
    template_name = "front/duty.html"
    slug = ""
    title: Text = ""
    summary: Text = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = f"front/{(get_language() or settings.LANGUAGE_CODE)[:2]}/{self.slug}.html"
        days = {"reply_within": REPLY_WITHIN, "answer_within": ANSWER_WITHIN}
        return super().get_context_data(title=self.title, summary=self.summary, text=text, **days, **kwargs)


class About(Duty):
    """`/tentang/`: what the portal is, who answers for it and how to reach them, what may be done with the data."""

    slug = "tentang"
    title = gettext_lazy("About the portal")
    summary = gettext_lazy(
        "What the portal holds, who answers for it, how to reach the office, and what you may do with the data."
    )


class Privacy(Duty):
    """`/privasi/`: what is kept of whom, why and how long; and the way to ask about one's own data."""

    slug = "privasi"
    title = gettext_lazy("Privacy")
    summary = gettext_lazy("What the portal keeps of whom, why and how long, and how to ask about your own data.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            kept_data=list(kept_data()),
            personal=[
                (register.label, fields)
                for register in directory.all_registers()
                if (fields := list(personal_fields(register)))
            ],
            session_cookie=settings.SESSION_COOKIE_NAME,
            form_cookie=settings.CSRF_COOKIE_NAME,
            map_hosts=settings.MAP_TILE_HOSTS,
            **kwargs,
        )


class Accessibility(Duty):
    """`/aksesibilitas/`: what the portal keeps to, how that is checked, and what is known to fall short."""

    slug = "aksesibilitas"
    title = gettext_lazy("Accessibility")
    summary = gettext_lazy(
        "What the portal keeps to so that everybody can use it, how that is checked, and what falls short."
    )


class Help(Duty):
    """`/bantuan/`: how a visitor searches, checks a star, reports, reads figures, takes the data."""

    slug = "bantuan"
    title = gettext_lazy("Help")
    summary = gettext_lazy("How to search, check a star, report wrong data, read figures, and use the open data.")


def kept_data() -> Iterator[KeptData]:
    """What the portal keeps of people besides the registers; every span is the one that the code keeps to."""
    yield KeptData(
        _("Name, contact and message of whoever reports, asks or makes a request"),
        _("To answer"),
        _("%(days)s days after the end") % {"days": settings.INQUIRY_SENDERS_KEPT_FOR.days},
    )
    yield KeptData(
        _("Accounts of the office: name, user name, e-mail, role, regency, language"),
        _("To sign in, and so that the office knows who decided what"),
        _("As long as what they did is kept in the history"),
    )
    yield KeptData(
        _("The session of whoever signed in"),
        _("To stay signed in"),
        _("Until the browser is closed, %(hours)s hours at most") % {"hours": settings.SESSION_COOKIE_AGE // 3600},
    )
    yield KeptData(
        _("Drafts that nobody has changed"),
        _("To be finished"),
        _("Withdrawn after %(days)s days; the office sees them until they are erased") % {"days": FORGOTTEN_AFTER.days},
    )
    yield KeptData(
        _("Rows of Excel files that the office sent"),
        _("To check them and to make proposals of them"),
        _("%(days)s days") % {"days": settings.WORKBOOK_KEPT_DAYS},
    )
    yield KeptData(
        _("Names and numbers of businesses in lists of other offices"),
        _("To see who of them is in the registers, and where the two contradict"),
        _("Until the office removes the list; of a record whose personal data are erased nothing stays in it"),
    )
    yield KeptData(
        _("Large files that were ordered for download"),
        _("To be fetched"),
        _("%(hours)s hours; those of people with an account %(days)s days")
        % {"hours": KEPT_FOR_VISITORS // timedelta(hours=1), "days": settings.EXPORT_KEPT_DAYS},
    )
    yield KeptData(
        _("Checks of a star: how many, and the last day"),
        _("To see whether labels are used"),
        _("As long as the label; who checked is not kept"),
    )
    yield KeptData(
        _(
            "The network address of whoever tries out labels, as a hash "
            "that cannot be turned back without the secret key of the portal"
        ),
        _("To stop guessing"),
        _("%(minutes)s minutes") % {"minutes": GUESSES_WITHIN // 60},
    )
    yield KeptData(
        _("The network address of whoever asks for very much"),
        _("To keep the portal quick for all: requests are counted"),
        _("While the requests of that minute or hour are counted"),
    )
    yield KeptData(
        _("The server's log of faults: network address, page and time"),
        _("To find faults and attacks"),
        _("Outside the portal's data, as long as whoever runs the server keeps its logs"),
    )


def personal_fields(register: Register) -> Iterator[tuple[str, Text]]:
    """What a register may say of a person, and who sees it: as its audience has it."""
    for personal in personal_of(register):
        yield personal.label, _seen_by(register, personal)


def _seen_by(register: Register, personal: Personal) -> Text:
    form = register.form.parts[personal.part] if personal.part else register.form
    audience = form._meta.model.audience
    fields = set(personal.fields)
    entered = {name for name in fields if name in form.base_fields}
    if entered & set(audience.public):
        return _("Everybody")
    if fields & set(audience.public):
        return _("The office; everybody only as far as the owner has agreed")
    if entered & set(audience.masked):
        return _("The office, hidden until somebody asks for it, which is noted")
    return _("The office")
