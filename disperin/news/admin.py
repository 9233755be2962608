"""News in Django's admin."""

from django.contrib import admin

from disperin.news.models import News
from disperin.submissions.admin import RecordAdmin


@admin.register(News)
class NewsAdmin(RecordAdmin):
    list_display = ["number", "title_id", "kind", "day", "until", "regency", "verification", "closed_on"]
    list_filter = ["kind", "regency"]
    list_select_related = ["regency"]
