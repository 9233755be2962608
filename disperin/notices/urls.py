"""`/pemberitahuan/…`: one's own notices."""

from django.urls import path, re_path

from disperin.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.NoticeList.as_view(), name="list"),
    path("dibaca/", views.NoticeReadAll.as_view(), name="read-all"),
    re_path(r"^(?P<pk>[0-9]{1,18})/buka/$", views.NoticeOpen.as_view(), name="open"),
]
