"""One's own notices: listed, opened, marked; and the number beside them in the rail."""

from disperin.notices.actions import tell
from disperin.notices.models import Notice

LIST = "/pemberitahuan/"


def told(user, title="Dikembalikan", path="/usulan/"):
    return tell(user, title=title, body="Mohon perbaiki.", path=path)


def test_visitors_sign_in_first(client, db):
    assert client.get(LIST).status_code == 302


def test_everyone_sees_their_own_newest_first_with_a_text_to_copy(officer, colleague, signed_in):
    told(officer, "Pertama")
    told(officer, "Kedua")
    told(colleague, "Rahasia")

    page = signed_in(officer).get(LIST).content.decode()

    assert page.index("Kedua") < page.index("Pertama")
    assert "Rahasia" not in page
    assert "Mohon perbaiki.\nhttp" in page


def test_opening_marks_it_as_read_and_leads_on(officer, signed_in):
    notice = told(officer)
    client = signed_in(officer)

    answer = client.post(f"{LIST}{notice.pk}/buka/")
    in_english = client.post(f"/en{LIST}{notice.pk}/buka/")

    notice.refresh_from_db()
    assert (answer["Location"], in_english["Location"]) == ("/usulan/", "/en/usulan/")
    assert notice.read_at is not None


def test_nobody_opens_the_notice_of_another(officer, colleague, signed_in):
    notice = told(officer)

    assert signed_in(colleague).post(f"{LIST}{notice.pk}/buka/").status_code == 404


def test_a_notice_never_leads_away_from_the_portal(officer, signed_in):
    notice = told(officer, path="https://elsewhere.example/")

    assert signed_in(officer).post(f"{LIST}{notice.pk}/buka/")["Location"] == LIST


def test_all_can_be_marked_as_read(officer, colleague, signed_in):
    told(officer)
    told(officer)
    told(colleague)

    signed_in(officer).post(f"{LIST}dibaca/")

    assert (Notice.objects.of(officer).unread().count(), Notice.objects.of(colleague).unread().count()) == (0, 1)


def test_more_than_a_page_goes_on_where_the_last_ended(officer, signed_in):
    for at in range(21):
        told(officer, f"Nomor {at}.")
    client = signed_in(officer)

    first = client.get(LIST).content.decode()
    oldest = Notice.objects.order_by("id")[1]
    second = client.get(f"{LIST}?sebelum={oldest.pk}").content.decode()

    assert ("Nomor 0." in first, f"?sebelum={oldest.pk}" in first, "Nomor 0." in second) == (False, True, True)
    assert client.get(f"{LIST}?sebelum=x").status_code == 404
    assert client.get(f"{LIST}?sebelum={'9' * 30}").status_code == 404


def test_the_rail_counts_what_is_unread(officer, signed_in):
    told(officer)
    told(officer)

    page = signed_in(officer).get(LIST).content.decode()

    assert '<span class="badge-count">2</span>' in page or "badge-count" in page
