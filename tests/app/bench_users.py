"""Many users at once, by hand: `python tests/app/bench_users.py --users 64 --minutes 10`.

Starts the chat on the chapter, lets each user ask the questions of tune.jsonl one after the other, with a pause of up
to twice `--pause` seconds between, and prints a line of JSON for every minute and one for the whole: answers, errors by
kind, the median, 95th percentile and longest of the seconds from question to answer, and the server's memory in MB.
"""

import argparse
import asyncio
import itertools
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
USER = "X-Forwarded-User"
PATIENCE = 120
"""Seconds after which a question counts as an error."""


class Crowd:
    """All users of one run and what became of their questions."""

    def __init__(self, url: str, pause: float) -> None:
        self.url, self.pause = url, pause
        self.seconds: list[float] = []
        self.errors: Counter[str] = Counter()
        gold = (ROOT / "eval/gold/tune.jsonl").read_text("utf-8").splitlines()
        self.questions = [json.loads(line)["question"] for line in gold]

    async def user(self, number: int, end: float) -> None:
        """Asks until the time is up, but once in any case."""
        dice, who = random.Random(number), {USER: f"user{number}"}
        # No certificates: nobody needs them here, and to load them 64 times takes a slow machine half a minute.
        async with httpx.AsyncClient(base_url=self.url, headers=who, timeout=PATIENCE, verify=False) as client:
            await asyncio.sleep(dice.uniform(0, 2 * self.pause))
            for asked in itertools.count():
                if asked and time.monotonic() > end:
                    return
                begun = time.monotonic()
                try:
                    await ask(client, dice.choice(self.questions))
                    self.seconds.append(time.monotonic() - begun)
                except (httpx.HTTPError, ValueError) as error:
                    self.errors[f"{type(error).__name__} {str(error)[:80]}"] += 1
                await asyncio.sleep(dice.uniform(0, 2 * self.pause))


async def ask(client: httpx.AsyncClient, question: str) -> None:
    """Until the answer is whole. Raises HTTPError, and ValueError for what is no answer."""
    sent = await client.post("/gradio_api/call/chat", json={"data": [question, []]})
    sent.raise_for_status()
    event = ""
    async with client.stream("GET", f"/gradio_api/call/chat/{sent.json()['event_id']}") as reply:
        async for line in reply.aiter_lines():
            name, _, value = line.partition(": ")
            if name == "event":
                event = value
            elif name == "data" and event == "complete":
                if json.loads(value)[0]["answer"]:
                    return
            elif name == "data" and event == "error":
                raise ValueError(f"error event {value}")
    raise ValueError("the stream ended without an answer")


def answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=60).status_code == 200
    except httpx.HTTPError:
        return False


def memory(process: int) -> int:
    """A process' resident megabytes, which Linux tells in /proc."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) // 1024


def report(crowd: Crowd, since: int, process: int) -> str:
    seconds = sorted(crowd.seconds[since:])
    middle, high = (statistics.median(seconds), seconds[int(len(seconds) * 0.95)]) if seconds else (0.0, 0.0)
    facts = {"answers": len(seconds), "errors": dict(crowd.errors), "median": round(middle, 2), "p95": round(high, 2)}
    return json.dumps(facts | {"longest": round(max(seconds, default=0), 2), "memory_mb": memory(process)})


async def run(crowd: Crowd, users: int, minutes: float, process: int) -> None:
    end = time.monotonic() + minutes * 60
    asking = asyncio.gather(*(crowd.user(number, end) for number in range(users)))
    while time.monotonic() < end:
        since = len(crowd.seconds)
        await asyncio.sleep(min(60, max(0.1, end - time.monotonic())))
        print(report(crowd, since, process), flush=True)
    await asking
    print(report(crowd, 0, process))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=64)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--pause", type=float, default=5, help="mean seconds between an answer and the next question")
    parser.add_argument("--port", type=int, default=17860)
    parser.add_argument("--index", help="an index folder that is made already; default: a new one")
    given = parser.parse_args()
    url = f"http://127.0.0.1:{given.port}"
    with tempfile.TemporaryDirectory() as folder:
        flags = ["--port", str(given.port), "--index", given.index or f"{folder}/index", "--auth-header", USER]
        server = subprocess.Popen([sys.executable, "app.py", *flags], cwd=ROOT)
        try:
            while not answers(f"{url}/healthz"):
                time.sleep(1)
            asyncio.run(run(Crowd(url, given.pause), given.users, given.minutes, server.pid))
        finally:
            server.terminate()
            print(json.dumps({"exit": server.wait(600)}))


if __name__ == "__main__":
    main()
