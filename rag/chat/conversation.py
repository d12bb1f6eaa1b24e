"""What asks: the box, an example, retry, edit, a part of the question taken away; and what takes back: undo, stop."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag.chat import talk
from rag.chat.loader import Loader
from rag.chat.questions import ACTIVE
from rag.chat.shared import QUIET, Shared, Turns
from rag.chat.talk import Asked, Message, Shown
from rag.chat.wording import I18N, language_of

# Handlers `yield from`: Gradio streams what a generator function yields, not a generator that is returned.
ASKING: dict[str, Any] = {"concurrency_limit": 8, "concurrency_id": "ask", "show_progress": "minimal"}
# In the handlers, `chosen` is an Assistant or None; Gradio evaluates annotations, and Assistant would bring torch.
Chosen = Any
# The question stands in the conversation before the server has heard of it. Nothing is sent while there is nothing to
# send, while an answer is on its way, or before the conversation is back after a reload: the button is not there then.
SENT = f"""(question, messages) => {{
  if (!question.trim() || !document.querySelector("#ask .submit-button")) return [question, messages];
  const text = question.replace(new RegExp({json.dumps(ACTIVE)}, "g"), (mark) => `&#${{mark.charCodeAt(0)}};`);
  const said = {{ role: "user", content: [{{ type: "text", text }}], metadata: null, options: null }};
  const box = {{ __type__: "update", value: "", submit_btn: false, stop_btn: {json.dumps(str(I18N("stop")))} }};
  return [box, [...messages, said]];
}}"""
# What the server would not take, too many ask at once say, goes back into the box.
BACK = f"""(question, messages) => {{
  const place = messages.findLastIndex((message) => message.role === "user");
  if (place < 0) return [question, messages];
  const said = messages[place].content;
  const text = typeof said === "string" ? said : said.map((part) => part.text ?? "").join("");
  const box = {{ __type__: "update", value: text, submit_btn: {json.dumps(str(I18N("send")))}, stop_btn: false }};
  return [box, messages.slice(0, place)];
}}"""
# A long answer is read from its beginning, not from its end.
LAST_QUESTION_FIRST = """() => requestAnimationFrame(() => {
  const last = [...document.querySelectorAll("#talk .user.message")].at(-1);
  const log = last?.closest("[role=log]");
  if (log) log.scrollTop += last.getBoundingClientRect().top - log.getBoundingClientRect().top - 12;
})"""


def wire_conversation(shared: Shared) -> None:
    """Every event that asks ends in one function, so that all answers come about in the same way."""
    turn = Talking(shared.loader)
    given: list[Any] = [shared.chatbot, shared.turns, shared.chosen]
    asking: dict[str, Any] = {"outputs": shared.conversation, "api_visibility": "private", **ASKING}
    asked = [shared.box, shared.chatbot]
    sent = shared.box.submit(None, asked, asked, js=SENT, queue=False).then(turn.sent, given, **asking)
    sent.failure(None, asked, asked, js=BACK, queue=False)
    running = [
        sent,
        shared.wire.ask(turn.linked, given, **asking),
        shared.wire.part(turn.corrected, given, **asking),
        shared.chatbot.example_select(turn.example, given, **asking),
        shared.chatbot.retry(turn.retry, given, **asking),
        shared.chatbot.edit(turn.edit, given, **asking),
    ]
    shared.chatbot.change(None, js=LAST_QUESTION_FIRST)
    shared.wire.ask(lambda: gr.Tabs(selected="ask"), None, shared.tabs, queue=False, **QUIET)
    shared.chatbot.undo(turn.undo, [shared.chatbot, shared.turns], shared.conversation, queue=False, **QUIET)
    shared.box.stop(
        turn.stop, [shared.chatbot, shared.turns], shared.conversation, cancels=running, queue=False, **QUIET
    )


@dataclass(frozen=True)
class Talking:
    """The handlers: each takes the messages, the turns and whom to ask, and shows the conversation as it grows."""

    loader: Loader

    def sent(self, messages: list[Message], turns: Turns, chosen: Chosen, request: gr.Request) -> Iterator[Shown]:
        """A question that the browser has put at the conversation's end already."""
        if not messages or messages[-1]["role"] != "user":
            yield talk.UNCHANGED
            return
        question, before = talk.text_of(messages[-1]), messages[:-1]
        asked = Asked(question, before, turns, chosen, language_of(request), on_screen=True)
        yield from talk.answered(asked, self.loader)

    def ask(
        self, question: str, messages: list[Message], turns: Turns, chosen: Chosen, request: gr.Request
    ) -> Iterator[Shown]:
        asked = Asked(question, messages, turns, chosen, language_of(request))
        yield from talk.answered(asked, self.loader)

    def linked(
        self, messages: list[Message], turns: Turns, chosen: Chosen, event: gr.EventData, request: gr.Request
    ) -> Iterator[Shown]:
        yield from self.ask(event.question, messages, turns, chosen, request)

    def example(
        self, messages: list[Message], turns: Turns, chosen: Chosen, event: gr.SelectData, request: gr.Request
    ) -> Iterator[Shown]:
        yield from self.ask(event.value["text"], messages, turns, chosen, request)

    def edit(
        self, messages: list[Message], turns: Turns, chosen: Chosen, event: gr.EditData, request: gr.Request
    ) -> Iterator[Shown]:
        place = event.index if isinstance(event.index, int) else event.index[0]
        yield from self.ask(str(event.value), messages[:place], turns, chosen, request)

    def retry(self, messages: list[Message], turns: Turns, chosen: Chosen, request: gr.Request) -> Iterator[Shown]:
        turn = talk.count(messages)
        question = talk.text_of(messages[len(talk.up_to(messages, turn))])
        without = turns[turn].understood.get("without", ()) if turn in turns else ()
        yield from self._again(question, turn, messages, turns, chosen, request, without)

    def corrected(
        self, messages: list[Message], turns: Turns, chosen: Chosen, event: gr.EventData, request: gr.Request
    ) -> Iterator[Shown]:
        """A click on a part of the last question takes it away, or puts it back."""
        if not turns:
            yield talk.UNCHANGED
            return
        turn = max(turns)
        gone = [*turns[turn].understood.get("without", ())]
        back = event.keys[0] in gone
        without = [key for key in gone if key not in event.keys] if back else [*gone, *event.keys]
        yield from self._again(turns[turn].question, turn, messages, turns, chosen, request, without)

    def _again(
        self,
        question: str,
        turn: int,
        messages: list[Message],
        turns: Turns,
        chosen: Chosen,
        request: gr.Request,
        without: Any,
    ) -> Iterator[Shown]:
        before = talk.up_to(messages, turn)
        asked = Asked(question, before, turns, chosen, language_of(request), tuple(without))
        yield from talk.answered(asked, self.loader)

    def undo(self, messages: list[Message], turns: Turns, request: gr.Request) -> Shown:
        """The last question goes back into the box."""
        turn = talk.count(messages)
        before = talk.up_to(messages, turn)
        rest = {number: answer for number, answer in turns.items() if number < turn}
        return talk.shown(rest, before, language_of(request), talk.ready(value=talk.text_of(messages[len(before)])))

    def stop(self, messages: list[Message], turns: Turns, request: gr.Request) -> Shown:
        """What has been answered so far stays; a question without any answer goes back into the box."""
        if talk.count(messages) in turns:
            return talk.shown(turns, messages, language_of(request), talk.ready())
        return self.undo(messages, turns, request)
