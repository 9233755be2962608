import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0001_forums_and_commitments"),
        ("units", "0001_units_and_offices"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="commitment",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="commitment",
            name="update_update",
        ),
        migrations.AddField(
            model_name="commitment",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                help_text="A unit of the office or an office of the regency, from the list.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="commitments",
                to="units.unit",
                verbose_name="responsible unit",
            ),
        ),
        migrations.AddField(
            model_name="commitmentevent",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="A unit of the office or an office of the regency, from the list.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="units.unit",
                verbose_name="responsible unit",
            ),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="responsible",
            field=models.CharField(
                blank=True,
                help_text="As agreed: a post, or an office that is not in the list.",
                max_length=150,
                verbose_name="who is responsible, in words",
            ),
        ),
        migrations.AlterField(
            model_name="commitmentevent",
            name="responsible",
            field=models.CharField(
                blank=True,
                help_text="As agreed: a post, or an office that is not in the list.",
                max_length=150,
                verbose_name="who is responsible, in words",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_commitmentevent" ("closed_on", "closed_reason", "created_at", "due_on", "evidence_id", "forum_id", "hidden", "id", "item", "name", "next_forum_id", "number", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "report", "responsible", "settled_on", "state", "support_asked", "support_from", "unit_id", "updated_at", "verified_at", "version", "withheld") VALUES (NEW."closed_on", NEW."closed_reason", NEW."created_at", NEW."due_on", NEW."evidence_id", NEW."forum_id", NEW."hidden", NEW."id", NEW."item", NEW."name", NEW."next_forum_id", NEW."number", NEW."origin", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."regency_id", NEW."report", NEW."responsible", NEW."settled_on", NEW."state", NEW."support_asked", NEW."support_from", NEW."unit_id", NEW."updated_at", NEW."verified_at", NEW."version", NEW."withheld"); RETURN NULL;',
                    hash="ed346417f06190025e71fbd303f274f3e254ae72",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_67480",
                    table="commitments_commitment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "commitments_commitmentevent" ("closed_on", "closed_reason", "created_at", "due_on", "evidence_id", "forum_id", "hidden", "id", "item", "name", "next_forum_id", "number", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "report", "responsible", "settled_on", "state", "support_asked", "support_from", "unit_id", "updated_at", "verified_at", "version", "withheld") VALUES (NEW."closed_on", NEW."closed_reason", NEW."created_at", NEW."due_on", NEW."evidence_id", NEW."forum_id", NEW."hidden", NEW."id", NEW."item", NEW."name", NEW."next_forum_id", NEW."number", NEW."origin", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."regency_id", NEW."report", NEW."responsible", NEW."settled_on", NEW."state", NEW."support_asked", NEW."support_from", NEW."unit_id", NEW."updated_at", NEW."verified_at", NEW."version", NEW."withheld"); RETURN NULL;',
                    hash="c85043bd1502a0a300fe47fdc50cdb687d0b3d2b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_56e76",
                    table="commitments_commitment",
                    when="AFTER",
                ),
            ),
        ),
    ]
