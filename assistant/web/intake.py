"""The intake: papers that were added are read, one task after another, beside the questions."""

from __future__ import annotations

import logging
import multiprocessing
import threading
from collections import deque
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from assistant.web.reading_process import Step, Task, Work, work
from assistant.web.shelf import Shelf, Shelved
from ingest.formats import Failure
from vectorstore.ingestion import Report

_log = logging.getLogger(__name__)


class _Stopped(Exception):
    """A task ended without a report; what waits, waits until somebody asks again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is being read, or was read last.

    Attributes:
        number: counts the jobs of this server from 1; 0: there was none.
        step: how far it has come; None when it has ended.
        report: what came of it, once it has ended well.
        problem: why it ended otherwise, as a sentence; "" where the process died.
    """

    number: int = 0
    step: Step | None = None
    report: Report | None = None
    problem: str | None = None

    @property
    def running(self) -> bool:
        """True until it has ended."""
        return self.step is not None


@dataclass(slots=True)
class Intake:
    """Runs one job at a time; what comes meanwhile waits. Safe to use from several threads."""

    settings: Settings
    work: Work = work
    _job: Job = field(default_factory=Job)
    _again: deque[str] = field(default_factory=deque)
    _thread: threading.Thread | None = None
    _process: Any = None
    _guard: threading.Lock = field(default_factory=threading.Lock)
    _closed: bool = False

    @property
    def shelf(self) -> Shelf:
        """Where added papers lie."""
        return Shelf(self.settings.documents_folder, self.settings.upload_mb * 1_000_000)

    @property
    def job(self) -> Job:
        """The latest job, as far as it has come."""
        return self._job

    def read_added(self) -> None:
        """Has what waits on the shelf read; at once, or after what is being read."""
        self._begin()

    def read_again(self, file: str) -> None:
        """Has an indexed document read once more."""
        self._again.append(file)
        self._begin()

    def close(self) -> None:
        """Ends what is running; what was stored stays, and the next ingest goes on from there."""
        self._closed = True
        if self._process is not None:
            self._process.terminate()

    def _begin(self) -> None:
        with self._guard:
            if self._thread is not None and self._thread.is_alive():
                return
            self._job = Job(number=self._job.number + 1, step=Step("waiting"))
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()

    def _run(self) -> None:
        try:
            while not self._closed and not self._ended():
                if self._again:
                    self._finish(self._task(again=(self._again.popleft(),)), Shelved())
                else:
                    shelved = self.shelf.shelve()
                    self._finish(self._task(paths=shelved.files), shelved)
        except _Stopped as error:
            _log.warning("papers could not be read: %s", error)
        except OSError as error:
            _log.exception("papers could not be read")
            self._job = replace(self._job, step=None, problem=str(error))

    def _ended(self) -> bool:
        """Lets the thread go, unless something has come at the last moment."""
        with self._guard:
            if self._again or self.shelf.unread:
                return False
            self._thread = None
            self._job = replace(self._job, step=None)
            return True

    def _task(self, paths: tuple[Path, ...] = (), again: tuple[str, ...] = ()) -> Task:
        return Task(
            index=self.settings.index,
            server=self.settings.chroma_url,
            model=self.settings.embedding_model,
            model_url=self.settings.embedding_url,
            model_key=self.settings.embedding_key,
            mask=self.settings.mask_personal_numbers,
            paths=paths,
            again=again,
        )

    def _finish(self, task: Task, shelved: Shelved) -> None:
        """Runs a task, puts the shelf in order, and adds what came of it to the job."""
        ended = self._apart(task)
        if self._closed:
            return
        names = shelved.fresh or task.again
        if ended is None and len(names) == 1:
            ended = Report(failed=(Failure(names[0], "reading it crashed", ""),))
        if isinstance(ended, Report):
            self.shelf.settle(shelved, [failure.file for failure in ended.failed])
            before = self._job.report
            self._job = replace(self._job, report=_joined(before, ended) if before else ended)
            return
        self.shelf.put_back(shelved)
        self._job = replace(self._job, step=None, problem=ended or "")
        raise _Stopped(ended)

    def _apart(self, task: Task) -> Report | str | None:
        """Runs a task in a process; None if that died before its end."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=self.work, args=(task, theirs))
        self._process.start()
        theirs.close()
        try:
            return self._told(ours)
        finally:
            ours.close()
            self._process.join()
            self._process = None

    def _told(self, line: Connection) -> Report | str | None:
        while True:
            try:
                told = line.recv()
            except EOFError:
                return None
            if isinstance(told, Report | str):
                return told
            self._job = replace(self._job, step=told)


def _joined(first: Report, second: Report) -> Report:
    """Two tasks of one job as one report."""
    return Report(
        added=first.added + second.added,
        changed=first.changed + second.changed,
        unchanged=first.unchanged + second.unchanged,
        removed=first.removed + second.removed,
        failed=first.failed + second.failed,
        warnings={**first.warnings, **second.warnings},
    )
