"""Those who work while processes die. They remember what they were answered, and do not send twice what was cut off."""

import json
import random
import string
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from contextlib import suppress
from io import BytesIO

from django.db import Error, connection
from django.http import QueryDict
from PIL import Image

from disperin.accounts import actions as accounts
from disperin.accounts.models import ApiKey, Role, User
from disperin.regions.models import Regency, Village
from disperin.registers.record import directory
from disperin.submissions.batches.actions import note_opened
from disperin.submissions.models import SampledSubmission
from disperin.workbooks import actions as workbooks
from disperin.workbooks.exporting.selection import Wanted
from disperin.workbooks.models import Kind

ROWS = 150
HEADINGS = "Nama usaha,Bentuk badan usaha,Cabang industri,KBLI,Kecamatan,Desa/kelurahan"


class CutOff(Exception):
    """No answer, or none of the portal's own: whether it was done is not known."""


def calmly(do):
    """What `do()` gives, asked again until the database answers."""
    while True:
        try:
            return do()
        except Error:
            connection.close()
            time.sleep(1)


def a_name():
    """A name like no other."""
    return " ".join("".join(random.choices(string.ascii_lowercase, k=7)) for _word in range(3)).capitalize()


def multipart(fields, name, content):
    """The body of a form with a file, and its type."""
    edge = "edge-of-a-part"
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return "".join(
        [*parts, head]
    ).encode() + content + f"\r\n--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


class People:
    """Two officers who propose and upload, one who imports, a verifier of whole batches, one who exports."""

    def __init__(self, origin):
        self.origin, self.ended = origin, threading.Event()
        self.drafts, self.handed_in, self.uploads, self.names, self.batches = set(), set(), set(), set(), set()
        self.answers = Counter()
        regency = Regency.objects.get(pk="63.07")
        self.officer = User.objects.create(
            username="petugas.6307", email="petugas@example.com", role=Role.OFFICER, regency=regency
        )
        self.verifier = User.objects.create(username="verifikator", email="v@example.com", role=Role.VERIFIER)
        self.keys = {}
        for user in (self.officer, self.verifier):
            _key, self.keys[user.pk] = accounts.create_token(
                user, name="faults", scope=ApiKey.Scope.WRITE, days=1, by=user
            )
        village = Village.objects.filter(district__regency=regency).select_related("district").first()
        self.place = {"regency": "63.07", "district": village.district_id, "village": village.pk}
        self.threads = [threading.Thread(target=self._over, args=[work], daemon=True) for work in self._works()]

    def begin(self):
        for thread in self.threads:
            thread.start()

    def end(self):
        """Nothing new is begun; what was begun is brought to its end."""
        self.ended.set()

    def have_ended(self):
        return not any(thread.is_alive() for thread in self.threads)

    def _works(self):
        return [self._propose, self._propose, self._import, self._export]

    def _over(self, work):
        while not self.ended.is_set():
            try:
                work()
            except CutOff:
                time.sleep(0.5)

    def _propose(self):
        name = a_name()
        self.names.add(name)
        values = {
            **self.place,
            "name": name,
            "legal_form": "perorangan",
            "branch": "sandang_kulit",
            "kbli": "2020-13134",
        }
        draft = self._ask(self.officer, "submissions/", {"register": "establishments", "values": values})
        self.drafts.add(draft["number"])
        picture = BytesIO()
        Image.new("RGB", (900, 700), random.choice(["green", "red", "blue"])).save(picture, "JPEG")
        form = multipart({"kind": "photo"}, "foto.jpg", picture.getvalue())
        self.uploads.add(self._ask(self.officer, "attachments/", form)["id"])
        self._ask(self.officer, f"submissions/{draft['number']}/submit/", {"acknowledge_warnings": True})
        self.handed_in.add(draft["number"])

    def _import(self):
        """A file from its sending to its last verified row; a step that was cut off is looked after, not repeated."""
        names = [a_name() for _row in range(ROWS)]
        row = f"perorangan,sandang_kulit,2020-13134,{self.place['district']},{self.place['village']}"
        text = "\n".join([HEADINGS, *(f"{name},{row}" for name in names)])
        form = multipart({"register": "establishments"}, "ikm.csv", text.encode())
        sent = self._ask(self.officer, "workbooks/", form)
        at = f"workbooks/{sent['id']}/"
        self._until(self.officer, at, lambda told: told["state"] not in ("reading", "checking"))
        self._step(self.officer, f"{at}submit/", {"acknowledge_warnings": True})
        told = self._until(self.officer, at, lambda told: told["state"] == "submitted")
        batch = f"batches/{told['batch']}/"
        self._step(self.verifier, f"{batch}sample/", {})
        self._until(self.verifier, batch, lambda told: told["sample"] and not told["work"])
        calmly(lambda: [note_opened(one.submission, by=self.verifier) for one in SampledSubmission.objects.all()])
        self._step(self.verifier, f"{batch}verify/", {"note": ""})
        self._until(self.verifier, batch, lambda told: not told["counts"]["submitted"] and not told["work"])
        self.batches.add(told["batch"])

    def _export(self):
        wanted = Wanted(directory.get("establishments"), QueryDict(""), by=self.officer)
        with suppress(workbooks.Busy):  # several are being written: asked for again in a moment
            calmly(lambda: workbooks.export(wanted, Kind.XLSX, asker="", aside=True))
        time.sleep(3)

    def _step(self, user, path, body):
        """Take a step until it is answered; that it was taken already is an answer, too."""
        while True:
            try:
                return self._ask(user, path, body, or_not_now=True)
            except CutOff:
                time.sleep(0.5)

    def _until(self, user, path, reached):
        while True:
            try:
                if reached(told := self._ask(user, path)):
                    return told
            except CutOff:
                pass
            time.sleep(0.5)

    def _ask(self, user, path, body=None, *, or_not_now=False):
        headers = {"Authorization": f"Token {self.keys[user.pk]}"}
        if isinstance(body, tuple):
            body, headers["Content-Type"] = body
        elif body is not None:
            body, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        request = urllib.request.Request(f"{self.origin}/api/v1/{path}", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                self.answers["answered"] += 1
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            if refused.code == 409 and or_not_now:
                return None
            if refused.code >= 500:
                self.answers["cut off"] += 1
                raise CutOff from refused
            raise RuntimeError(f"{path}: {refused.code} {refused.read()[:500]}") from refused
        except (OSError, ValueError) as broken:
            self.answers["cut off"] += 1
            raise CutOff from broken
