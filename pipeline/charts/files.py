"""A chart as a file: an offline page, SVG or PNG."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import sys
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert

from pipeline.errors import DisclosureError

CJK_FONT = re.compile(
    r"cjk|notos\w+sc|sourcehan|wqy|msyh|simhei|simsun|pingfang|stheiti|hiragino|droidsansfallback|"
    r"uming|ukai|harmonyos",
    re.IGNORECASE,
)
CJK = re.compile("[\u3400-\u9fff]")
LINUX_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
MAC_FONTS = ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts")
NO_FONT = (
    "no Chinese font was found, so a PNG would show boxes for every character; "
    "install one (Debian and Ubuntu: apt-get install fonts-noto-cjk), or name its folder in "
    "DISCLOSURE_FONT_DIRS, or save as .html or .svg"
)


def own_text(name: str) -> str:
    """A file of this room: its words, its theme or its script."""
    return resources.files("pipeline.charts").joinpath(name).read_text("utf-8")


# vega-embed reads the specification with an interpreter (`ast`), so the page needs no eval.
START = own_text("start.js")


def save(chart: alt.LayerChart | alt.FacetChart, path: Path | str) -> Path:
    """Writes the chart as .html (self-contained, offline), .svg or .png, by the suffix.

    Raises DisclosureError for another suffix, and for a .png when no installed font has Chinese.
    """
    specification, path = chart.to_dict(), Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".html":
        path.write_text(page(specification), encoding="utf-8", newline="\n")
    elif path.suffix == ".svg":
        path.write_text(vl_convert.vegalite_to_svg(specification), encoding="utf-8")
    elif path.suffix == ".png":
        if CJK.search(json.dumps(specification, ensure_ascii=False)):
            font = find_cjk_font()
            if font is None:
                raise DisclosureError(NO_FONT)
            vl_convert.register_font_directory(str(font.parent))
        path.write_bytes(vl_convert.vegalite_to_png(specification, scale=2))
    else:
        raise DisclosureError(f"{path.name}: a chart is saved as .html, .svg or .png")
    return path


def page(specification: dict[str, Any]) -> str:
    """A page with one chart that loads nothing from anywhere."""
    scripts = (bundle(), START)
    title = str(specification["title"]["text"]).replace("&", "&amp;").replace("<", "&lt;")
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{content_policy(scripts)}">\n'
        f"<title>{title}</title>\n</head>\n<body>\n"
        f'<div id="chart"></div>\n<script>{scripts[0]}</script>\n'
        f'<script type="application/json" class="chart" data-target="chart">'
        f"{embedded(specification)}</script>\n<script>{scripts[1]}</script>\n</body>\n</html>\n"
    )


def embedded(specification: dict[str, Any]) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(specification, ensure_ascii=False).replace("<", "\\u003c")


@cache
def bundle() -> str:
    """Vega, Vega-Lite and vega-embed as one script."""
    script: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return script.replace("</script", "<\\/script")


def content_policy(scripts: tuple[str, ...]) -> str:
    """Nothing from the network, and no script but these: text from a report can never run."""
    digests = (hashlib.sha256(script.encode("utf-8")).digest() for script in scripts)
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def find_cjk_font() -> Path | None:
    """A font file with Chinese; `$DISCLOSURE_FONT_DIRS` replaces the system's font folders."""
    named = os.environ.get("DISCLOSURE_FONT_DIRS")
    if named is not None:
        folders = [Path(name) for name in named.split(os.pathsep) if name]
    elif sys.platform == "win32":
        folders = [Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"]
    else:
        system = MAC_FONTS if sys.platform == "darwin" else LINUX_FONTS
        folders = [Path(name).expanduser() for name in system]
    for folder in filter(Path.is_dir, folders):
        for path in sorted(folder.rglob("*")):
            name = re.sub(r"[\s_-]", "", path.name)
            if path.suffix.lower() in {".ttc", ".ttf", ".otf"} and CJK_FONT.search(name):
                return path
    return None
