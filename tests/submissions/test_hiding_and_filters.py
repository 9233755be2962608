"""Nobody narrows a list by a record that is hidden from them: it is as unknown as one that is not there."""

from django.test import Client

from disperin.registers.lists.addresses import list_address, list_view
from disperin.registers.lists.filters import CodeFilter
from disperin.registers.record import directory
from disperin.registers.record.models import Record
from ovop.views.products import ProductList
from tests.factories import a_cluster, a_zone, an_establishment
from tests.submissions.hiding import hide

NAME = "Usaha Tersembunyi"


def queries():
    """`(list, API, filter, slug of its register, column of its key)` of every filter of visitors by a record."""
    lists = [
        (list_view(one)().filterset_class, list_address(one), f"/api/v1/{one.slug}/")
        for one in directory.all_registers()
        if one.model.audience.is_public
    ]
    for filterset, page, api in [*lists, (ProductList.filterset_class, "/produk/", "/api/v1/products/")]:
        for name, one in filterset.base_filters.items():
            model = one.extra["queryset"].model if isinstance(one, CodeFilter) else None
            if model and issubclass(model, Record):
                yield page, api, name, directory.of(model).slug, one.extra["to_field_name"]


def test_no_filter_tells_a_visitor_of_what_is_hidden(administrator, officer, officer_there, signed_in):
    made = {"establishments": an_establishment, "clusters": a_cluster, "zones": a_zone}
    records = {slug: make(name=NAME) for slug, make in made.items()}
    asked = {f"{page}?{name}={getattr(records[slug], key)}" for page, _api, name, slug, key in queries()}
    answers = {f"{api}?{name}={getattr(records[slug], key)}" for _page, api, name, slug, key in queries()}
    by_number = f"/kemitraan/?zone={records['zones'].number}"

    def told(client):
        return {one for one in (*asked, by_number) if NAME in client.get(one).content.decode()}

    assert told(Client()) == {*asked, by_number}

    for slug, record in records.items():
        hide(record, by=administrator, slug=slug)

    for who in (Client(), signed_in(officer_there)):
        assert told(who) == set()
        assert {who.get(one).status_code for one in answers} == {400}
    for who in (signed_in(officer), signed_in(administrator)):
        assert told(who) == {*asked, by_number}
