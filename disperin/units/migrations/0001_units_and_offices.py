import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

COPY_UNITS = """
INSERT INTO units_unit (key, name, valid_from, valid_to, place, takes_letters)
    SELECT key, name, valid_from, valid_to, '', false FROM planning_unit;
INSERT INTO units_unitevent (pgh_created_at, pgh_label, pgh_obj_id, pgh_context_id, key, name, valid_from, valid_to,
                             place, takes_letters)
    SELECT pgh_created_at, pgh_label, pgh_obj_id, pgh_context_id, key, name, valid_from, valid_to, '', false
    FROM planning_unitevent ORDER BY pgh_id;
"""
# The key is free: units had keys of an administrator's choice, so one that is taken already gets a longer one.
COPY_OFFICES = """
INSERT INTO units_unit (key, name, regency_id, place, takes_letters)
    SELECT CASE WHEN EXISTS (SELECT 1 FROM units_unit u WHERE u.key = 'kantor_' || replace(o.regency_id, '.', '_'))
           THEN 'surat_' ELSE '' END || 'kantor_' || replace(o.regency_id, '.', '_'),
        o.name, o.regency_id, o.place, true
    FROM letters_regencyoffice o;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("letters", "0002_letters_sent_twice_or_in_error"),
        ("planning", "0002_workbooks_and_papers_of_tables"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("regions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Unit",
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
                ("name", models.CharField(max_length=200, verbose_name="name of the unit")),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        help_text="The town that letters to this office go to.",
                        max_length=120,
                        verbose_name="place",
                    ),
                ),
                (
                    "takes_letters",
                    models.BooleanField(
                        default=False,
                        help_text="Letters that ask its regency for data are addressed to it; one office of a regency at a time.",
                        verbose_name="letters go to it",
                    ),
                ),
                (
                    "regency",
                    models.ForeignKey(
                        blank=True,
                        help_text="Of an office of a regency; empty for a unit of the office of the province.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.regency",
                        verbose_name="regency/city",
                    ),
                ),
            ],
            options={
                "verbose_name": "unit of the office",
                "verbose_name_plural": "units of the office",
                "ordering": ["name", "key"],
            },
        ),
        migrations.CreateModel(
            name="UnitEvent",
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
                ("name", models.CharField(max_length=200, verbose_name="name of the unit")),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        help_text="The town that letters to this office go to.",
                        max_length=120,
                        verbose_name="place",
                    ),
                ),
                (
                    "takes_letters",
                    models.BooleanField(
                        default=False,
                        help_text="Letters that ask its regency for data are addressed to it; one office of a regency at a time.",
                        verbose_name="letters go to it",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="units.unit",
                    ),
                ),
                (
                    "regency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Of an office of a regency; empty for a unit of the office of the province.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="regions.regency",
                        verbose_name="regency/city",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="unit",
            index=models.Index(fields=["regency", "name", "key"], name="unit_of_regency"),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="a_unit_ends_after_it_begins",
                violation_error_message="A rule cannot end before it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(("takes_letters", False), ("regency__isnull", False), _connector="OR"),
                name="letters_go_to_offices_of_regencies",
                violation_error_message="Letters go to an office of a regency: say which.",
            ),
        ),
        migrations.RunSQL(COPY_UNITS, migrations.RunSQL.noop),  # with their versions, so before the triggers
        pgtrigger.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "units_unitevent" ("key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "regency_id", "takes_letters", "valid_from", "valid_to") VALUES (NEW."key", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."key", NEW."place", NEW."regency_id", NEW."takes_letters", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="b8d69f903d330a4d03cf6fae1a2f0f89aa67b118",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fb1f3",
                    table="units_unit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "units_unitevent" ("key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "regency_id", "takes_letters", "valid_from", "valid_to") VALUES (NEW."key", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."key", NEW."place", NEW."regency_id", NEW."takes_letters", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="02173f15d02f815907a49d7ff6a59d3c2acb3d64",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_727f7",
                    table="units_unit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unitevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="df3d2709dc4d87fbf17ec048a9e6cb98623d0472",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_19655",
                    table="units_unitevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(COPY_OFFICES, migrations.RunSQL.noop),
    ]
