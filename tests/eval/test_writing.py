from eval.judge import Outcome
from eval.writing import compare, screen


def outcome(name: str, *, right: bool, wrong: bool = False, ms: float = 10.0, **writer: object) -> Outcome:
    report = (
        {"model": "m", "mode": "quotes", "shown": 0, "withheld": [], "fallback": None, "ms": 7.0} if writer else None
    )
    counted = {"prompt_tokens": 10, "completion_tokens": 2}
    said = {**report, **counted, **writer} if report else None
    return Outcome(name, "row", "zh", "?", True, right=right, wrong=wrong, ms=ms, citation_precision=1.0, writer=said)


WITHHELD = {"reason": "name 王小明 is not in what it cites; x", "text": "x"}
PLAIN = (outcome("a", right=True), outcome("b", right=False), outcome("c", right=True), outcome("d", right=True))
WRITTEN = (
    outcome("a", right=True, ms=30.0, shown=2),
    outcome(
        "b", right=True, ms=20.0, shown=1, withheld=[{"reason": "name 王小明 is not in what it cites; x", "text": "x"}]
    ),
    outcome("c", right=False, ms=40.0, fallback="slow"),
    outcome("d", right=True, ms=10.0, shown=0, prompt_tokens=0, completion_tokens=0),
)


def test_a_writer_is_held_against_the_extractive_answers() -> None:
    compared = compare(PLAIN, WRITTEN)
    assert (compared["extractive"]["right"], compared["writer"]["right"]) == (0.75, 0.75)
    assert (compared["extractive"]["ms"], compared["writer"]["ms"]) == (10.0, 25.0)
    assert (compared["better"], compared["worse"]) == (["b"], ["c"])
    assert (compared["tried"], compared["written"], compared["fallbacks"]) == (3, 0.5, {"slow": 1})
    assert (compared["shown"], compared["withheld"], compared["tokens"]) == (3, 1, [30, 6])
    assert (compared["reasons"], compared["ms"]) == ({"name is not in what it cites": 1}, 7.0)


def test_the_comparison_is_printed() -> None:
    printed = screen(compare(PLAIN, WRITTEN))
    assert "better: b; worse: c" in printed
    assert "slow 1" in printed
    assert "withheld 1 (name is not in what it cites 1)" in printed
