"""What follows from a decision: numbers, files, counts, history, notices."""

from importlib import import_module
from io import BytesIO

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from disperin.attachments import actions as attachments
from disperin.attachments.models import Attachment
from disperin.desk.refusals import Refused
from disperin.history.models import Entry
from disperin.notices.models import Notice
from disperin.registers.models import FacetCount
from disperin.registers.record import directory, revisions, rollup
from disperin.submissions import actions
from disperin.submissions.models import Submission
from industries.models import Establishment
from tests.factories import CommodityFactory, a_cluster, an_establishment, establishment_values

REGISTER = "establishments"


def a_photo(by, *, regency=None):
    picture = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(picture, "JPEG")
    file = SimpleUploadedFile("kain.jpg", picture.getvalue())
    return attachments.upload(file, kind="photo", regency=regency or by.regency, by=by)


def drafted(by, *, record=None, kind=None, **values):
    given = values if record else establishment_values(**values)
    return actions.draft(directory.get(REGISTER), given, by=by, record=record, kind=kind)


def verified(draft, *, by):
    submission = actions.submit(draft, by=draft.proposed_by, acknowledged=True)
    return actions.verify(submission, by=by, round=submission.round)


def is_public(attachment):
    return Attachment.objects.get(pk=attachment.pk).published_at is not None


def test_a_photo_becomes_public_with_its_record_and_private_when_it_is_dropped(officer, verifier):
    photo, of_product = a_photo(officer), a_photo(officer)
    products = [{"name": "Kain", "photo": str(of_product.pk)}]
    draft = drafted(officer, photo=str(photo.pk), products=products)
    assert not is_public(photo)

    record = verified(draft, by=verifier).record()
    assert (is_public(photo), is_public(of_product)) == (True, True)

    verified(drafted(officer, record=record, photo=""), by=verifier)
    assert (is_public(photo), is_public(of_product)) == (False, True)


def test_the_photos_of_a_closed_record_are_private_again(officer, verifier):
    photo = a_photo(officer)
    record = verified(drafted(officer, photo=str(photo.pk)), by=verifier).record()

    verified(drafted(officer, record=record, kind="close", closed_on="2026-01-31", closed_reason="moved"), by=verifier)

    assert not is_public(photo)


def test_a_file_of_another_regency_cannot_be_used(officer, officer_there):
    photo = a_photo(officer_there)

    draft = drafted(officer, photo=str(photo.pk))

    with pytest.raises(ValidationError) as refused:
        actions.submit(draft, by=officer)
    assert set(refused.value.message_dict) == {"photo"}


def test_the_counts_of_the_lists_follow_every_verification(officer, verifier):
    record = verified(drafted(officer, branch="pangan"), by=verifier).record()
    assert rollup.counts_of(REGISTER)["branch"] == {"pangan": 1}
    assert rollup.crossed_counts(REGISTER, "regency", record.regency_id)["branch"] == {"pangan": 1}
    assert rollup.crossed_counts(REGISTER, "regency", "63.71") == {}

    verified(drafted(officer, record=record, branch="sandang_kulit"), by=verifier)
    assert rollup.counts_of(REGISTER)["branch"] == {"sandang_kulit": 1}

    verified(drafted(officer, record=record, kind="close", closed_on="2026-01-31", closed_reason="error"), by=verifier)
    assert rollup.counts_of(REGISTER) == {}
    assert rollup.crossed_counts(REGISTER, "regency", record.regency_id) == {}


def test_counting_anew_gives_what_the_verbs_kept_and_so_do_the_migrations(db):
    both, one = (CommodityFactory(key=key).pk for key in ("kopi", "madu"))
    an_establishment(branch="pangan", commodities=[both, one])
    an_establishment(branch="sandang_kulit", name="Lain", commodities=[both])
    kept = counted()
    assert ("regency/commodities", "63.07|kopi", 2) in kept

    rollup.recount(REGISTER, Establishment)
    assert counted() == kept

    FacetCount.objects.filter(facet__contains=rollup.CROSS).delete()
    migration = import_module("industries.migrations.0022_counts_by_regency").Migration
    with connection.cursor() as cursor:
        for operation in migration.operations:
            cursor.execute(operation.sql)
    assert counted() == kept


def counted():
    """What is kept of the register, as (facet, value, number)."""
    rows = FacetCount.objects.filter(register=REGISTER, number__gt=0)
    return set(rows.values_list("facet", "value", "number"))


def test_only_a_verification_raises_the_revision_of_the_register(officer, verifier):
    before = revisions.revisions_of([REGISTER])
    submission = actions.submit(drafted(officer), by=officer)
    assert revisions.revisions_of([REGISTER]) == before

    actions.verify(submission, by=verifier, round=1)

    assert revisions.revisions_of([REGISTER]) != before


def test_the_history_says_who_did_what_and_never_what_was_inside(officer, verifier):
    submission = verified(drafted(officer, phone="08125000123"), by=verifier)

    told = list(Entry.objects.order_by("id").values_list("actor__username", "verb"))
    assert told == [
        ("petugas.6307", "draft"),
        ("petugas.6307", "submit"),
        ("verifikator1", "create"),
        ("verifikator1", "verify"),
    ]
    assert "8125000123" not in str(list(Entry.objects.values_list("detail", flat=True)))
    assert Entry.objects.about(submission.record()).get().detail["version"] == 1


