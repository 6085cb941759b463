"""Headless Chromium: report.html fits desk and telephone, in light and in dark, and asks no network."""
import json
import re
import shutil
import subprocess

import pytest
from PIL import Image, ImageStat

BROWSER = next(filter(None, map(shutil.which, ["chromium-headless-shell", "chromium", "google-chrome"])), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium; Debian's is chromium-headless-shell")
WIDTHS = {"desk": 1280, "telephone": 390}
# What Blink calls the two colour schemes that a page may be asked for.
SCHEMES = {"dark": 0, "light": 1}


def browse(page, *options, folder=None):
    """What the browser prints of a page; its own files go into a folder, by default the page's."""
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
               "--allow-file-access-from-files", f"--user-data-dir={(folder or page.parent) / 'profile'}", *options,
               page.as_uri()]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


def screenshot(page, picture, width, height, scheme):
    browse(page, f"--window-size={width},{height}", f"--screenshot={picture}",
           f"--blink-settings=preferredColorScheme={scheme}", folder=picture.parent)
    return picture


@pytest.fixture(scope="module")
def page(built, tmp_path_factory):
    return shutil.copy(built / "report.html", tmp_path_factory.mktemp("report") / "report.html")


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_window(page, width):
    """A frame of that width around the page says how wide its content is."""
    frame = page.with_name("frame.html")
    frame.write_text(
        f'<iframe id="f" src="report.html" width="{WIDTHS[width]}" height="900" style="border:0"'
        ' onload="document.title = f.contentDocument.documentElement.scrollWidth"></iframe>')
    measured = browse(frame, "--window-size=1400,1000", "--dump-dom")
    assert int(re.search(r"<title>(\d+)</title>", measured).group(1)) <= WIDTHS[width]


@pytest.mark.parametrize("width", WIDTHS)
def test_dark_is_dark_and_light_is_light(page, width):
    brightness = {}
    for scheme, number in SCHEMES.items():
        picture = screenshot(page, page.with_name(f"{width}-{scheme}.png"), WIDTHS[width], 1200, number)
        shot = Image.open(picture).convert("L")
        assert len(shot.getcolors()) > 16, "an empty page"
        brightness[scheme] = ImageStat.Stat(shot).median[0]
    assert brightness["dark"] < 64 and brightness["light"] > 192


def requests(log):
    """The addresses that were asked for, files left out."""
    events = json.loads(log.read_text())
    kinds = {number: name for name, number in events["constants"]["logEventTypes"].items()}
    asked = [event.get("params", {}).get("url", "") for event in events["events"]
             if kinds[event["type"]].startswith("URL_REQUEST_START_JOB")]
    return [address for address in asked if address.startswith(("http", "ws"))]


def test_no_network_is_asked(page):
    log = page.with_name("network.json")
    browse(page, "--dump-dom", f"--log-net-log={log}", "--net-log-capture-mode=Everything")
    assert requests(log) == []
    # The page forbids itself to ask; the log does tell of a request where nothing does.
    asking = page.with_name("asking.html")
    text = page.read_text()
    assert "Content-Security-Policy" in text
    asking.write_text(re.sub(r"<meta http-equiv[^>]*>", "", text).replace(
        "</body>", '<img src="http://127.0.0.1:9/picture.png"></body>'))
    browse(asking, "--dump-dom", f"--log-net-log={log}", "--net-log-capture-mode=Everything")
    assert "http://127.0.0.1:9/picture.png" in requests(log)
