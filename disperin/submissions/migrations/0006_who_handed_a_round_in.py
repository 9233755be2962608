"""Who handed in the present round, who does not decide on it any more than its proposer does.

Of submissions that are there, those that may still be decided get it from their round; what is decided stays as it is.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

_OF_OPEN_ONES = """
    UPDATE submissions_submission SET submitted_by_id = round.submitted_by_id
    FROM submissions_submissionround AS round
    WHERE submissions_submission.status IN ('submitted', 'returned')
        AND round.submission_id = submissions_submission.id AND round.round = submissions_submission.round;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("submissions", "0005_short_list_of_pending_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="submission", name="nobody_verifies_their_own"),
        migrations.AddField(
            model_name="submission",
            name="submitted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                name="nobody_verifies_their_own",
                condition=~Q(status__in=["verified", "rejected"])
                | (~Q(decided_by=F("proposed_by")) & (Q(submitted_by__isnull=True) | ~Q(decided_by=F("submitted_by"))))
                | Q(direct=True),
            ),
        ),
        migrations.RunSQL(_OF_OPEN_ONES, migrations.RunSQL.noop),
    ]
