"""Static files as a site serves them: collected, under names that say what is in them."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings

COLLECTED = {"staticfiles": {"BACKEND": "network.core.storage.StaticStorage"}}
PART_OF_A_LAYER = re.compile(r"^@layer (\w+) \{", re.MULTILINE)


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STORAGES=settings.STORAGES | COLLECTED, STATIC_ROOT=folder):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield folder


def _file(collected, name):
    return collected / staticfiles_storage.stored_name(name)


def test_the_style_sheet_is_one_file_with_its_layers_in_order(collected):
    words = _file(collected, "css/site.css").read_text()

    assert "@import" not in words
    layers = PART_OF_A_LAYER.findall(words)
    order = re.match(r"@layer ([\w, ]+);", words)[1].split(", ")
    assert sorted(set(layers), key=order.index) == [layer for layer in order if layer in layers]
    assert "components" in layers


def test_what_the_style_sheet_names_is_there_under_its_digest(collected):
    sheet = _file(collected, "css/site.css")

    addresses = re.findall(r'url\("([^":]+)"\)', sheet.read_text())

    assert addresses
    for address in addresses:
        assert (sheet.parent / address).resolve().exists(), address


def test_compressed_files_stand_beside_the_others(collected):
    for name in ("css/site.css", "js/site.js"):
        file = _file(collected, name)
        assert file.with_name(f"{file.name}.gz").stat().st_size < file.stat().st_size
