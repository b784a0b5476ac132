"""Small papers of an invented municipality, for tests to write to disk."""

from __future__ import annotations

from pathlib import Path

MINUTES = """Ekmarka kommun
Kommunfullmäktige
Protokoll, sammanträdesdatum 2025-03-10

§ 14 Dnr KS 2025/77

Motion av Siri Lund (V) om avgiftsfria simkort
Beslut

Kommunfullmäktige beslutar att avslå motionen.

Yrkanden

Siri Lund (V) yrkar bifall till motionen.
Per Ek (M) yrkar avslag på motionen.

Omröstning

Godkänd voteringsproposition: "Ja för avslag och Nej för bifall till motionen."
Omröstningen utfaller med 21 Ja mot 14 Nej.

Reservation

Ledamöterna från V reserverar sig mot beslutet.

§ 15 Dnr KS 2025/81

Taxa för återvinningscentralen
Beslut

Kommunfullmäktige fastställer taxan till 350 kronor om året.

Jäv

Olle Bro (S) deltar inte i handläggningen av ärendet på grund av jäv.
"""

MOTION = """Motion om avgiftsfria simkort

Många barn i Ekmarka kan inte simma. Ett simkort kostar i dag 420 kronor.

Med hänvisning till ovanstående yrkar jag

att kommunen inför avgiftsfria simkort för barn under tolv år,
att kostnaden tas ur kommunstyrelsens medel för 2025.

Ekmarka den 3 februari 2025

Siri Lund (V)
"""


def write_some(folder: Path, count: int = 0) -> None:
    """Writes the minutes, the motion and `count` further short reports into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "protokoll.txt").write_text(MINUTES, encoding="utf-8")
    (folder / "motion.txt").write_text(MOTION, encoding="utf-8")
    for number in range(count):
        text = f"Rapport {number}\n\n" + "\n\n".join(
            f"Stycke {n} i rapport {number} handlar om skötsel av park {n * 7 + number}. "
            f"Kostnaden är {n * 1000 + number} kronor om året."
            for n in range(12)
        )
        (folder / f"rapport-{number:03}.txt").write_text(text, encoding="utf-8")
