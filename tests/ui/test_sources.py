"""Sources with their addresses: a link on pages, only words on paper."""

from disperin.ui.sources import linked, without_addresses


def test_an_address_becomes_a_link_without_what_ends_the_sentence_and_all_else_stays_text():
    for text, address, rest in (
        ("Warta, 3 Mei: https://warta.example/a?b=1.", "https://warta.example/a?b=1", "."),
        ("(https://warta.example/), <b>", "https://warta.example/", "), &lt;b&gt;"),
        ("https://warta.example", "https://warta.example", ""),
    ):
        link = f'<a href="{address}" rel="nofollow noopener external">warta.example</a>'
        assert linked(text).endswith(link + rest)

    assert linked("javascript:alert(1) <i>") == "javascript:alert(1) &lt;i&gt;"
    assert linked(None) == ""


def test_paper_leaves_the_address_out():
    assert without_addresses("Warta, 3 Mei: https://warta.example/a.") == "Warta, 3 Mei."
