"""`/usulan/kembar/…`: records that may be one."""

from django.urls import path

from disperin.duplicates.views import MergePage, PairList, PairNew, PairPage, PairSearch

app_name = "duplicates"
urlpatterns = [
    path("", PairList.as_view(), name="pairs"),
    path("baru/", PairNew.as_view(), name="pair-new"),
    path("cari/", PairSearch.as_view(), name="pair-search"),
    path("<int:pk>/", PairPage.as_view(), name="pair"),
    path("gabungan/<int:pk>/", MergePage.as_view(), name="merge"),
]
