"""Requests about personal data come in as inquiries; who asks can be answered, as whoever has a question."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

TOPICS = [
    ("name", "Name"),
    ("place", "Address or place on the map"),
    ("contact", "Telephone, e-mail or website"),
    ("product", "Products or pictures"),
    ("certificate", "Certificate, star or permit"),
    ("figure", "A figure or a date"),
    ("gone", "It no longer exists"),
    ("other", "Something else"),
    ("access", "To be told what is kept of me"),
    ("correction", "To have it corrected"),
    ("erasure", "To have it erased"),
    ("objection", "To object to its use"),
]


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0005_what_investors_need")]

    operations = [
        migrations.RemoveConstraint(model_name="inquiry", name="a_question_can_be_answered"),
        migrations.AlterField(
            model_name="inquiry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("report", "Report of wrong data"),
                    ("question", "Question"),
                    ("personal", "Request about personal data"),
                ],
                max_length=8,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="inquiry",
            name="topic",
            field=models.CharField(blank=True, choices=TOPICS, max_length=12, verbose_name="what it is about"),
        ),
        AddConstraintNotValid(
            model_name="inquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "report"),
                    models.Q(("email", ""), ("phone", ""), _negated=True),
                    ("forgotten_at__isnull", False),
                    _connector="OR",
                ),
                name="a_question_can_be_answered",
            ),
        ),
    ]
