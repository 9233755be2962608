"""Workbooks that the office brings for its printed tables, and who heads and signs the papers."""

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("planning", "0001_indicators_targets_and_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="TablePaperEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "key",
                    models.CharField(
                        max_length=40,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9_]{1,40}\\Z", "Use small letters, digits and underscores."
                            )
                        ],
                        verbose_name="key",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("tc23", "T-C.23: performance of the services"),
                            ("tc27", "T-C.27: goals, programmes and funds"),
                            ("evaluasi", "Evaluation of the Renja by quarter"),
                            ("pk", "Performance agreement: objectives"),
                            ("pk_program", "Performance agreement: programmes"),
                            ("lkjip", "LKjIP, chapter III: achievement of the IKU"),
                            ("lkjip_anggaran", "LKjIP, chapter III: budget"),
                        ],
                        max_length=20,
                        verbose_name="table",
                    ),
                ),
                (
                    "head",
                    models.CharField(
                        blank=True,
                        help_text="Empty: the name of the office.",
                        max_length=200,
                        verbose_name="head of the paper",
                    ),
                ),
                (
                    "signatures",
                    models.TextField(
                        blank=True,
                        help_text="One side on each line, at most six, such as: Kepala Dinas Perindustrian. The name is left free.",
                        max_length=1000,
                        verbose_name="who signs",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="where it is said")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TableTemplate",
            fields=[
                (
                    "key",
                    models.CharField(
                        max_length=40,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9_]{1,40}\\Z", "Use small letters, digits and underscores."
                            )
                        ],
                        verbose_name="key",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("tc23", "T-C.23: performance of the services"),
                            ("tc27", "T-C.27: goals, programmes and funds"),
                            ("evaluasi", "Evaluation of the Renja by quarter"),
                            ("pk", "Performance agreement: objectives"),
                            ("pk_program", "Performance agreement: programmes"),
                            ("lkjip", "LKjIP, chapter III: achievement of the IKU"),
                            ("lkjip_anggaran", "LKjIP, chapter III: budget"),
                        ],
                        max_length=20,
                        verbose_name="table",
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name of the file")),
                ("content", models.BinaryField(verbose_name="file")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256 of the file")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="where it is said")),
            ],
            options={
                "verbose_name": "workbook of a printed table",
                "verbose_name_plural": "workbooks of printed tables",
                "ordering": ["kind", "key"],
            },
        ),
        migrations.CreateModel(
            name="TableTemplateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "key",
                    models.CharField(
                        max_length=40,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9_]{1,40}\\Z", "Use small letters, digits and underscores."
                            )
                        ],
                        verbose_name="key",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("tc23", "T-C.23: performance of the services"),
                            ("tc27", "T-C.27: goals, programmes and funds"),
                            ("evaluasi", "Evaluation of the Renja by quarter"),
                            ("pk", "Performance agreement: objectives"),
                            ("pk_program", "Performance agreement: programmes"),
                            ("lkjip", "LKjIP, chapter III: achievement of the IKU"),
                            ("lkjip_anggaran", "LKjIP, chapter III: budget"),
                        ],
                        max_length=20,
                        verbose_name="table",
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name of the file")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256 of the file")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="where it is said")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TablePaper",
            fields=[
                (
                    "key",
                    models.CharField(
                        max_length=40,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9_]{1,40}\\Z", "Use small letters, digits and underscores."
                            )
                        ],
                        verbose_name="key",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("tc23", "T-C.23: performance of the services"),
                            ("tc27", "T-C.27: goals, programmes and funds"),
                            ("evaluasi", "Evaluation of the Renja by quarter"),
                            ("pk", "Performance agreement: objectives"),
                            ("pk_program", "Performance agreement: programmes"),
                            ("lkjip", "LKjIP, chapter III: achievement of the IKU"),
                            ("lkjip_anggaran", "LKjIP, chapter III: budget"),
                        ],
                        max_length=20,
                        verbose_name="table",
                    ),
                ),
                (
                    "head",
                    models.CharField(
                        blank=True,
                        help_text="Empty: the name of the office.",
                        max_length=200,
                        verbose_name="head of the paper",
                    ),
                ),
                (
                    "signatures",
                    models.TextField(
                        blank=True,
                        help_text="One side on each line, at most six, such as: Kepala Dinas Perindustrian. The name is left free.",
                        max_length=1000,
                        verbose_name="who signs",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="where it is said")),
            ],
            options={
                "verbose_name": "head and signatures of a printed table",
                "verbose_name_plural": "heads and signatures of printed tables",
                "ordering": ["kind", "key"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="a_paper_of_a_table_ends_after_it_begins",
                        violation_error_message="A rule cannot end before it begins.",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tablepaper",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_tablepaperevent" ("head", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signatures", "source", "valid_from", "valid_to") VALUES (NEW."head", NEW."key", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."key", NEW."signatures", NEW."source", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="df007faa87bca76538575cf0b7c29e6b3bc81b31",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0c7ee",
                    table="planning_tablepaper",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tablepaper",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "planning_tablepaperevent" ("head", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signatures", "source", "valid_from", "valid_to") VALUES (NEW."head", NEW."key", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."key", NEW."signatures", NEW."source", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="bbf4392eb9ff6f994b6c43c9224be3f4edca72ac",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c9897",
                    table="planning_tablepaper",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="tablepaperevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="tablepaperevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="planning.tablepaper",
            ),
        ),
        migrations.AddConstraint(
            model_name="tabletemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_workbook_of_a_table_ends_after_it_begins",
                violation_error_message="A rule cannot end before it begins.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tabletemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_tabletemplateevent" ("digest", "key", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "valid_to") VALUES (NEW."digest", NEW."key", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."key", NEW."source", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="89cf2027dc0f5fea6325a9e237783d3f673f9674",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c63b1",
                    table="planning_tabletemplate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tabletemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to"))',
                    func='INSERT INTO "planning_tabletemplateevent" ("digest", "key", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "valid_to") VALUES (NEW."digest", NEW."key", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."key", NEW."source", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="b7a9cd842ced2fef180559dd5f004db8bae8f8bf",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_90919",
                    table="planning_tabletemplate",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="tabletemplateevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="tabletemplateevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="planning.tabletemplate",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tablepaperevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="49368b4b9d46625aa644129c4b88f73e847513eb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_558d8",
                    table="planning_tablepaperevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tabletemplateevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3772ea63240052046503b8c713add5256a5f3682",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d4d28",
                    table="planning_tabletemplateevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
