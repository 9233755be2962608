"""Verifying and returning many at once leaves what verifying and returning each leaves."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from disperin.attachments.models import Attachment
from disperin.desk.refusals import NotNow
from disperin.history.models import Entry
from disperin.notices.models import Notice
from disperin.registers.models import Counter, FacetCount, KnownWord, Revision
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.batches import actions as batches
from disperin.submissions.errors import Conflicts
from disperin.submissions.models import Submission, SubmissionRound
from industries.models import Establishment, Product
from tests.budget import examples
from tests.factories import a_cluster, an_administrator, an_establishment, cluster_values, establishment_values
from tests.submissions.test_consequences import a_photo

pytestmark = pytest.mark.thorough

ESTABLISHMENTS = "establishments"
WAITING = Submission.objects.filter(status="submitted")


def submitted(by, given, *, record=None, kind=None, slug=ESTABLISHMENTS):
    draft = actions.draft(directory.get(slug), given, by=by, record=record, kind=kind)
    return actions.submit(draft, by=by, acknowledged=True)


def meddled(record, **given):
    actions.publish(directory.get(ESTABLISHMENTS), given, by=an_administrator(), record=record)


def a_new_maker(at, by):
    submitted(by, establishment_values(name=f"Usaha {'abcdefghij'[at] * 9}", nib=f"111111111111{at}"))


def a_new_maker_with_products_and_photo(at, by):
    products = [{"name": "Kain", "photo": str(a_photo(by).pk)}, {"name": "Syal"}]
    submitted(
        by, establishment_values(name=f"Kain {'klmnopqrst'[at] * 9}", photo=str(a_photo(by).pk), products=products)
    )


def a_change_of_products(at, by):
    record = an_establishment(name=f"Lama {at}", products=[{"name": "Kain"}, {"name": "Syal"}], branch="pangan")
    kept = str(record.products.last().key)
    submitted(
        by, {"branch": "logam_elektronika", "products": [{"name": "Tas"}, {"key": kept, "unit": "m"}]}, record=record
    )


def a_change_beside_another(at, by):
    record = an_establishment(name=f"Bersama {at}")
    submitted(by, {"phone": "08125000123"}, record=record)
    meddled(record, branch="pangan")


def a_conflict(at, by):
    record = an_establishment(name=f"Sengketa {at}")
    submitted(by, {"owner_name": "Petugas"}, record=record)
    meddled(record, owner_name="Admin")


def a_closing(at, by):
    record = an_establishment(name=f"Tutup {at}", photo=str(a_photo(by).pk))
    submitted(by, {"closed_on": "2026-01-31", "closed_reason": "error"}, record=record, kind="close")


def a_maker_whose_number_was_taken(at, by):
    submitted(by, establishment_values(name=f"Nomor {at}", nib=f"222222222222{at}"))
    an_establishment(name=f"Pemilik {at}", nib=f"222222222222{at}")


def a_cluster_of_another_register(at, by):
    submitted(by, cluster_values(name=f"Sentra {at}"), slug="clusters")


SITUATIONS = [
    a_new_maker,
    a_new_maker_with_products_and_photo,
    a_change_of_products,
    a_change_beside_another,
    a_conflict,
    a_closing,
    a_maker_whose_number_was_taken,
    a_cluster_of_another_register,
]


def verify_each(by):
    for submission in WAITING.order_by("pk"):
        try:
            actions.verify(submission, by=by, round=submission.round)
        except (ValidationError, Conflicts, NotNow):
            continue


def rows(queryset, *without):
    fields = [field.attname for field in queryset.model._meta.concrete_fields]
    left_out = {"id", "created_at", "updated_at", "verified_at", "decided_at", "at", "published_at", *without}
    return sorted(map(repr, queryset.values_list(*[name for name in fields if name not in left_out])))


def versions(model):
    """Every version that the history library kept, with the submission that it names."""
    events = model.pgh_event_models["update"].objects
    left_out = {"id", "pgh_id", "pgh_obj_id", "pgh_created_at", "pgh_context_id", "created_at", "updated_at"}
    left_out |= {"verified_at", "establishment_id"}
    names = [field.attname for field in events.model._meta.concrete_fields if field.attname not in left_out]
    return sorted(map(repr, events.values_list("pgh_context__metadata", *names)))


def the_world():
    """Whatever a verification may touch, without keys and times."""
    return {
        "establishments": rows(Establishment.objects.all()),
        "products": rows(Product.objects.all(), "establishment_id"),
        "submissions": rows(Submission.objects.all(), "record_id", "decided_by_id"),
        "rounds": rows(SubmissionRound.objects.all()),
        "counters": rows(Counter.objects.all()),
        "counts": rows(FacetCount.objects.exclude(number=0)),
        "words": rows(KnownWord.objects.all()),
        "revisions": sorted(Revision.objects.values_list("register", flat=True)),
        "public": sorted(map(str, Attachment.objects.filter(published_at__isnull=False).values_list("pk", flat=True))),
        "history": rows(Entry.objects.all(), "target_id"),
        "versions": versions(Establishment),
        "versions of products": versions(Product),
    }


@settings(
    max_examples=examples(12, 200), suppress_health_check=[HealthCheck.function_scoped_fixture], phases=[Phase.generate]
)
@given(drawn=st.lists(st.sampled_from(SITUATIONS), min_size=1, max_size=7))
def test_many_at_once_become_what_each_becomes(officer, verifier, drawn):
    with transaction.atomic():
        for at, situation in enumerate(drawn):
            situation(at, officer)
        with transaction.atomic():
            verify_each(verifier)
            expected = the_world()
            transaction.set_rollback(True)

        batches.verify_many(WAITING, by=verifier, warned=True)

        found = the_world()
        transaction.set_rollback(True)
    assert found == expected


def test_those_that_are_left_are_named_with_the_reason(officer, verifier, second_verifier):
    a_new_maker(0, officer), a_conflict(1, officer), a_maker_whose_number_was_taken(2, officer)
    an_establishment(name="Anyaman Haruyan")
    submitted(officer, establishment_values(name="Anyaman Haruyann"))
    held = submitted(officer, establishment_values(name="Dipegang Orang"))
    actions.claim(held, by=second_verifier)

    outcome = batches.verify_many(WAITING, by=verifier)

    assert (outcome.done, [one.code for one in outcome.left]) == (1, ["not_now", "conflict", "error", "warning"])
    assert "Verifikator Dua" in outcome.left[0].text
    assert Submission.objects.filter(status="verified", decided_by=verifier).count() == 1


def test_of_two_that_contradict_each_other_the_later_is_left(officer, verifier):
    first = submitted(officer, establishment_values(name="Satu Satu", nib="1234567890123"))
    second = submitted(officer, establishment_values(name="Dua Dua", nib="1234567890123"))

    outcome = batches.verify_many(WAITING, by=verifier)

    assert (outcome.done, [one.what for one in outcome.left]) == (1, [second])
    assert Establishment.objects.get().number == Submission.objects.get(pk=first.pk).record_number


def test_nobody_verifies_their_own_among_many(officer, verifier):
    a_new_maker(0, officer)
    a_new_maker(1, verifier)

    outcome = batches.verify_many(WAITING, by=verifier)

    assert (outcome.done, [one.code for one in outcome.left]) == (1, ["forbidden"])


def test_each_proposer_is_told_once(officer, verifier, django_capture_on_commit_callbacks):
    for at in range(3):
        a_new_maker(at, officer)

    with django_capture_on_commit_callbacks(execute=True):
        batches.verify_many(WAITING, by=verifier)

    assert [one.recipient for one in Notice.objects.all()] == [officer]


def test_many_are_returned_for_one_reason(officer, verifier):
    a_new_maker(0, officer), a_conflict(1, officer)

    outcome = batches.send_back_many(WAITING, by=verifier, reason="Lengkapi alamat.")

    assert outcome.done == 2
    assert set(Submission.objects.values_list("status", "note", "decided_by")) >= {
        ("returned", "Lengkapi alamat.", verifier.pk)
    }
    assert set(SubmissionRound.objects.values_list("outcome", "note")) == {("returned", "Lengkapi alamat.")}


def test_a_return_wants_a_reason_that_may_be_kept(officer, verifier):
    a_new_maker(0, officer)

    for reason in ("", "  ", "NIK 6307014101900001", "x" * 1001):
        with pytest.raises(ValidationError) as refused:
            batches.send_back_many(WAITING, by=verifier, reason=reason)

        assert set(refused.value.message_dict) == {"reason"}, reason


def test_ten_are_verified_with_as_many_queries_as_three(officer, verifier):
    def asked(number, letters):
        for letter in letters[:number]:
            products = [{"name": "Kain"}, {"name": "Syal"}]
            submitted(officer, establishment_values(name=f"Usaha {letter * 9}", products=products))
        with CaptureQueriesContext(connection) as queries:
            assert batches.verify_many(WAITING, by=verifier, warned=True).done == number
        return len(queries)

    asked(1, "z")
    few, many = asked(3, "abc"), asked(10, "defghijklm")

    assert few == many


def test_a_version_names_the_submission_that_made_it(officer, verifier):
    a_new_maker(0, officer), a_new_maker(1, officer)
    batches.verify_many(WAITING, by=verifier)
    cluster = a_cluster()

    named = {
        (one.number, event.pgh_context.metadata["submission"])
        for one in Establishment.objects.all()
        for event in one.events.select_related("pgh_context")
    }

    assert named == set(
        Submission.objects.filter(batch=None)
        .exclude(record_number=cluster.number)
        .values_list("record_number", "number")
    )
