"""How things look and speak: component tags, form fields, pictures. Knows no model."""

from django.apps import AppConfig

from disperin.ui import sentences


class UiConfig(AppConfig):
    name = "disperin.ui"
    label = "ui"

    def import_models(self) -> None:
        """As Django's, and before: forms and serializers copy what their fields say when they are made."""
        sentences.speak()
        super().import_models()
