from pathlib import Path

from rag.chat.books import doubt_in
from rag.reading import read_corpus, read_text

TORN = """【甲会举行】3月8日，甲会举行，来自

（赵　甲）

12个街道的居民参加。

【乙会举行】4月9日，乙会举行，来自各

【丙会举行】5月1日，丙会举行。

（钱　乙）
"""


def test_every_doubt_is_worded_in_chinese() -> None:
    sources = [read_text(TORN, "torn.txt"), *read_corpus([Path(__file__).parents[3] / "data"]).sources]
    doubts = [doubt for source in sources for doubt in source.doubts]
    assert len(doubts) > 1
    for doubt in doubts:
        ours = doubt_in(doubt, "zh")
        assert " was " not in ours and " a " not in ours and "line" not in ours, ours
        assert doubt_in(doubt, "en") == doubt
