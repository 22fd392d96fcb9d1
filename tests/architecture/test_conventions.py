"""Rules no linter knows. Each failure says what to do instead."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import PROTECT
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from accounts.permissions import Role
from core.documents.models import Document
from core.ui.views import StepView

ROOT = Path(__file__).resolve().parents[2]
APPS = ["accounts", "criteria", "awards", "campaigns", "dossiers", "dashboard", "core", "config"]
SOURCES = [f for app in APPS for f in (ROOT / app).rglob("*.py") if "migrations" not in f.parts]
TEMPLATES = list((ROOT / "templates").rglob("*.html"))


@cache
def trees():
    return {f: ast.parse(f.read_text()) for f in SOURCES}


def named(found):
    return {str(f.relative_to(ROOT)) for f in found}


def sets_state(node):
    if isinstance(node, ast.Attribute):
        return node.attr == "state" and isinstance(node.ctx, ast.Store)
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {
        "update",
        "update_or_create",
    }:
        return any(argument.arg == "state" for argument in node.keywords)
    return False


def test_state_changes_only_in_the_workflow_engine():
    allowed = {"core/workflow.py", "core/jobs/models.py"}
    found = {f for f, tree in trees().items() if any(sets_state(n) for n in ast.walk(tree))}
    assert named(found) - allowed == set(), "perform a transition instead of setting `state`"


def test_what_writes_is_an_act():
    bare = {f for f in SOURCES if "@transaction.atomic" in f.read_text()}
    services = {f for f in bare if {"services", "services.py", "apply.py"} & set(f.parts)}
    assert named(services) == set(), "use `@act`: rows are Vietnamese, whoever acts"


def views(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        else:
            yield pattern.callback


def ours(view):
    return view.__module__.split(".")[0] in APPS


def test_every_page_names_a_permission_or_is_meant_for_everybody():
    bare = {
        view.view_class.__name__
        for view in views(get_resolver().url_patterns)
        if ours(view)
        and hasattr(view, "view_class")
        and not getattr(view.view_class, "perm", None)
        and not issubclass(view.view_class, StepView)
        and getattr(view, "login_required", True)
    }
    assert bare == set()


def test_no_function_views():
    bare = {
        view.__name__
        for view in views(get_resolver().url_patterns)
        if ours(view) and not hasattr(view, "view_class")
    }
    assert bare == set(), "a page is a class with a perm"


def test_no_file_is_longer_than_300_lines():
    long = {f for f in [*SOURCES, *TEMPLATES] if len(f.read_text().splitlines()) > 300}
    assert named(long) == set()


def test_kept_documents_are_never_deleted_by_a_cascade():
    links = [
        f
        for m in apps.get_models()
        for f in m._meta.get_fields()
        if f.concrete and f.is_relation and not f.many_to_many and f.related_model is Document
    ]
    assert links
    assert {f.remote_field.on_delete for f in links} == {PROTECT}


def test_the_clock_is_read_in_one_place():
    banned = re.compile(r"timezone\.(now|localdate|localtime)\(\)|datetime\.now\(|date\.today\(")
    found = {
        f
        for f in SOURCES
        if (banned.search(f.read_text()) or re.search(r"auto_now", f.read_text()))
        and "core/clock" not in str(f)
    }
    assert named(found) == set(), "ask core.clock.clock"


def test_whole_numbers_from_a_browser_are_read_in_one_place():
    asks = re.compile(r"\.is(digit|decimal|numeric)\(")
    found = {
        f
        for f in SOURCES
        if {"views", "forms", "ui"} & {*f.parts, f.stem} and asks.search(f.read_text())
    }
    assert named(found) == set(), "ask core.text.whole: “²” is a digit, too"


def test_no_signals_between_apps():
    found = {
        f for f in SOURCES if re.search(r"django\.db\.models\.signals|@receiver", f.read_text())
    }
    assert named(found) == set(), "call a service; nothing happens behind somebody's back"


def test_a_page_has_no_inline_script_or_style():
    inline = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\sstyle=|\son\w+=\"")
    found = {f for f in TEMPLATES if inline.search(f.read_text()) and "documents" not in f.parts}
    assert named(found) == set(), "the content security policy refuses it"


def test_buttons_are_components():
    """A page's buttons come from the tags of core.ui, so that they look and act alike."""
    allowed = {"components", "bootstrap5", "account", "mfa", "documents", "allauth"}
    found = {
        f
        for f in TEMPLATES
        if re.search(r"<button\b", f.read_text()) and not allowed & set(f.parts)
    }
    assert len(found) == 0, f"use {{% button %}}: {sorted(named(found))}"


@pytest.mark.parametrize("app", ["accounts", "criteria", "awards", "campaigns", "dossiers"])
def test_apps_meet_only_through_their_public_files(app):
    public = {"models", "rules", "figures", "services", "workflow", "permissions", "lists"}
    private = set()
    for f, tree in trees().items():
        own = f.relative_to(ROOT).parts[0]
        if own in (app, "config"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == app:
                rest = node.module.split(".")[1:2] or [name.name for name in node.names]
                private |= {f"{f.relative_to(ROOT)} -> {app}.{p}" for p in rest if p not in public}
    assert private == set()


def test_every_model_and_role_has_its_line_in_the_glossary():
    spans = re.findall(r"`([^`\n]+)`", (ROOT / "docs" / "glossary.md").read_text())
    words = set(re.findall(r"\w+", " ".join(spans)))
    models = {m.__name__ for m in apps.get_models() if m.__module__.split(".")[0] in APPS}
    assert (models | set(Role.__members__)) - words == set(), "a new domain word begins there"


@pytest.mark.parametrize(
    ("word", "owner"), [("permissions", "accounts"), ("plans", "campaigns"), ("sets", "criteria")]
)
def test_a_kind_of_file_that_is_one_apps_own_is_in_no_other(word, owner):
    found = {
        app for app in APPS if (ROOT / app / word).is_dir() or (ROOT / app / f"{word}.py").exists()
    }
    assert found == {owner}


def test_a_key_is_written_into_an_address_without_signs_between_its_thousands():
    bare = re.compile(r"\{\{\s*[\w.]+\.pk\s*\}\}")
    found = {template for template in TEMPLATES if bare.search(template.read_text())}
    assert named(found) == set(), "write {{ unit.pk|stringformat:'d' }}: 8818 is “8.818” on a page"
