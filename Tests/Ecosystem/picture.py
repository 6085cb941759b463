"""Draws Documentation/report.png: the quickstart's report at a desk in light and on a telephone in dark.

    picture.py REPORT PICTURE
"""
import pathlib
import sys
import tempfile

from PIL import Image

from test_report import SCHEMES, WIDTHS, screenshot

HEIGHT = 2000
GAP = 24


def main():
    page, target = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        shots = [
            Image.open(screenshot(page, pathlib.Path(folder) / f"{width}.png", WIDTHS[width], HEIGHT, SCHEMES[scheme]))
            for width, scheme in (("desk", "light"), ("telephone", "dark"))]
        whole = Image.new("RGB", (sum(shot.width for shot in shots) + GAP, HEIGHT), "white")
        whole.paste(shots[0], (0, 0))
        whole.paste(shots[1], (shots[0].width + GAP, 0))
    whole.quantize(64).save(target, optimize=True)


if __name__ == "__main__":
    main()
