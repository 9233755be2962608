"""`/akun/…`: one's own account."""

from django.urls import path, re_path

from disperin.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.Profile.as_view(), name="profile"),
    path("sesi/", views.Session.as_view(), name="session"),
    path("token/baru/", views.TokenCreate.as_view(), name="token-create"),
    re_path(r"^token/(?P<key>[0-9a-f]{15})/cabut/$", views.TokenRevoke.as_view(), name="token-revoke"),
]
