"""HTML, written by templates that escape every value: Jinja's one home.

A document's text is never markup. Templates escape what they are given (autoescaping), and the
page's components insert what comes out of here as it is, so nothing else may build HTML.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.web.words import Words


def fill(template: str, words: Words, **values: object) -> str:
    """The template `templates/<template>.html` in a language, with its values escaped.

    Raises:
        jinja2.UndefinedError: a value that the template names was not given.
    """
    made = _environment().get_template(f"{template}.html")
    return made.render(w=words, lang=words.language, **values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("assistant.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
