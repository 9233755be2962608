"""Village and district are read from an address only where it names one for certain."""

from industries.rules.addresses import Place, names_a_place, place_named

PLACES = [
    Place("1", "Sungai Tabuk", "A", "Haruyan"),
    Place("2", "Sungai Tabuk Kota", "A", "Haruyan"),
    Place("3", "Mandala", "A", "Haruyan"),
    Place("4", "Mandala", "B", "Batu Benawa"),
    Place("5", "Kelurahan Barabai Darat", "B", "Kecamatan Batu Benawa"),
]


def test_an_address_is_read_where_it_names_one_place():
    read = {
        "Desa Sungai Tabuk RT 3 Kec. Haruyan": ("1", "A"),
        "Jl. Melati No. 5, ds sungai tabuk": ("1", "A"),
        "DESA SUNGAI TABUK KOTA": ("2", "A"),
        "Desa Mandala, Kecamatan Batu Benawa": ("4", "B"),
        "Kel. Barabai Darat": ("5", "B"),
        "Jl. Haruyan RT 2, Kec.Haruyan": ("", "A"),
    }

    assert {address: place_named(address, PLACES) for address in read} == read


def test_what_may_be_meant_twice_or_contradicts_itself_is_not_read():
    for address in (
        "Desa Mandala",  # there are two
        "Desa Sungai Tabuk, Kec. Batu Benawa",  # lies in the other
        "Jl. Sungai Tabuk RT 3",  # a street
        "Desa Sungai",  # no such village
        "Desa Sungai Tabuk dan Desa Barabai Darat",
        "",
    ):
        assert place_named(address, PLACES) == ("", ""), address


def test_of_two_villages_of_a_name_the_one_in_the_district_that_is_known_is_meant():
    assert place_named("Desa Mandala RT 2", PLACES, district="A") == ("3", "A")
    assert place_named("Desa Mandala RT 2, Kec. Batu Benawa", PLACES, district="A") == ("4", "B")  # as it says
    assert place_named("Desa Mandala RT 2", PLACES, district="C") == ("", "")
    assert place_named("Desa Sungai Tabuk, Kec. Batu Benawa", PLACES, district="A") == ("", "")


def test_most_addresses_need_no_look_at_villages():
    told = {"Jl. Kelapa RT 3": False, "Ds. Mandala": True, "kec.Haruyan": True, "Jalan Desas": False, "": False}
    assert {one: names_a_place(one) for one in told} == told
