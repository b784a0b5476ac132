"""Makes the sample papers that are not plain text: docx, odt, pdf and the scanned pdf.

Usage: python docs/samples-sources/build.py [NAME…]

Reads the sources (`*.md`) beside this file and writes into `samples/`. Needs LibreOffice
(`soffice`) on the path, and pypdfium2, numpy and Pillow for the scan. README.md beside this file
explains the markup.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pypdfium2
from PIL import Image

SOURCES = Path(__file__).parent
SAMPLES = SOURCES.parents[1] / "samples"
TEMPLATE = SOURCES / "template.fodt"

_PAGE_FIELDS = {
    "{page}": '<text:page-number text:select-page="current"/>',
    "{pages}": "<text:page-count/>",
}
_NOTE = (
    '<text:note text:note-class="footnote"><text:note-citation>{number}</text:note-citation>'
    '<text:note-body><text:p text:style-name="Footnote">{text}</text:p></text:note-body>'
    "</text:note>"
)
_SCAN_DPI = 150
_SCAN_TILT = 0.4  # degrees: a sheet laid askew on the glass
_SCAN_NOISE = 9  # standard deviation in grey levels, out of 255


def main(names: list[str]) -> int:
    """Builds the named papers, or all of them. Returns an exit code."""
    sources = [path for path in sorted(SOURCES.glob("*.md")) if path.name != "README.md"]
    if shutil.which("soffice") is None:
        print("LibreOffice is not installed. Install libreoffice-writer.", file=sys.stderr)
        return 1
    for source in sources:
        if not names or source.stem in names:
            print(build(source).name)
    return 0


def build(source: Path) -> Path:
    """Makes one paper from its source and returns its path in `samples/`."""
    head, body = read_source(source)
    wanted = head["formats"]
    target = SAMPLES / f"{source.stem}.{'pdf' if wanted == 'scan' else wanted}"
    with tempfile.TemporaryDirectory() as folder:
        flat = Path(folder) / f"{source.stem}.fodt"
        flat.write_text(flat_odt(head, body), encoding="utf-8")
        made = convert(flat, target.suffix[1:])
        if wanted == "scan":
            scan(made, target)
        else:
            shutil.copyfile(made, target)
    return target


def read_source(source: Path) -> tuple[dict[str, str], str]:
    """The settings between the `---` lines, and the text below them."""
    _, settings, body = source.read_text(encoding="utf-8").split("---\n", 2)
    pairs = (line.partition(": ") for line in settings.splitlines())
    return {key: value for key, _, value in pairs}, body


def flat_odt(head: dict[str, str], body: str) -> str:
    """The whole paper as one flat OpenDocument file."""
    furniture = "".join(
        f"<style:{side}>{lines(head[side])}</style:{side}>"
        for side in ("header", "footer")
        if side in head
    )
    filled = TEMPLATE.read_text(encoding="utf-8")
    for slot, value in (
        ("title", escape(head.get("title", ""))),
        ("furniture", furniture),
        ("body", blocks(body)),
    ):
        filled = filled.replace(f"<!--{slot}-->", value)
    return filled


def lines(text: str) -> str:
    """Running head or foot: `|` divides lines, a tab divides left, middle and right."""
    made = []
    for line in text.split("|"):
        inner = escape(line).replace("\t", "<text:tab/>")
        for field, element in _PAGE_FIELDS.items():
            inner = inner.replace(field, element)
        made.append(f'<text:p text:style-name="Furniture">{inner}</text:p>')
    return "".join(made)


def blocks(body: str) -> str:
    """The body: blocks divided by an empty line."""
    made: list[str] = []
    new_page = False
    for block in re.split(r"\n\s*\n", body.strip()):
        if block == "---page---":
            new_page = True
            continue
        made.append(one_block(block, new_page))
        new_page = False
    return number_notes("\n".join(made))


def one_block(block: str, new_page: bool) -> str:
    """A heading, list, table or paragraph."""
    if heading := re.match(r"(#+) (.*)", block):
        level = len(heading[1])
        style = "NewPage" if new_page else f"Heading_20_{level}"
        text = inline(heading[2])
        return f'<text:h text:style-name="{style}" text:outline-level="{level}">{text}</text:h>'
    rows = block.splitlines()
    if rows[0].startswith("- "):
        return a_list("Dashes", [row[2:] for row in rows])
    if re.match(r"\d+\. ", rows[0]):
        return a_list("Points", [row.split(". ", 1)[1] for row in rows])
    if rows[0].startswith("|"):
        return a_table([[cell.strip() for cell in row.strip("|").split("|")] for row in rows])
    return paragraph("<text:line-break/>".join(inline(row) for row in rows))


def a_list(style: str, items: list[str]) -> str:
    inner = "".join(f"<text:list-item>{paragraph(inline(item))}</text:list-item>" for item in items)
    return f'<text:list text:style-name="{style}">{inner}</text:list>'


def a_table(rows: list[list[str]]) -> str:
    columns = f'<table:table-column table:number-columns-repeated="{len(rows[0])}"/>'
    inner = "".join(
        "<table:table-row>" + "".join(a_cell(cell) for cell in row) + "</table:table-row>"
        for row in rows
    )
    return f"<table:table>{columns}{inner}</table:table>"


def a_cell(text: str) -> str:
    return (
        '<table:table-cell table:style-name="Cell" office:value-type="string">'
        f"{paragraph(inline(text))}</table:table-cell>"
    )


def paragraph(inner: str) -> str:
    return f'<text:p text:style-name="Standard">{inner}</text:p>'


def inline(text: str) -> str:
    """Bold words, footnotes and runs of spaces."""
    made = escape(text)
    made = re.sub(r"\*\*(.+?)\*\*", r'<text:span text:style-name="Bold">\1</text:span>', made)
    made = re.sub(r"\^\[(.+?)\]", r"<note>\1</note>", made)
    return re.sub(r" {2,}", "<text:tab/>", made)


def number_notes(body: str) -> str:
    """Footnotes numbered through the paper from 1."""
    parts = re.split(r"<note>(.*?)</note>", body)
    notes = [_NOTE.format(number=i, text=text) for i, text in enumerate(parts[1::2], start=1)]
    return "".join(a + b for a, b in zip(parts[::2], [*notes, ""], strict=True))


def convert(flat: Path, suffix: str) -> Path:
    """LibreOffice's version of the file, beside it. Raises CalledProcessError if it fails."""
    profile = f"-env:UserInstallation=file://{flat.parent}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", suffix]
    subprocess.run([*command, "--outdir", flat.parent, flat], check=True, capture_output=True)
    return flat.with_suffix(f".{suffix}")


def scan(printed: Path, target: Path) -> None:
    """An image-only pdf of the printed pages: tilted a little, noisy, black and white."""
    noise = np.random.default_rng(seed=94)
    pages = []
    for page in pypdfium2.PdfDocument(printed):
        grey = page.render(scale=_SCAN_DPI / 72, grayscale=True).to_pil()
        tilted = grey.rotate(_SCAN_TILT, resample=Image.Resampling.BICUBIC, fillcolor=255)
        noisy = np.asarray(tilted) + noise.normal(0, _SCAN_NOISE, (grey.height, grey.width))
        # Sixteen shades compress to a third and look like a cheap office scanner.
        shade = np.clip(np.round(noisy / 17) * 17, 0, 255).astype(np.uint8)
        pages.append(Image.fromarray(shade))
    pages[0].save(target, save_all=True, append_images=pages[1:], resolution=_SCAN_DPI, quality=35)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
