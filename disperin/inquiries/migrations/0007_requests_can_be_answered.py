"""What was entered before is read without keeping writers out."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0006_requests_about_personal_data")]

    operations = [ValidateConstraint(model_name="inquiry", name="a_question_can_be_answered")]
