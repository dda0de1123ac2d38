"""The pages' Content-Security-Policy in a real Chromium: ours is let in, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from dreamfolio.files import sha256_of_file
from dreamfolio.publish.site.build import build
from dreamfolio.serve.live import Live
from dreamfolio.serve.server import open_server
from helpers import chromium
from helpers.awkward import awkward
from helpers.over_http import over_http
from helpers.planted import planted
from helpers.site import publish

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium.find() is None, reason=chromium.HOW_TO_GET),
]
PAGES = [
    "index.html",
    "404.html",
    "about.html",
    "atlas.html",
    "pieces.html",
    "mixed/index.html",
    "mixed/dreamed.html",
    "mixed/film.html",
]
URL = "https://example.org/portfolio/"
# Before any script of the page: what is refused is written down, and what was planted is heard of.
LISTEN = """
window.refused = [];
window.heard = [];
window.planted = (what) => { window.heard.push(String(what)); };
addEventListener("securitypolicyviolation", (event) => {
  window.refused.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
});
for (const name of ["alert", "confirm", "prompt"]) window[name] = window.planted;
"""
MUST_REFUSE = {
    "script-src-elem",
    "script-src-attr",
    "style-src-attr",
    "style-src-elem",
    "frame-src",
    "object-src",
    "form-action",
    "base-uri",
    "connect-src",
}
# What a hole in a template would let in, each of which has to be refused.
INTRUDE = """
(async () => {
  const put = (html) => {
    const box = document.createElement("div");
    box.innerHTML = html;
    document.body.append(box);
    return box;
  };
  const script = document.createElement("script");
  script.textContent = "planted('inline')";
  document.body.append(script);
  const far = document.createElement("script");
  far.src = "data:text/javascript,planted('data')";
  document.body.append(far);
  put("<img src=x onerror=planted('handler')>");
  put("<a href='javascript:planted(1)'>x</a>").firstChild.click();
  put("<iframe srcdoc='<script>parent.planted(1)</script>'></iframe>");
  put("<iframe src='data:text/html,x'></iframe>");
  put("<object data='data:text/html,x'></object>");
  put("<form action='/x'><button>x</button></form>").querySelector("button").click();
  const styled = put("<p style='position: fixed'>x</p>").firstChild;
  const sheet = document.createElement("style");
  sheet.textContent = "p { position: fixed }";
  document.head.append(sheet);
  const base = document.createElement("base");
  base.href = "https://evil.example/";
  document.head.prepend(base);
  try { await fetch("https://evil.example/"); } catch { }
  const told = () => REFUSED.every((one) => window.refused.some((each) => each.startsWith(one)));
  for (let turn = 0; turn < 400 && !told(); turn++) {
    await new Promise((done) => setTimeout(done, 100));
  }
  await new Promise((done) => setTimeout(done, 100));
  return {
    heard: window.heard,
    refused: window.refused.map((one) => one.split(":")[0]),
    position: getComputedStyle(styled).position,
    base: document.baseURI.startsWith("https://evil"),
  };
})()
""".replace("REFUSED", str(sorted(MUST_REFUSE)))


@pytest.fixture
def listening(browser: chromium.Browser) -> Iterator[chromium.Page]:
    page = browser.new_page()
    page.call("Log.enable")
    page.call("Page.enable")
    page.call("Page.addScriptToEvaluateOnNewDocument", source=LISTEN)
    page.emulate(1280, 900)
    yield page
    page.call("Page.close")


def look(page: chromium.Page, address: str) -> None:
    """Open the page at ``address``: nothing is refused there, and nothing planted runs."""
    page.open(address)
    # What planted handlers wait for.
    page.evaluate(
        "document.querySelectorAll('main *').forEach((one) => {"
        " for (const kind of ['mouseover', 'focus', 'pointerenter'])"
        " one.dispatchEvent(new Event(kind, { bubbles: true })); })"
    )
    assert page.evaluate("window.heard") == [], address
    assert page.evaluate("window.refused") == [], address
    said = [event["params"]["entry"]["text"] for event in page.events("Log.entryAdded")]
    assert [one for one in said if "Content Security" in one] == [], address


@pytest.mark.parametrize("theme", ["gallery", "plain"])
def test_pages_of_every_kind_work_under_it_and_nothing_planted_runs(
    listening: chromium.Page, tmp_path: Path, theme: str
) -> None:
    publish(awkward(tmp_path / "awkward", url=None, theme=theme))
    tree = planted(tmp_path / "planted", theme=theme, url=URL)
    surveyed = tree.survey()
    build(
        surveyed.portfolio,
        digest_of=sha256_of_file,
        out=tree.root / "site",
        locks=surveyed.facts.locks,
    )
    with ExitStack() as stack:
        for name in ("awkward", "planted"):
            site = tmp_path / name / "site"
            # Of the planted lost page's links, some lead to the site's public address.
            pages = sorted(one for one in site.rglob("*.html") if one.name != "404.html")
            if name == "awkward":
                pages = [site / one for one in PAGES]
            served = stack.enter_context(over_http(site))
            for page in pages:
                from_a_folder = page.as_uri()
                addresses = [from_a_folder.replace(site.as_uri() + "/", served)]
                if page.name in ("index.html", "404.html", "film.html"):
                    addresses.append(from_a_folder)
                for address in addresses:
                    look(listening, address)
                    styled = "getComputedStyle(document.body).marginTop"
                    assert listening.evaluate(styled) == "0px", address


@pytest.mark.parametrize("theme", ["gallery", "plain"])
def test_what_a_hole_would_let_in_is_refused(
    listening: chromium.Page, tmp_path: Path, theme: str
) -> None:
    publish(awkward(tmp_path, url=None, theme=theme))
    with over_http(tmp_path / "site") as served:
        for address in (f"{served}index.html", (tmp_path / "site/404.html").as_uri()):
            listening.open(address)
            found = listening.evaluate(INTRUDE)
            assert found["heard"] == [], address
            assert found["position"] == "static"
            assert not found["base"]
            assert set(found["refused"]) >= MUST_REFUSE, MUST_REFUSE - set(found["refused"])


def test_a_served_portfolio_has_it_too(listening: chromium.Page, tmp_path: Path) -> None:
    publish(awkward(tmp_path, url=URL, theme="gallery"))
    live = Live()
    server = open_server(0, tmp_path / "site", live, lambda error: None)
    server.start()
    try:
        live.tell([], changed=True, url=URL)
        for name in ("", "mixed/dreamed.html", "no/such/page.html"):
            listening.open(server.url + name)
            listening.show_pictures()
            assert listening.evaluate("window.refused") == [], name
            assert listening.evaluate("getComputedStyle(document.body).marginTop") == "0px", name
        (tmp_path / "site/index.html").unlink()
        look(listening, server.url)
        found = listening.evaluate(INTRUDE)
        assert found["heard"] == []
        assert set(found["refused"]) >= MUST_REFUSE
    finally:
        server.shutdown()
        server.server_close()
