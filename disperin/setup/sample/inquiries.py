"""Inquiries of the sample: invented visitors write, and the office of the sample takes, answers and closes."""

from disperin.accounts.models import User
from disperin.inquiries import actions
from disperin.inquiries.models import Inquiry, Kind, Topic
from disperin.inquiries.workflow import State
from disperin.setup.sample import sample_file
from disperin.setup.sample.people import a_phone
from industries.models import Establishment


def create(cast: dict[str, User]) -> int:
    """A report in every state and a question to the province; gives how many. Few makers give few reports."""
    made = _reports()
    officers = {user.regency_id: user for user in cast.values() if user.regency_id}
    for inquiry, state in zip(made[1:], State.values[1:], strict=False):
        officer = officers[str(inquiry.regency_id)]
        actions.take(inquiry, by=officer)
        if state == State.ANSWERED:
            actions.answer(inquiry, text="Terima kasih. Perbaikan data sudah diajukan (data contoh).", by=officer)
        if state == State.CLOSED:
            actions.close(inquiry, reason="Data sudah benar menurut pemilik usaha (data contoh).", by=officer)
    actions.receive(
        kind=Kind.QUESTION,
        message="Apakah masih ada lahan siap bangun di kawasan industri? (data contoh)",
        sender_name="Sari Contoh",
        email="sari@example.com",
        consented=True,
    )
    return len(made) + 1


def _reports() -> list[Inquiry]:
    texts = (
        (Topic.CONTACT, "Nomor telepon di halaman ini tidak aktif lagi (data contoh)."),
        (Topic.PRODUCT, "Produk ini sudah tidak dibuat sejak tahun lalu (data contoh)."),
        (Topic.PLACE, "Titik di peta terletak di desa sebelah (data contoh)."),
        (Topic.OTHER, "Ejaan nama keliru (data contoh)."),
    )
    makers = Establishment.objects.current().select_related("regency").order_by("number")
    home = sample_file.read().home
    chosen = [*makers.filter(regency=home), *makers.exclude(regency=home)]
    return [
        actions.receive(
            kind=Kind.REPORT, record=maker, topic=topic, message=text, phone=a_phone(9500 + at), consented=True
        )
        for at, (maker, (topic, text)) in enumerate(zip(chosen, texts, strict=False))
    ]
