"""The inbox: what must I do now, for each role, in a constant number of queries."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disperin.registers.record import directory
from disperin.submissions import actions
from tests.factories import RegencyFactory, establishment_values
from tests.submissions.batches.test_proposing import a_submitted_batch, makers

INBOX = "/usulan/"


def drafted(by, **values):
    return actions.draft(directory.get("establishments"), establishment_values(**values), by=by)


def submitted(by, **values):
    return actions.submit(drafted(by, **values), by=by, acknowledged=True)


def numbers_on(page, *submissions):
    """The places of these submissions on a page, in the order of the page."""
    text = page.content.decode()
    return [
        one for one in sorted(submissions, key=lambda one: text.find(f"/usulan/{one.number}/")) if one.number in text
    ]


def test_visitors_are_sent_to_sign_in(client, db):
    answer = client.get(INBOX)

    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_login')}?next={INBOX}")


def test_an_officer_sees_what_came_back_first_then_drafts_then_what_waits(officer, verifier, signed_in):
    waiting, returned, draft = submitted(officer), submitted(officer, name="B"), drafted(officer, name="C")
    done = submitted(officer, name="Selesai")
    actions.send_back(returned, by=verifier, round=1, reasons={"name": "Salah"})
    actions.reject(done, by=verifier, round=1, note="Ganda")

    page = signed_in(officer).get(INBOX)

    assert numbers_on(page, waiting, returned, draft, done) == [returned, draft, waiting]


def test_a_verifier_sees_what_waits_longest_first(officer, verifier, signed_in):
    drafted(officer, name="Belum")
    first, second = submitted(officer), submitted(officer, name="B")

    page = signed_in(verifier).get(INBOX)

    assert numbers_on(page, second, first) == [first, second]
    assert "Belum" not in page.content.decode()


def test_an_officer_sees_the_own_regency_only(officer, officer_there, head, signed_in):
    here, there = submitted(officer), submitted(officer_there, regency="63.06")

    assert numbers_on(signed_in(officer_there).get(INBOX), here, there) == [there]
    assert numbers_on(signed_in(head).get(INBOX), here, there) == [here, there]


def test_the_list_is_narrowed_by_its_address(officer, verifier, signed_in):
    RegencyFactory(code="63.06")
    cast = {"draft": drafted(officer), "held": submitted(officer, name="B"), "waiting": submitted(officer, name="Kopi")}
    actions.claim(cast["held"], by=verifier)
    client, names = signed_in(verifier), {one.number: name for name, one in cast.items()}
    expected = {
        "status=draft": ["draft"],
        "status=reviewing": ["held"],
        "status=submitted&order=id": ["held", "waiting"],
        "status=draft&status=verified": ["draft"],
        "mine=held": ["held"],
        "mine=proposed": [],
        "q=kopi": ["waiting"],
        "q=AJU-6307-000001": ["draft"],
        "register=clusters": [],
        "kind=create": ["held", "waiting"],
        "regency=63.06": [],
        "waiting_since=2000-01-01": [],
        "waiting_since=9999-12-31&order=id": ["held", "waiting"],
        "decided_since=0001-01-01": [],
        "status=submitted&order=-submitted_at": ["waiting", "held"],
    }

    shown = {query: numbers_on(client.get(f"{INBOX}?{query}"), *cast.values()) for query in expected}

    assert {query: [names[one.number] for one in found] for query, found in shown.items()} == expected


def test_what_is_done_with_ticked_rows_is_offered_only_where_a_row_can_be_ticked(
    officer, verifier, second_verifier, signed_in
):
    waiting = submitted(officer)
    actions.verify(actions.claim(submitted(officer, name="Kopi"), by=verifier), by=verifier, round=1)
    client = signed_in(second_verifier)

    shown = {query: client.get(f"{INBOX}?{query}").text for query in ("status=submitted", "status=verified")}

    assert f'value="{waiting.number}"' in shown["status=submitted"]
    for text in ('id="chosen"', 'name="deed"', 'name="to"'):
        assert [text in page for page in shown.values()] == [True, False], text
    assert "spasi mencentang" not in shown["status=verified"]


def test_a_filter_that_makes_no_sense_is_named(verifier, signed_in):
    client = signed_in(verifier)

    for query in ("status=burnt", "order=values", "regency=99", "waiting_since=kemarin", "q=%00", "kind=x"):
        answer = client.get(f"{INBOX}?{query}")
        assert (answer.status_code, "error-summary" in answer.content.decode()) == (400, True), query


def test_a_page_that_cannot_be_is_refused(verifier, signed_in):
    client, numbers = signed_in(verifier), ("0", "-1", "x", "99999999", "401")

    answers = {number: client.get(f"{INBOX}?page={number}").status_code for number in numbers}

    assert answers == dict.fromkeys(numbers, 400)


def test_more_than_a_page_goes_on_at_the_next(officer, signed_in):
    for at in range(26):
        drafted(officer, name=f"Usaha {at}")

    first = signed_in(officer).get(INBOX).content.decode()
    second = signed_in(officer).get(f"{INBOX}?page=2").content.decode()

    assert ("?page=2" in first, "Usaha 0<" in first, "Usaha 0<" in second) == (True, False, True)


def test_three_submissions_cost_as_many_queries_as_one(officer, verifier, signed_in):
    desk = signed_in(verifier)
    actions.claim(submitted(officer), by=verifier)
    with CaptureQueriesContext(
        connection,
    ) as with_one:
        desk.get(INBOX)
    for name in ("B", "C"):
        submitted(officer, name=name)

    with CaptureQueriesContext(connection) as with_three:
        desk.get(INBOX)

    assert len(with_three) == len(with_one)


def test_a_list_of_ones_own_regency_refuses_to_show_another(officer, officer_there, signed_in):
    browser = signed_in(officer)
    for address in ("/usulan/", "/usulan/berkas/", "/pertanyaan/"):
        other = browser.get(address, {"regency": officer_there.regency_id})
        own = browser.get(address, {"regency": officer.regency_id})

        assert (other.status_code, own.status_code) == (400, 200), address
        assert f"“{officer_there.regency_id}” di luar jangkauan Anda" in other.text


def test_whoever_only_reads_is_told_of_no_work(head, verifier, signed_in):
    for address in ("/usulan/", "/usulan/?q=x"):
        assert "perlu dikerjakan" not in signed_in(head).get(address).text
        assert "perlu dikerjakan" in signed_in(verifier).get(address).text


def test_a_moment_at_the_end_of_all_days_is_named_and_breaks_nothing(verifier, signed_in):
    client = signed_in(verifier)

    for page, name in (("/usulan/", "decided_after"), ("/usulan/", "submitted_after"), ("/pertanyaan/", "ended_after")):
        for moment in ("9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"):
            answer = client.get(page, {name: moment})
            assert "2026-11-22T08:00:00+08:00" in answer.content.decode(), (page, name, moment)


def test_what_a_colleague_holds_waits_for_nobody_else_and_rows_of_files_are_counted_alike(
    officer, verifier, second_verifier, head, signed_in
):
    a_submitted_batch(officer, *makers(3))
    held, mine = submitted(officer, name="Dipegang"), submitted(officer, name="Saya")
    submitted(officer, name="Bebas")
    actions.claim(held, by=second_verifier)
    actions.claim(mine, by=verifier)
    desk = signed_in(verifier)

    summary = {one.key: (one.number, one.url) for one in desk.get("/ringkasan/").context["lines"]}
    number, url = summary["queue"]
    tiles = {str(one["label"]): (one["number"], one["url"]) for one in desk.get(INBOX).context["tiles"]}
    listed = desk.get(url)
    assert (number, summary["held"][0], listed.context["total"]) == (4, 1, 4)
    assert tiles["Menunggu diperiksa"] == ("4", url)
    assert numbers_on(listed, held, mine) == []
    assert f'badge-count">{number + summary["held"][0]}<' in desk.get(INBOX).text  # beside the entry of the rail

    queue = " ".join(signed_in(head).get(INBOX).text.split())
    assert "6 usulan" in queue
    assert "3 di antaranya dalam berkas di atas" in queue
    assert "di antaranya" not in signed_in(head).get(url).text


def test_each_tile_says_what_its_list_counts_and_all_are_counted_at_once(officer, verifier, head, signed_in):
    actions.send_back(submitted(officer), by=verifier, round=1, reasons={"name": "Salah"})
    actions.reject(submitted(officer, name="B"), by=verifier, round=1, note="Ganda")
    actions.claim(submitted(officer, name="C"), by=verifier)
    submitted(officer, name="D")
    drafted(officer, name="E")

    for person, expected in ((officer, [1, 1, 1, 1, 1]), (verifier, [1, 0, 1, 0, 0, 1]), (head, [1, 1, 1, 1])):
        client = signed_in(person)
        with CaptureQueriesContext(connection) as asked:
            tiles = client.get(INBOX).context["tiles"]
        counting = [one["sql"] for one in asked.captured_queries if "count(*)" in one["sql"].lower()]

        assert [int(tile["number"]) for tile in tiles] == expected, person
        assert [client.get(tile["url"]).context["total"] for tile in tiles] == expected, person
        assert len(counting) == 2, counting  # this page's, and those of the rail


def test_drafts_of_makers_without_a_class_cost_no_query_each(officer, signed_in):
    client, counts = signed_in(officer), []
    for more in (1, 2):
        for _draft in range(more):
            actions.draft(directory.get("establishments"), {"name": "Dapur Acil"}, by=officer)
        client.get(INBOX)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(INBOX)
        counts.append(len(queries))

    assert page.content.decode().count("Dapur Acil") == 3
    assert counts[0] == counts[1]
