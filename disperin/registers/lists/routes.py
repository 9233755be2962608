"""The routes of the pages that every register has."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from disperin.registers.lists.views import RecordDetail, RecordList, RecordMap, RecordMapPicture


def pages_of(place: str, listed: type[RecordList], detail: type[RecordDetail]) -> Iterator[URLPattern]:
    """Routes of a register below `place`: its list, the map of that list where its records have a place, one record.

    Whatever else stands below `place` comes before them: a number may be any word.
    """
    model = listed.filterset_class._meta.model
    name = model._meta.model_name
    yield path(place, listed.as_view(), name=f"{name}-list")
    if model.point:
        yield path(f"{place}peta.json", RecordMap.as_view(listed=listed), name=f"{name}-map")
        yield path(f"{place}peta.svg", RecordMapPicture.as_view(listed=listed), name=f"{name}-map-picture")
    yield path(f"{place}<str:number>/", detail.as_view(), name=f"{name}-detail")
