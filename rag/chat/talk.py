"""A question and its answer as they come to stand in the conversation, whatever brought the question."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import gradio as gr

from rag.chat.answers import answer_markdown
from rag.chat.loader import Loader
from rag.chat.questions import literal, original
from rag.chat.shared import Turns
from rag.chat.sources import sources_html
from rag.chat.understanding import understood_html
from rag.chat.wording import I18N, WORDS
from rag.errors import CorpusError, QuestionError
from rag.question import MAX_CHARACTERS
from rag.serving import telling
from rag.text import well_formed
from rag.types import Answer, Language

if TYPE_CHECKING:
    from rag.assistant import Assistant

Message = dict[str, Any]
"""One message in Gradio's format; `content` is a string, or a list of parts with a `text` each."""
SKIP: Any = gr.skip()
SENTENCES = {words[name] for words in WORDS.values() for name in ("bad_question", "error", "no_yearbook")}
"""What stands in an answer's place."""


class Shown(NamedTuple):
    """What the page shows of a conversation, in the order of its components."""

    messages: list[Message]
    turns: Turns
    sources: str = SKIP
    understood: str = SKIP
    box: Any = SKIP


UNCHANGED = Shown(SKIP, SKIP)
"""For an event that comes to nothing; Gradio waits for good for a generator that yields nothing at all."""


@dataclass(frozen=True)
class Asked:
    """One question: what stands before it, who answers it, the parts of it that are not meant, and whether the browser
    shows it already."""

    question: str
    before: Sequence[Message]
    turns: Turns
    chosen: Assistant | None
    language: Language
    without: tuple[str, ...] = ()
    on_screen: bool = False


def text_of(message: Message) -> str:
    """A message's text, whichever of Gradio's two forms it has; a question as it was asked."""
    content = message["content"]
    text = content if isinstance(content, str) else "".join(part.get("text", "") for part in content)
    return original(text) if message["role"] == "user" else text


def is_answer(answer: Answer) -> bool:
    """Whether it is an answer, and not a sentence in an answer's place."""
    return answer.text not in SENTENCES


def count(messages: Sequence[Message]) -> int:
    """How many questions a conversation has."""
    return sum(message["role"] == "user" for message in messages)


def up_to(messages: Sequence[Message], turn: int) -> list[Message]:
    """The messages before question `turn`, from 1."""
    places = [place for place, message in enumerate(messages) if message["role"] == "user"]
    return list(messages[: places[turn - 1]]) if turn <= len(places) else list(messages)


def retold(turns: Turns) -> list[Message]:
    """The messages that a conversation's answers make."""
    return [message for turn in sorted(turns) for message in (_asks(turns[turn].question), _replies(turns[turn], turn))]


def shown(turns: Turns, messages: list[Message], language: Language, box: Any = SKIP) -> Shown:
    """A conversation at rest."""
    return Shown(messages, turns, sources_html(turns, language), understood_html(_last(turns), language), box)


def waiting() -> dict[str, Any]:
    """The box while an answer is on its way: it can be written in, and stopped, but not sent."""
    return gr.update(value="", submit_btn=False, stop_btn=str(I18N("stop")))


def ready(**given: Any) -> dict[str, Any]:
    """The box when the next question may be sent; `value` is what the reader may want to send again."""
    return gr.update(submit_btn=str(I18N("send")), stop_btn=False, **given)


def answered(asked: Asked, loader: Loader) -> Iterator[Shown]:
    """The conversation from the moment the question is sent to the whole answer, or the sentence in its place."""
    turn = count(asked.before) + 1
    turns = {number: answer for number, answer in asked.turns.items() if number < turn}
    messages = [*asked.before, _asks(asked.question)]
    if not asked.on_screen:
        yield Shown(messages, turns, box=waiting())
    while not asked.chosen and not loader.wait(0.5):
        yield Shown([*messages, {"role": "assistant", "content": loader.sentence(asked.language)}], turns)
    try:
        for answer in _answers(asked, loader):
            turns = {**turns, turn: answer}
            yield shown(turns, [*messages, _replies(answer, turn)], asked.language)
        yield Shown(SKIP, turns, box=ready())
    except CorpusError:
        yield _instead("no_yearbook", asked, messages, turns)
    except QuestionError:
        yield _instead("bad_question", asked, messages, turns)
    except Exception:
        telling.failed(asked.question)
        yield _instead("error", asked, messages, turns)


def _answers(asked: Asked, loader: Loader) -> Iterator[Answer]:
    assistant, begun = asked.chosen or loader.get(), time.perf_counter()
    for answer in assistant.stream(asked.question, _history(asked.before), asked.without):
        yield replace(answer, understood={**answer.understood, "without": list(asked.without)})
    telling.answered(answer, time.perf_counter() - begun)


def _history(before: Sequence[Message]) -> list[str]:
    """The questions before this one, without those that could not be answered."""
    replies = [*before[1:], None]
    return [
        text_of(message)
        for message, reply in zip(before, replies, strict=False)
        if message["role"] == "user" and not (reply and text_of(reply) in SENTENCES)
    ]


def _instead(words: str, asked: Asked, messages: Sequence[Message], turns: Turns) -> Shown:
    """The sentence stands among the answers, as one that cites nothing: no part of the page keeps an earlier one's."""
    turn, question = count(messages), asked.question[: MAX_CHARACTERS + 1]  # one too many is refused again
    understood = {"without": list(asked.without)}
    said = Answer(question, WORDS[asked.language][words], asked.language, abstained=True, understood=understood)
    return shown({**turns, turn: said}, [*messages, _replies(said, turn)], asked.language, ready())


def _asks(question: str) -> Message:
    return {"role": "user", "content": literal(well_formed(question))}


def _replies(answer: Answer, turn: int) -> Message:
    return {"role": "assistant", "content": answer_markdown(answer, turn)}


def _last(turns: Mapping[int, Answer]) -> Answer | None:
    return turns[max(turns)] if turns else None
