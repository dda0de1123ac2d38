"""A Chromium for each file of tests, and a tab in it."""

from collections.abc import Iterator

import pytest

from helpers import chromium


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[chromium.Browser]:
    program = chromium.find()
    assert program
    with chromium.running(program, tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.fixture(scope="module")
def page(browser: chromium.Browser) -> chromium.Page:
    return browser.new_page()
