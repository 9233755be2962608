"""Django's admin as an app, with our site in the place of its own."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """Stands among the apps in the place of `django.contrib.admin`."""

    default_site = "disperin.ui.admin.PortalAdmin"
