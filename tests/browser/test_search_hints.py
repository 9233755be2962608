"""What a search field says that it looks for is read whole on a telephone, in both languages."""

import pytest

from tests.factories import a_partnership, an_award, an_establishment

# how much wider the words in each field are than the room for them
CUT = """() => [...document.querySelectorAll("main [type=search], .hero [type=search]")].map((field) => {
    const words = getComputedStyle(field, "::placeholder"), own = getComputedStyle(field);
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${words.fontWeight} ${words.fontSize} ${words.fontFamily}`;
    const room = field.clientWidth - parseFloat(own.paddingLeft) - parseFloat(own.paddingRight);
    return [field.placeholder, Math.ceil(pen.measureText(field.placeholder).width - room)];
})"""
PAGES = ("/", "/cari/", "/industri/", "/produk/", "/sentra/", "/industri-hijau/", "/ovop/", "/kawasan/", "/kemitraan/",
         "/halal/cek/", "/kabar/")  # fmt: skip


@pytest.mark.parametrize("language", ["", "/en"])
def test_no_hint_of_a_search_is_cut_on_a_telephone(visit, db, language):
    an_establishment(), an_award(), a_partnership()
    page, cut, seen = visit(width=360), {}, 0

    for path in PAGES:
        page.goto(f"{language}{path}")
        fields = page.evaluate(CUT)
        seen += len(fields)
        cut |= {f"{path} {words}": by for words, by in fields if by > 0}

    assert cut == {}
    assert seen >= len(PAGES)
