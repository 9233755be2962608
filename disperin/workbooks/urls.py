"""`/usulan/impor/…`: files of rows."""

from django.urls import path

from disperin.workbooks.views.file_page import Choose, Confirm, Detail, Errors, Mend, Picture, Resume, Submit, Withdraw
from disperin.workbooks.views.sending import Index, Template

app_name = "workbooks"
urlpatterns = [
    path("", Index.as_view(), name="index"),
    path("templat/", Template.as_view(), name="template"),
    path("<uuid:pk>/", Detail.as_view(), name="detail"),
    path("<uuid:pk>/kolom/", Confirm.as_view(), name="confirm"),
    path("<uuid:pk>/pilihan/", Choose.as_view(), name="choose"),
    path("<uuid:pk>/perbaikan/", Mend.as_view(), name="mend"),
    path("<uuid:pk>/foto/", Picture.as_view(), name="picture"),
    path("<uuid:pk>/ajukan/", Submit.as_view(), name="submit"),
    path("<uuid:pk>/tarik/", Withdraw.as_view(), name="withdraw"),
    path("<uuid:pk>/lanjut/", Resume.as_view(), name="resume"),
    path("<uuid:pk>/kesalahan.xlsx", Errors.as_view(), name="errors"),
]
