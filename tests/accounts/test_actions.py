"""The verbs on accounts: who may, what is written, which mail goes out."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import resolve
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from disperin.accounts import actions
from disperin.accounts.models import ApiKey, Role, User
from disperin.history.models import Entry
from tests.working import work

INVITED = {"username": "petugas.baru", "full_name": "Siti Aminah", "email": "Siti@Example.test", "role": Role.HEAD}


def deeds(user):
    return list(Entry.objects.about(user).values_list("verb", "actor__username"))


def test_an_invited_person_has_no_password_and_gets_a_link_that_sets_one(
    administrator, client, mailoutbox, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        user = actions.invite(**INVITED, by=administrator)

    assert (user.email, user.has_usable_password()) == ("siti@example.test", False)
    assert deeds(user) == [("invite", "pengelola")]
    (sent,) = mailoutbox
    assert sent.to == ["siti@example.test"]
    assert sent.subject == "Akun Anda di portal industri" or sent.subject == "Your account at the industry portal"
    link = next(line for line in sent.body.splitlines() if line.startswith(settings.PUBLIC_ORIGIN))
    form = client.get(link.removeprefix(settings.PUBLIC_ORIGIN), follow=True)
    done = client.post(
        form.request["PATH_INFO"], {"password1": "galuh-banjar-42", "password2": "galuh-banjar-42"}, follow=True
    )
    assert done.status_code == 200
    assert client.post("/masuk/", {"login": "siti@example.test", "password": "galuh-banjar-42"}).status_code == 302


def test_the_invitation_comes_in_the_language_of_its_reader(
    administrator, mailoutbox, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        actions.invite(**INVITED, language="en", by=administrator)

    (sent,) = mailoutbox
    assert sent.subject == "Your account at the industry portal"
    link = next(line for line in sent.body.splitlines() if line.startswith(settings.PUBLIC_ORIGIN))
    path = link.removeprefix(settings.PUBLIC_ORIGIN)
    assert path.startswith("/en/")


def test_no_mail_goes_out_when_the_invitation_is_rolled_back(administrator):
    with transaction.atomic():
        actions.invite(**INVITED, by=administrator)
        assert DBTaskResult.objects.count() == 1
        transaction.set_rollback(True)

    assert not DBTaskResult.objects.exists()


def test_a_mail_server_that_is_away_hinders_no_invitation(as_user, administrator, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 9

    answer = as_user(administrator).post("/admin/accounts/user/add/", {**INVITED, "language": "id"})
    work()

    assert (answer.status_code, User.objects.filter(username=INVITED["username"]).exists()) == (302, True)
    assert DBTaskResult.objects.filter(status=TaskResultStatus.READY).count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "bukan-surel"}, "email"),
        ({"username": "dua kata"}, "username"),
        ({"username": "PENGELOLA"}, "__all__"),
        ({"role": "raja"}, "role"),
        ({"role": Role.OFFICER}, "__all__"),
        ({"email": "pengelola@example.test"}, "__all__"),
    ],
)
def test_an_invitation_that_cannot_be_names_the_field(administrator, change, field):
    with pytest.raises(ValidationError) as refused:
        actions.invite(**{**INVITED, **change}, by=administrator)

    assert field in refused.value.message_dict
    assert not User.objects.filter(full_name="Siti Aminah").exists()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.VERIFIER, Role.HEAD])
def test_only_administrators_look_after_accounts(make_user, here, head, role):
    by = make_user("lain", role, regency=here if role == Role.OFFICER else None)
    deeds_of_administrators = [
        lambda: actions.invite(**INVITED, by=by),
        lambda: actions.invite_again(head, by=by),
        lambda: actions.change_role(head, role=Role.VERIFIER, by=by),
        lambda: actions.suspend(head, by=by),
        lambda: actions.restore(head, by=by),
        lambda: actions.change_profile(head, full_name="X", email="", language="id", by=by),
    ]

    for deed in deeds_of_administrators:
        with pytest.raises(PermissionDenied):
            deed()
    assert deeds(head) == []


def test_a_suspended_administrator_does_nothing_any_more(administrator, head):
    administrator.is_active = False

    with pytest.raises(PermissionDenied):
        actions.suspend(head, by=administrator)


def test_a_change_of_role_remembers_before_and_after(administrator, officer):
    actions.change_role(officer, role=Role.VERIFIER, by=administrator)

    officer.refresh_from_db()
    assert (officer.role, officer.regency) == (Role.VERIFIER, None)
    entry = Entry.objects.about(officer).get()
    assert entry.detail == {
        "before": {"role": "officer", "regency": "63.07"},
        "after": {"role": "verifier", "regency": None},
        "tokens": 0,
        "why": "",
    }


def test_a_role_that_does_not_fit_the_regency_is_refused(administrator, officer, here):
    with pytest.raises(ValidationError, match=r"officer|Petugas|petugas"):
        actions.change_role(officer, role=Role.HEAD, regency=here, by=administrator)

    officer.refresh_from_db()
    assert officer.role == Role.OFFICER


def test_an_administrator_can_lock_neither_themselves_nor_the_office_out(administrator):
    with pytest.raises(ValidationError):
        actions.change_role(administrator, role=Role.HEAD, by=administrator)
    with pytest.raises(ValidationError):
        actions.suspend(administrator, by=administrator)

    administrator.refresh_from_db()
    assert (administrator.role, administrator.is_active) == (Role.ADMINISTRATOR, True)


def test_a_suspended_person_is_out_at_once_and_begins_sessions_and_tokens_anew_when_restored(
    administrator, officer, as_user, with_token
):
    browser, program = as_user(officer), with_token(officer)

    actions.suspend(officer, by=administrator)

    assert browser.get("/akun/").status_code == 302
    assert program.get("/api/v1/attachments/").status_code == 401
    actions.restore(officer, by=administrator)
    assert program.get("/api/v1/attachments/").status_code == 401
    assert browser.get("/akun/").status_code == 302
    assert [verb for verb, _who in deeds(officer)] == ["restore", "suspend", "create_token"]


def test_a_new_e_mail_address_is_told_to_the_old_one(officer, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.change_profile(
            officer, full_name=officer.full_name, email="Baru@example.test", language="en", by=officer
        )

    officer.refresh_from_db()
    assert officer.email == "baru@example.test"
    assert [message.to for message in mailoutbox] == [["petugas@example.test"]]
    assert Entry.objects.about(officer).get().detail == {"fields": ["email", "language"]}


def test_a_profile_that_stays_the_same_writes_nothing(officer, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.change_profile(
            officer, full_name=officer.full_name, email=officer.email, language=officer.language, by=officer
        )

    assert (deeds(officer), mailoutbox) == ([], [])


def test_nobody_makes_a_token_for_another(administrator, officer):
    with pytest.raises(PermissionDenied):
        actions.create_token(officer, name="Ekspor", scope="read", days=30, by=administrator)

    assert not ApiKey.objects.exists()


def test_a_token_ends_after_its_days(officer):
    with time_machine.travel("2026-11-01 08:00 +0800", tick=False):
        key, _token = actions.create_token(officer, name="Ekspor", scope="read", days=30, by=officer)

        assert (key.expiry - timezone.now()).days == 30


def test_the_eleventh_token_is_refused_until_one_is_revoked(officer):
    keys = [actions.create_token(officer, name=str(n), scope="read", days=30, by=officer)[0] for n in range(10)]

    with pytest.raises(ValidationError, match="10"):
        actions.create_token(officer, name="11", scope="read", days=30, by=officer)
    actions.revoke_token(keys[0], by=officer)
    actions.create_token(officer, name="11", scope="read", days=30, by=officer)

    assert ApiKey.objects.filter(user=officer).count() == 10


def test_a_token_is_revoked_by_its_owner_or_an_administrator_only(officer, verifier, administrator):
    first, _token = actions.create_token(officer, name="a", scope="read", days=30, by=officer)
    second, _token = actions.create_token(officer, name="b", scope="read", days=30, by=officer)

    with pytest.raises(PermissionDenied):
        actions.revoke_token(first, by=verifier)
    actions.revoke_token(first, by=officer)
    actions.revoke_token(second, by=administrator)

    assert not ApiKey.objects.exists()


def test_the_link_to_set_a_password_leads_to_the_portals_own_page(db):
    assert resolve("/kata-sandi/atur/1-abc-def/").url_name == "account_reset_password_from_key"
