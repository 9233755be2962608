"""What a table of numbers says in a sentence."""

from django.utils.translation import override

from disperin.ui.findings import Leaders, leaders


def test_who_leads_alone_is_named_alone():
    assert leaders([("Satu", 2), ("Dua", 5), ("Tiga", 0)]) == Leaders("Dua", 5, several=False)


def test_all_who_lead_are_named_or_counted():
    with override("en"):
        assert leaders([("A", 3), ("B", 3)]) == Leaders("A, B", 3, several=True)
        assert leaders([("A", 3), ("B", 3), ("C", 3), ("D", 3)]) == Leaders("A, B and 2 more", 3, several=True)


def test_nobody_leads_where_nothing_is_counted():
    assert leaders([("A", 0), ("B", 0)]) is None
    assert leaders([]) is None