def test_the_proposer_is_told_in_the_portal_and_by_e_mail_once_it_is_through(
    officer, verifier, django_capture_on_commit_callbacks
):
    submission = actions.submit(drafted(officer, nib="1234567890123"), by=officer)

    with django_capture_on_commit_callbacks(execute=True):
        actions.send_back(submission, by=verifier, round=1, reasons={"nib": "Nomor tidak terbaca."})

    notice = Notice.objects.get(recipient=officer)
    assert "Nomor tidak terbaca." in notice.body
    assert [message.to for message in mail.outbox] == [[officer.email]]
    assert "Nomor tidak terbaca." in mail.outbox[0].body
    assert notice.path in mail.outbox[0].body


def test_an_administrator_publishes_at_once_and_it_says_so_for_ever(administrator):
    record = actions.publish(directory.get(REGISTER), establishment_values(), by=administrator)

    submission = Submission.objects.get()
    assert (submission.status, submission.direct, submission.record_id) == ("verified", True, record.pk)


@pytest.mark.parametrize("who", ["officer", "verifier", "head"])
def test_nobody_else_publishes(who, request):
    user = request.getfixturevalue(who)

    with pytest.raises(Refused):
        actions.publish(directory.get(REGISTER), {}, by=user)


def test_drafts_that_nobody_touched_for_ninety_days_are_withdrawn_with_a_notice(officer, time_machine):
    time_machine.move_to("2026-01-01T00:00:00+08:00", tick=False)
    draft = drafted(officer)
    time_machine.move_to("2026-04-01T00:00:00+08:00", tick=False)
    assert actions.withdraw_forgotten() == []

    time_machine.move_to("2026-04-01T00:00:01+08:00", tick=False)

    assert [one.number for one in actions.withdraw_forgotten()] == [draft.number]
    assert Notice.objects.get(recipient=officer).path.endswith(f"{draft.number}/")


def test_an_exact_place_is_public_only_with_consent(db):
    place = {"latitude": -2.583456, "longitude": 115.381234}
    private = an_establishment(**place)
    public = an_establishment(name="Anyaman", **place, show_on_map=True, map_consented_on="2026-01-31")

    assert (str(private.public_latitude), str(private.public_longitude)) == ("-2.58", "115.38")
    assert (float(public.public_latitude), float(public.public_longitude)) == (-2.583456, 115.381234)


def test_a_contact_is_public_only_with_consent(db):
    private = an_establishment(phone="08125000123")
    public = an_establishment(
        name="Anyaman", phone="08125000123", contact_public=True, contact_consented_on="2026-01-31"
    )

    assert (private.public_contact, public.public_contact) == (None, {"phone": "+628125000123"})


def test_consent_without_its_date_is_refused_and_a_date_without_consent_too(officer):
    draft = drafted(officer, show_on_map=True, contact_consented_on="2026-01-31")

    with pytest.raises(ValidationError) as refused:
        actions.submit(draft, by=officer)

    assert set(refused.value.message_dict) == {"map_consented_on", "contact_consented_on"}


def test_a_village_of_another_district_or_regency_is_refused(officer):
    here, there = establishment_values(), establishment_values(regency="63.06")
    draft = actions.draft(directory.get(REGISTER), {**here, "village": there["village"]}, by=officer)

    with pytest.raises(ValidationError) as refused:
        actions.submit(draft, by=officer)

    assert set(refused.value.message_dict) == {"village"}


def test_a_point_outside_the_regency_is_an_error_and_one_beyond_the_boundary_a_warning(officer):
    in_the_sea = drafted(officer, latitude=-5, longitude=115.38)
    with pytest.raises(ValidationError) as refused:
        actions.submit(in_the_sea, by=officer)
    assert set(refused.value.message_dict) == {"latitude"}

    beyond = drafted(officer, latitude=-2.485, longitude=115.221)  # in the box, outside the boundary
    with pytest.raises(ValidationError) as warned:
        actions.submit(beyond, by=officer)
    assert [error.code for error in warned.value.error_dict["latitude"]] == ["warning"]


def test_an_establishment_names_its_cluster_by_number(officer, verifier):
    cluster = a_cluster()

    record = verified(drafted(officer, cluster=cluster.number), by=verifier).record()

    assert record.cluster == cluster
    assert directory.get(REGISTER).form(instance=record).entered()[0]["cluster"] == cluster.number


def test_a_cluster_is_formed_by_five_and_not_by_four(officer, verifier):
    cluster = a_cluster()
    members = [an_establishment(name=f"Usaha {letter * 8}", cluster=cluster.number) for letter in "abcd"]
    change = actions.draft(directory.get("clusters"), {"status": "terbentuk"}, by=officer, record=cluster)
    with pytest.raises(ValidationError) as refused:
        actions.submit(change, by=officer)
    assert (set(refused.value.message_dict), len(members)) == ({"status"}, 4)

    an_establishment(name="Usaha eeeeeeee", cluster=cluster.number)

    assert actions.submit(change, by=officer).status == "submitted"


def test_what_the_record_answers_is_what_its_last_version_holds(officer, verifier):
    record = an_establishment(products=[{"name": "Kain", "permits": ["PIRT 1"]}], other_kbli=["13134"])

    version = record.events.latest("pgh_id")

    assert (version.version, version.name, version.other_kbli) == (1, record.name, ["2020-13134"])
