"""What an editor does on the page with the papers: adding, reading again, removing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.web.desk import Desk
from assistant.web.failures import told, trouble
from assistant.web.intake import Intake
from assistant.web.markup import fill
from assistant.web.papers import listed
from assistant.web.paths import UPLOAD
from assistant.web.words import Words
from ingest.errors import BereddError
from ingest.formats import FORMATS
from vectorstore.index import remove_documents

_WAIT_S = 5.0
"""How long a removal waits for papers that are being read."""


@dataclass(frozen=True, slots=True)
class Editing:
    """The page's behaviour in one language. Who may do it has been asked before."""

    desk: Desk
    intake: Intake
    words: Words

    def panel(self) -> str:
        """Where papers are chosen or dropped."""
        mb = self.intake.settings.upload_mb
        return fill(
            "add", self.words, url=UPLOAD, accept=",".join(sorted(FORMATS)), mb=mb,
            limit=self.intake.shelf.limit,
        )  # fmt: skip

    def papers(self, wanted: str = "", asked: str = "") -> str:
        """The papers, with what can be done with each."""
        return listed(self.desk, self.words, wanted, edits=True, asked=asked)

    def job(self) -> str:
        """What is being read, or what came of it."""
        job = self.intake.job
        failed = [(f.file, told(f, self.words)) for f in job.report.failed] if job.report else []
        counts = [
            self.words.number(f"add.{name}", len(files))
            for name in ("added", "changed", "unchanged")
            if job.report and (files := getattr(job.report, name))
        ]
        done = ", ".join(counts) or self.words("add.nothing")
        return fill(
            "job",
            self.words,
            job=job,
            failed=failed,
            told=f"{self.words('add.done')} {done}.",
            trouble=trouble(job.problem, self.words) if job.problem else None,
        )

    def act(self, event: Mapping[str, Any], wanted: str) -> tuple[str, str | None]:
        """Does what was pressed; returns the list, and what is said above it (None: as it was)."""
        do, file = event.get("do"), str(event.get("file", ""))
        if do == "read":
            self.intake.read_added()
        elif do == "reread":
            self.intake.read_again(file)
        elif do == "remove":
            return self.papers(wanted, asked=file), None
        elif do == "removed":
            return self._removed(file, wanted)
        else:
            return self.papers(wanted), None
        return self.papers(wanted), self.job()

    def _removed(self, file: str, wanted: str) -> tuple[str, str | None]:
        assistant = self.desk.open()
        entry = assistant.index.entries.get(file) if assistant else None
        if assistant is None or entry is None:
            return self.papers(wanted), None
        try:
            remove_documents(assistant.index, [file], wait_s=_WAIT_S)
            stays = not self.intake.shelf.holds(entry)
            self.intake.shelf.drop(entry)
        except (BereddError, OSError):
            return self.papers(wanted), fill("said", self.words, told=self.words("add.not_removed"))
        key = "add.removed_stays" if stays else "add.removed"
        return self.papers(wanted), fill(
            "said", self.words, told=self.words(key, title=entry.title)
        )
