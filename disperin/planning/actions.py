"""The verbs on what the office lays down for planning: thresholds and layouts are kept, with who did it."""

from django.db import transaction

from disperin.accounts.models import User
from disperin.history.models import record as write_history
from disperin.planning.models import LightRule, TableLayout, TablePaper, TableTemplate


@transaction.atomic
def keep_light(rule: LightRule, *, by: User) -> LightRule:
    """Store thresholds that an administrator entered or ended; gives them back."""
    rule.save()
    write_history("keep_light", rule, by=by)
    return rule


@transaction.atomic
def keep_layout(layout: TableLayout, *, by: User) -> TableLayout:
    """Store a layout of a printed table that an administrator entered or ended; gives it back."""
    layout.save()
    write_history("keep_layout", layout, by=by)
    return layout


@transaction.atomic
def keep_template(template: TableTemplate, *, by: User) -> TableTemplate:
    """Store a workbook of a printed table that an administrator brought or ended; gives it back."""
    template.save()
    write_history("keep_template", template, by=by, file=template.name, digest=template.digest)
    return template


@transaction.atomic
def keep_paper(paper: TablePaper, *, by: User) -> TablePaper:
    """Store who heads and signs a printed table, entered or ended by an administrator; gives it back."""
    paper.save()
    write_history("keep_paper", paper, by=by)
    return paper
