"""Sign-in, password and second factor: exactly the pages of the library that the portal wants. No sign-up anywhere.

Included at the root and without a namespace, for the library looks its pages up by name.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

urlpatterns = [
    path("masuk/", account.login, name="account_login"),
    path("masuk/ditangguhkan/", account.account_inactive, name="account_inactive"),
    path("masuk/kode/", mfa.authenticate, name="mfa_authenticate"),
    path("masuk/ulang/", account.reauthenticate, name="account_reauthenticate"),
    path("masuk/ulang/kode/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("keluar/", account.logout, name="account_logout"),
    path("kata-sandi/", account.password_change, name="account_change_password"),
    path("kata-sandi/lupa/", account.password_reset, name="account_reset_password"),
    path("kata-sandi/lupa/terkirim/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^kata-sandi/atur/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "kata-sandi/atur/selesai/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("faktor-kedua/", mfa.index, name="mfa_index"),
    path("faktor-kedua/aktifkan/", totp.activate_totp, name="mfa_activate_totp"),
    path("faktor-kedua/nonaktifkan/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("faktor-kedua/kode-pemulihan/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "faktor-kedua/kode-pemulihan/baru/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "faktor-kedua/kode-pemulihan/unduh/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
