"""Places that work for industry, told by a class beyond section C, and the source of such a class."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("industries", "0033_words_of_makers_and_products"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="establishment",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="establishment",
            name="update_update",
        ),
        migrations.AddField(
            model_name="establishment",
            name="sector",
            field=models.CharField(
                choices=[
                    ("industri", "Manufacturing industry (KBLI section C)"),
                    ("jasa", "Industry service (KBLI beyond section C)"),
                ],
                db_default="industri",
                default="industri",
                editable=False,
                max_length=8,
                verbose_name="sector",
            ),
        ),
        migrations.AddField(
            model_name="establishmentevent",
            name="sector",
            field=models.CharField(
                choices=[
                    ("industri", "Manufacturing industry (KBLI section C)"),
                    ("jasa", "Industry service (KBLI beyond section C)"),
                ],
                db_default="industri",
                default="industri",
                editable=False,
                max_length=8,
                verbose_name="sector",
            ),
        ),
        migrations.AddField(
            model_name="kbliclass",
            name="source",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Of a class beyond section C: where its title was read, such as the regulation and its page.",
                max_length=200,
                verbose_name="source",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="establishment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "industries_establishmentevent" ("active_since", "activity", "address", "annual_sales", "as_of", "branch", "business_scale", "business_scale_reason", "business_scale_rules", "capital", "closed_on", "closed_reason", "cluster_id", "commodities", "contact_consented_on", "contact_public", "created_at", "district_id", "email", "founded_year", "hidden", "id", "industry_scale", "industry_scale_reason", "industry_scale_rules", "investment", "kbli_group_id", "kbli_id", "land_building_value", "latitude", "legal_form", "longitude", "map_consented_on", "marketplaces", "name", "nib", "npwp", "number", "origin", "other_kbli", "owner_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "photo_id", "postal_code", "public_contact", "public_latitude", "public_longitude", "public_point", "regency_id", "search_text", "sector", "show_on_map", "siinas_account", "statistical_scale", "statistical_scale_reason", "statistical_scale_rules", "story_en", "story_id", "updated_at", "verified_at", "version", "village_id", "website", "withheld", "workers_female", "workers_male") VALUES (NEW."active_since", NEW."activity", NEW."address", NEW."annual_sales", NEW."as_of", NEW."branch", NEW."business_scale", NEW."business_scale_reason", NEW."business_scale_rules", NEW."capital", NEW."closed_on", NEW."closed_reason", NEW."cluster_id", NEW."commodities", NEW."contact_consented_on", NEW."contact_public", NEW."created_at", NEW."district_id", NEW."email", NEW."founded_year", NEW."hidden", NEW."id", NEW."industry_scale", NEW."industry_scale_reason", NEW."industry_scale_rules", NEW."investment", NEW."kbli_group_id", NEW."kbli_id", NEW."land_building_value", NEW."latitude", NEW."legal_form", NEW."longitude", NEW."map_consented_on", NEW."marketplaces", NEW."name", NEW."nib", NEW."npwp", NEW."number", NEW."origin", NEW."other_kbli", NEW."owner_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."photo_id", NEW."postal_code", NEW."public_contact", NEW."public_latitude", NEW."public_longitude", NEW."public_point", NEW."regency_id", NEW."search_text", NEW."sector", NEW."show_on_map", NEW."siinas_account", NEW."statistical_scale", NEW."statistical_scale_reason", NEW."statistical_scale_rules", NEW."story_en", NEW."story_id", NEW."updated_at", NEW."verified_at", NEW."version", NEW."village_id", NEW."website", NEW."withheld", NEW."workers_female", NEW."workers_male"); RETURN NULL;',
                    hash="c6d406b09a0b4305b577729db57881351f9fe655",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c4c18",
                    table="industries_establishment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="establishment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "industries_establishmentevent" ("active_since", "activity", "address", "annual_sales", "as_of", "branch", "business_scale", "business_scale_reason", "business_scale_rules", "capital", "closed_on", "closed_reason", "cluster_id", "commodities", "contact_consented_on", "contact_public", "created_at", "district_id", "email", "founded_year", "hidden", "id", "industry_scale", "industry_scale_reason", "industry_scale_rules", "investment", "kbli_group_id", "kbli_id", "land_building_value", "latitude", "legal_form", "longitude", "map_consented_on", "marketplaces", "name", "nib", "npwp", "number", "origin", "other_kbli", "owner_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "photo_id", "postal_code", "public_contact", "public_latitude", "public_longitude", "public_point", "regency_id", "search_text", "sector", "show_on_map", "siinas_account", "statistical_scale", "statistical_scale_reason", "statistical_scale_rules", "story_en", "story_id", "updated_at", "verified_at", "version", "village_id", "website", "withheld", "workers_female", "workers_male") VALUES (NEW."active_since", NEW."activity", NEW."address", NEW."annual_sales", NEW."as_of", NEW."branch", NEW."business_scale", NEW."business_scale_reason", NEW."business_scale_rules", NEW."capital", NEW."closed_on", NEW."closed_reason", NEW."cluster_id", NEW."commodities", NEW."contact_consented_on", NEW."contact_public", NEW."created_at", NEW."district_id", NEW."email", NEW."founded_year", NEW."hidden", NEW."id", NEW."industry_scale", NEW."industry_scale_reason", NEW."industry_scale_rules", NEW."investment", NEW."kbli_group_id", NEW."kbli_id", NEW."land_building_value", NEW."latitude", NEW."legal_form", NEW."longitude", NEW."map_consented_on", NEW."marketplaces", NEW."name", NEW."nib", NEW."npwp", NEW."number", NEW."origin", NEW."other_kbli", NEW."owner_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."photo_id", NEW."postal_code", NEW."public_contact", NEW."public_latitude", NEW."public_longitude", NEW."public_point", NEW."regency_id", NEW."search_text", NEW."sector", NEW."show_on_map", NEW."siinas_account", NEW."statistical_scale", NEW."statistical_scale_reason", NEW."statistical_scale_rules", NEW."story_en", NEW."story_id", NEW."updated_at", NEW."verified_at", NEW."version", NEW."village_id", NEW."website", NEW."withheld", NEW."workers_female", NEW."workers_male"); RETURN NULL;',
                    hash="2002be6a2b65977cf6ba5b28cddd0c2548f4c8b5",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d7da1",
                    table="industries_establishment",
                    when="AFTER",
                ),
            ),
        ),
    ]
