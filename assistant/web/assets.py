"""The page's own style sheet and scripts, read from the files beside this one."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from assistant.web.words import Words

_GRADIO_SAYS = {
    "lost": "Connection to the server was lost",
    "failed": "Connection errored out",
    "busy": "This application is currently busy",
    "error": "Error",
}
"""How Gradio's own messages begin that it has in English only."""
_HERE = Path(__file__).parent / "assets"


@cache
def script(name: str) -> str:
    """The script `assets/<name>.js`."""
    return (_HERE / f"{name}.js").read_text(encoding="utf-8")


@cache
def style() -> str:
    """The style sheet: the page's, then that of cases, comparisons and briefs."""
    names = ("beredd.css", "prepare.css")
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in names)


@cache
def style_tag() -> str:
    """A digest of the style sheet, so that browsers fetch a changed one."""
    return hashlib.sha256(style().encode()).hexdigest()[:12]


def head(words: Words) -> str:
    """What goes into the head of every page: the style sheet, the colour scheme, the language."""
    says = {text: words(f"gradio.{name}") for name, text in _GRADIO_SAYS.items()}
    told = json.dumps(says, ensure_ascii=False).replace("<", "\\u003c")
    return (
        f'<link rel="stylesheet" href="beredd.css?{style_tag()}">'
        '<meta name="color-scheme" content="light dark">'
        f"<script>const GRADIO_SAYS = {told};{script('early')}</script>"
    )
