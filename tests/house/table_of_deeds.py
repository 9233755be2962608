"""What each step of a page takes, and who may take it: what the table of rights says of reading, said of doing.

`{route: [(what is sent, who may), …]}`, of a world in which nobody but the officer has begun anything.
"""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests import factories

PROVINCE = {"verifier", "administrator"}
OFFICE = {"officer", *PROVINCE}  # of the regency in which the thing lies, and whoever proposes for all of them
LIST = b"Nama Perusahaan,NIB\nAyu Sasirangan,1203000100001\n"
LETTER = {
    "subject": "Permintaan data IKM", "register": "establishments", "variables": "Jumlah unit usaha; bilangan bulat",
    "written_on": "2026-01-15", "basis": "UU 3/2014",
}  # fmt: skip


def _assigned(world):
    told = {"to": world.people["officer"].pk, "due_on": timezone.localdate().isoformat()}
    return told | {"lines": [world.outside_line.pk]}


def _brought(_world):
    told = {"kind": "siinas", "listed_on": "2026-01-31", "source": "Surat uji"}
    return told | {"file": SimpleUploadedFile("akun.csv", LIST, "text/csv")}


def _next_forum(_world):
    return {"next_forum": factories.a_forum(name="Forum sesudahnya", day=date(2026, 12, 1).isoformat()).number}


OF_PAGES = {
    "coverage:bring": [(_brought, {"officer", "officer_there", *PROVINCE})],  # each a list of its own regency
    "coverage:list": [(_assigned, OFFICE), (lambda world: {"end": world.tasks["outsidetask"].pk}, OFFICE)],
    "coverage:step": [
        (lambda world: {"step": "import", "regency": "63.07"}, OFFICE),
        (lambda world: {"step": "again"}, OFFICE),
        (lambda world: {"step": "remove"}, OFFICE),
        (lambda world: {"step": "count", "only_industry": "on"}, {"administrator"}),
    ],
    "reports:copy-forward": [(lambda world: {"year": "2026", "quarter": "TW2"}, OFFICE)],
    "reports:note-step": [(lambda world: {"state": "konsep", "on": "2026-04-02", "seen": "0"}, OFFICE)],
    "letters:write": [(lambda world: LETTER | {"regencies": ["63.07"]}, PROVINCE)],
    "letters:letter": [(lambda world: {"received_on": "2026-02-01"}, PROVINCE)],
    "letters:revise": [(lambda world: LETTER | {"due_on": "2026-03-01"}, PROVINCE)],
    "letters:withdraw": [(lambda world: {}, PROVINCE)],
    "commitments:carry-over": [(_next_forum, PROVINCE)],
}
OF_API = {
    "outsidetask-list": [(_assigned, OFFICE)],
    "outsidetask-end": [(lambda world: {}, OFFICE)],
}
