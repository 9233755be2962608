"""`/usulan/…`: the workbench."""

from django.urls import path

from disperin.submissions.batches.views.batches import (
    Batches,
    BatchPage,
    BatchReturn,
    BatchSampling,
    BatchVerification,
    BatchWithdrawal,
)
from disperin.submissions.batches.views.old_stock import OldStock
from disperin.submissions.views.checking import Check
from disperin.submissions.views.choosing import Chosen
from disperin.submissions.views.drafting import Edit, Options, Withdraw
from disperin.submissions.views.handing_over import HandOver
from disperin.submissions.views.hiding import HiddenList, Hide
from disperin.submissions.views.inbox import Inbox
from disperin.submissions.views.records import Detail, RecordVersions
from disperin.submissions.views.reviewing import Claim, Release, Review
from disperin.submissions.views.starting import Start

app_name = "submissions"
urlpatterns = [
    path("", Inbox.as_view(), name="inbox"),
    path("berkas/", Batches.as_view(), name="batches"),
    path("berkas/<slug:number>/", BatchPage.as_view(), name="batch"),
    path("berkas/<slug:number>/contoh/", BatchSampling.as_view(), name="batch-sample"),
    path("berkas/<slug:number>/verifikasi/", BatchVerification.as_view(), name="batch-verify"),
    path("berkas/<slug:number>/kembalikan/", BatchReturn.as_view(), name="batch-return"),
    path("berkas/<slug:number>/tarik/", BatchWithdrawal.as_view(), name="batch-withdraw"),
    path("terpilih/", Chosen.as_view(), name="chosen"),
    path("baru/", Start.as_view(), name="start"),
    path("data/<slug:slug>/<slug:number>/riwayat/", RecordVersions.as_view(), name="record-versions"),
    path("data/<slug:slug>/<slug:number>/sembunyikan/", Hide.as_view(), name="hide"),
    path("tersembunyi/", HiddenList.as_view(), name="hidden"),
    path("lama/", OldStock.as_view(), name="old-stock"),
    path("serah-terima/<int:pk>/", HandOver.as_view(), name="hand-over"),
    path("<slug:number>/", Detail.as_view(), name="detail"),
    path("<slug:number>/ubah/", Edit.as_view(), name="edit"),
    path("<slug:number>/isian/", Check.as_view(), name="check"),
    path("<slug:number>/pilihan/", Options.as_view(), name="options"),
    path("<slug:number>/tarik/", Withdraw.as_view(), name="withdraw"),
    path("<slug:number>/ambil/", Claim.as_view(), name="claim"),
    path("<slug:number>/lepas/", Release.as_view(), name="release"),
    path("<slug:number>/periksa/", Review.as_view(), name="review"),
]
