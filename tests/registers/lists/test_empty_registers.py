"""A register in which nothing stands yet says so, on its list and on its map."""

import pytest

from tests.registers.each_register import REGISTERS, address, maps_of, shown


@pytest.mark.django_db
def test_an_empty_register_says_what_will_come():
    lists = {one.slug: "empty-state" in shown(one, address(one, "list")) for one in REGISTERS}
    maps = {place: shown(one, place) for one in REGISTERS for place in maps_of(one)}

    assert lists == dict.fromkeys(lists, True)
    assert maps == dict.fromkeys(maps, '{"type":"FeatureCollection","features":[]}')
