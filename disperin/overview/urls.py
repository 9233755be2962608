"""`/ringkasan/`: the first page after signing in; `/tenggat/`: everything with a day."""

from django.urls import path, re_path

from disperin.overview import absences, calendars, views

app_name = "overview"
urlpatterns = [
    path("ringkasan/", views.Summary.as_view(), name="summary"),
    path("ringkasan/cuti/", absences.Absences.as_view(), name="absences"),
    path("tenggat/", views.Days.as_view(), name="days"),
    path("tenggat/kalender/", calendars.CalendarPage.as_view(), name="calendar"),
    re_path(r"^tenggat/(?P<token>[A-Za-z0-9_-]{43})\.ics$", calendars.CalendarFile.as_view(), name="calendar-file"),
]
