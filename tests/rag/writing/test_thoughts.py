import pytest

from rag.writing.thoughts import Thoughts


@pytest.mark.parametrize("size", [1, 3, 100])
@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        ("<think>He asks when.</think>\n\nOn May 3 [1].", "On May 3 [1]."),
        ("\n<think>\n</think>On May 3 [1].", "On May 3 [1]."),
        ("On May 3 [1].", "On May 3 [1]."),
        ("<b>On May 3</b> </think>", "<b>On May 3</b> </think>"),
        ("<think>He asks when, and", ""),
    ],
)
def test_thoughts_are_left_out_however_they_are_cut(reply: str, answer: str, size: int) -> None:
    thoughts = Thoughts()
    said = "".join(thoughts.left_out(reply[i : i + size]) for i in range(0, len(reply), size))
    assert said.lstrip() == answer
