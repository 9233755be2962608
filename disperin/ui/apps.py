"""How things look and speak: component tags, form fields, pictures. Knows no model."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "disperin.ui"
    label = "ui"
