"""The part of Bootstrap that is served holds whatever pages name, and hardly anything else."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders

from disperin.ui.finders import BOOTSTRAP, NODE_MODULES
from disperin.ui.needed_styles import CLASSES, classes_of, needed_of

PROJECT = Path(__file__).resolve().parent.parent.parent
APPS = ("disperin", "industries", "ovop", "zones")
IN_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
CLASS_ATTRIBUTE = re.compile(r'\b(?:class|css)="((?:\{%.*?%\}|\{\{.*?\}\}|[^"])*)"', re.DOTALL)
TEXT = re.compile(r'"([^"\n]*)"')
VARIANT = re.compile(r'variant="([a-z]+)"')


def named_in_templates():
    """`{class: template}` of what stands in attributes, and of the variants of buttons."""
    found = {}
    for path in sorted((PROJECT / "templates").rglob("*.html")):
        text = path.read_text()
        names = [name for value in CLASS_ATTRIBUTE.findall(text) for name in IN_TAG.sub(" ", value).split()]
        found |= dict.fromkeys([*names, *(f"btn-{one}" for one in VARIANT.findall(text))], path.name)
    return found


def named_in_programs():
    """`{class: module}` of the classes with a hyphen in texts of modules and scripts: others are words of any kind."""
    found = {}
    modules = [one for app in APPS for one in (PROJECT / app).rglob("*.py") if "migrations" not in one.parts]
    for path in [*modules, *(PROJECT / "static" / "js").rglob("*.js")]:
        if path.name == "needed_styles.py":
            continue
        names = (name for text in TEXT.findall(path.read_text()) for name in re.findall(r"[a-z][\w-]*-[\w-]*", text))
        found |= dict.fromkeys(names, path.name)
    return found


def test_every_class_of_bootstrap_that_anything_names_is_served():
    of_bootstrap = classes_of((NODE_MODULES / BOOTSTRAP).read_text())

    named = named_in_templates() | named_in_programs()

    assert {name: where for name, where in named.items() if name in of_bootstrap and name not in CLASSES} == {}
    assert of_bootstrap >= CLASSES
    assert classes_of(Path(finders.find("vendor/bootstrap.min.css")).read_text()) == CLASSES


def test_a_rule_stays_where_all_its_classes_are_named():
    css = (
        '@charset "UTF-8";/*! Licence { */a{color:red}.btn,.modal .btn{--x:1}.card{top:0}'
        ".btn:not(.disabled):hover{top:1px}.btn:is(.card,a){top:2px}"
        "@media (min-width:1px){.card{top:3px}.btn{animation:spin 1s}}@media print{.card{top:4px}}"
        "@keyframes spin{to{top:5px}}@keyframes wait{to{top:6px}}"
    )

    assert needed_of(css, {"btn"}) == (
        '@charset "UTF-8";/*! Licence { */\na{color:red}.btn{--x:1}.btn:not(.disabled):hover{top:1px}'
        "@media (min-width:1px){.btn{animation:spin 1s}}@keyframes spin{to{top:5px}}\n"
    )
    assert classes_of(css) == {"btn", "modal", "card"}
