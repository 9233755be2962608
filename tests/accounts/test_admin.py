"""The administration of accounts: for administrators only, and through the verbs."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from disperin.accounts import actions as accounts
from disperin.accounts.models import Role, User
from disperin.history.models import Entry

USERS = "/admin/accounts/user/"


@pytest.mark.parametrize("who", ["officer", "verifier", "head"])
def test_only_administrators_enter(request, as_user, who):
    browser = as_user(request.getfixturevalue(who))

    assert browser.get("/admin/", follow=True).status_code == 403
    assert browser.get(USERS, follow=True).status_code == 403


def test_the_admin_has_no_sign_in_of_its_own(client, db):
    answer = client.get(USERS, follow=True)

    assert answer.redirect_chain[-1][0].startswith("/masuk/?next=")


def test_an_administrator_sees_searches_and_filters(as_user, administrator, officer):
    browser = as_user(administrator)

    for path in ["/admin/", USERS, f"{USERS}?q=petugas&role__exact=officer", f"{USERS}{officer.pk}/change/"]:
        assert browser.get(path).status_code == 200


def test_the_history_that_is_offered_is_the_one_of_the_portal(as_user, administrator, officer):
    browser = as_user(administrator)
    accounts.suspend(officer, by=administrator)

    page = browser.get(f"{USERS}{officer.pk}/change/").text
    of_officer = browser.get("/admin/history/entry/", {"target_type": "accounts.user", "target_id": officer.pk})

    assert f"/admin/history/entry/?target_type=accounts.user&amp;target_id={officer.pk}" in page
    assert f'{USERS}{officer.pk}/history/"' not in page
    assert [entry.verb for entry in of_officer.context["cl"].result_list] == ["suspend"]
    assert "/admin/django_tasks_database/" in browser.get("/admin/").text


def test_inviting_makes_an_account_and_sends_the_link(
    as_user, administrator, here, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = as_user(administrator).post(
            f"{USERS}add/",
            {
                "username": "petugas.6307",
                "full_name": "Siti Aminah",
                "email": "siti@example.test",
                "role": "officer",
                "regency": "63.07",
                "language": "id",
            },
        )

    assert answer.status_code == 302
    user = User.objects.get(username="petugas.6307")
    assert (user.regency, user.has_usable_password()) == (here, False)
    assert Entry.objects.about(user).get().verb == "invite"
    assert [message.to for message in mailoutbox] == [["siti@example.test"]]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"regency": ""}, "regency"),
        ({"role": "verifier"}, "regency"),
        ({"email": ""}, "email"),
        ({"username": "PENGELOLA"}, "__all__"),
    ],
)
def test_an_invitation_that_cannot_be_names_the_field(as_user, administrator, here, change, field):
    values = {
        "username": "petugas.6307",
        "full_name": "Siti",
        "email": "siti@example.test",
        "role": "officer",
        "regency": "63.07",
        "language": "id",
    }

    answer = as_user(administrator).post(f"{USERS}add/", {**values, **change})

    assert field in answer.context["adminform"].form.errors
    assert User.objects.count() == 1


def test_each_change_goes_through_its_verb(as_user, administrator, officer):
    as_user(administrator).post(
        f"{USERS}{officer.pk}/change/",
        {"full_name": "Nama Baru", "email": officer.email, "role": "head", "regency": "", "language": "id"},
    )

    officer.refresh_from_db()
    assert (officer.full_name, officer.role, officer.is_active) == ("Nama Baru", Role.HEAD, False)
    assert set(Entry.objects.about(officer).values_list("verb", flat=True)) == {
        "change_role",
        "change_profile",
        "suspend",
    }


def test_an_administrator_is_told_that_another_has_to_change_their_role(as_user, administrator):
    answer = as_user(administrator).post(
        f"{USERS}{administrator.pk}/change/",
        {"full_name": "Pengelola", "email": administrator.email, "role": "head", "regency": "", "language": "id"},
    )

    assert set(answer.context["adminform"].form.errors) == {"role", "is_active"}
    administrator.refresh_from_db()
    assert administrator.is_active


def test_accounts_are_never_deleted_and_passwords_never_typed(as_user, administrator, officer):
    browser = as_user(administrator)

    form = browser.get(f"{USERS}{officer.pk}/change/").context["adminform"].form

    assert browser.post(f"{USERS}{officer.pk}/delete/", {"post": "yes"}).status_code == 403
    assert list(form.fields) == ["full_name", "email", "role", "regency", "language", "is_active"]
    assert User.objects.filter(pk=officer.pk).exists()


def test_the_link_can_be_sent_again_but_not_to_a_suspended_account(
    as_user, administrator, officer, make_user, mailoutbox, django_capture_on_commit_callbacks
):
    suspended = make_user("lama", Role.HEAD, is_active=False)

    with django_capture_on_commit_callbacks(execute=True):
        as_user(administrator).post(
            USERS, {"action": "send_invitation_again", "_selected_action": [officer.pk, suspended.pk]}
        )

    assert [message.to for message in mailoutbox] == [["petugas@example.test"]]
    assert Entry.objects.about(officer).get().verb == "invite_again"


def test_a_lost_telephone_is_helped_with_by_another_administrator_who_never_sees_the_secret(
    as_user, administrator, verifier, officer
):
    browser = as_user(administrator)
    for user in (verifier, administrator):
        TOTP.activate(user, generate_totp_secret())

    answer = browser.post(
        USERS,
        {"action": "drop_second_factor", "_selected_action": [verifier.pk, administrator.pk, officer.pk]},
        follow=True,
    )

    assert [told.level_tag for told in answer.context["messages"]] == ["warning", "warning", "success"]
    assert [one.user for one in Authenticator.objects.all()] == [administrator]
    assert Entry.objects.about(verifier).get().verb == "drop_second_factor"
    assert browser.get("/admin/mfa/authenticator/").status_code == 404


def test_a_name_that_nobody_sees_is_no_name(as_user, administrator):
    given = {
        "username": "petugas.baru",
        "full_name": "Siti",
        "email": "siti@example.test",
        "role": "head",
        "language": "id",
    }

    for unseen in ("\u3164", "\u115f\u1160", "\u200b", "Siti\u202e"):
        for field in ("username", "full_name"):
            answer = as_user(administrator).post("/admin/accounts/user/add/", {**given, field: unseen})
            assert list(answer.context["adminform"].form.errors) == [field]


def test_the_first_page_has_the_tables_by_task_with_their_numbers(as_user, administrator, officer):
    page = as_user(administrator).get("/admin/").content.decode()

    groups = ["Akun dan wilayah", "Aturan dan daftar", "Daftar, diterbitkan langsung", "Pantauan"]
    places = [page.index(f"<h2>{one}") for one in groups]
    assert places == sorted(places)
    assert places[0] < page.index("/admin/accounts/user/") < places[1] < page.index("/admin/industries/halalduty/")
    people = as_user(administrator).get("/admin/accounts/user/").content.decode()
    assert people.index("column-is_active") < people.index("column-full_name")
