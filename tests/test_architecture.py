"""The house rules that a reader can't see in one file: which way imports go, and what each file may hold."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# From the inside out: an app imports those before it. Apps in one tuple don't know each other.
ORDER = [
    ("network.core",),
    ("network.tags",),
    ("network.members",),
    ("network.charter",),
    ("network.notifications",),
    ("network.conversation",),
    ("network.moderation",),
    ("groups", "blogs"),
    ("network.discovery",),
    ("network.pages",),
    ("network.demo",),
]
RANK = {app: rank for rank, apps in enumerate(ORDER) for app in apps}
CHANGES_AND_QUERIES = {
    "aggregate",
    "annotate",
    "bulk_create",
    "bulk_update",
    "create",
    "delete",
    "exclude",
    "extra",
    "filter",
    "get_or_create",
    "order_by",
    "raw",
    "save",
    "update",
    "update_or_create",
    "values_list",
}
HTTP = ("django.http", "django.shortcuts", "django.contrib.messages", "django.views")


def _app_of(module):
    return next((app for app in RANK if module == app or module.startswith(f"{app}.")), None)


@cache
def _tree(path):
    return ast.parse(path.read_text())


def _files(app, *names):
    """The files of an app that hold one sort of thing: `views.py`, or all in `views/`."""
    folder = ROOT / app.replace(".", "/")
    if not names:
        return [path for path in folder.rglob("*.py") if "migrations" not in path.parts]
    found = [folder / f"{name}.py" for name in names] + [
        path for name in names for path in (folder / name).rglob("*.py")
    ]
    return [path for path in found if path.exists()]


def _imports(path):
    package = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ""
            if node.level:
                parts = package.split(".")
                if path.name == "__init__.py":
                    parts = [*parts[:-1], "_"]
                base = ".".join(parts[: -node.level])
            yield ".".join(filter(None, [base, node.module]))


@pytest.mark.parametrize("app", RANK)
def test_imports_go_one_way(app):
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in _files(app)
        for module in _imports(path)
        if (other := _app_of(module)) and other != app and RANK[other] >= RANK[app]
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("app", RANK)
def test_views_ask_querysets_and_actions_instead_of_the_database(app):
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno} calls .{node.func.attr}()"
        for path in _files(app, "views")
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CHANGES_AND_QUERIES
        and not (
            isinstance(node.func.value, ast.Name) and node.func.value.id in ("actions", "context", "data")
        )
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("app", RANK)
def test_actions_permissions_and_querysets_know_no_request_and_no_response(app):
    files = _files(app, "actions", "permissions", "querysets", "tasks")
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in files
        for module in _imports(path)
        if module.startswith(HTTP)
    ]
    wrong += [
        f"{path.relative_to(ROOT)}:{node.lineno} takes a request"
        for path in files
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.arg) and node.arg in ("request", "response")
    ]
    assert not wrong, "\n".join(wrong)


def test_permissions_answer_with_answers():
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} returns a tuple"
        for app in RANK
        for path in _files(app, "permissions")
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("can_")
        for inner in ast.walk(node)
        if isinstance(inner, ast.Return) and isinstance(inner.value, ast.Tuple)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_signals_and_no_attics():
    wrong = [
        str(path.relative_to(ROOT))
        for app in RANK
        for path in _files(app)
        if path.stem in ("utils", "helpers", "signals")
    ]
    wrong += [
        f"{path.relative_to(ROOT)} receives signals"
        for app in RANK
        for path in _files(app)
        for module in _imports(path)
        if module == "django.dispatch"
    ]
    assert not wrong, "\n".join(wrong)


def test_templates_hold_no_inline_script_and_no_inline_style():
    wrong = [
        f"{path.relative_to(ROOT)}: {what}"
        for path in (ROOT / "templates").rglob("*.html")
        # Mail programs read no style sheet of ours; the page for a broken server and the file of a case, which
        # leaves the site, must stand alone.
        if "emails" not in path.parts
        and path.name not in ("500.html", "dossier.html")
        and path.parent.name != "email"
        for what in (' style="', "<style", "<script>", " onclick=", " onload=")
        if what in path.read_text()
    ]
    assert not wrong, "\n".join(wrong)
