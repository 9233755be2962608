"""A form field with the words of its column, so that they are written once."""


def of_column(model, name, field_class, /, **options):
    """A `field_class` with label, help and obligation of the model's column."""
    column = model._meta.get_field(name)
    return field_class(required=not column.blank, label=column.verbose_name, help_text=column.help_text, **options)
