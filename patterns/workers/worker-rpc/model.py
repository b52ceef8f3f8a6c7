"""An object that lives in the worker: it learns which word follows which, and writes texts of its own."""

import asyncio
import random
from collections.abc import Iterator
from itertools import pairwise

from pyodide_app.bridge.rpc import RemoteFunction


class Model:
    """Knows the words that it has read, and what followed them."""

    def __init__(self) -> None:
        self._next: dict[str, list[str]] = {}
        self._made = 0
        self._thinking = 0

    def learn(self, text: str, progress: RemoteFunction | None = None) -> int:
        """Read a text, and return how many words it has."""
        sentences = [sentence.split() for sentence in text.split(".") if sentence.strip()]
        for number, sentence in enumerate(sentences, 1):
            for word, follower in pairwise([".", *sentence, "."]):
                self._next.setdefault(word.lower(), []).append(follower)
            if progress:
                progress.send(number, len(sentences))
        return len(text.split())

    def known(self) -> dict[str, int]:
        return {"words": len(self._next.keys() - {"."}), "pairs": sum(map(len, self._next.values()))}

    def after(self, word: str) -> list[str]:
        """What may follow a word."""
        if word.lower() not in self._next:
            raise LookupError(f"I have never read {word!r}")
        return self._next[word.lower()]

    def write(self, word: str, count: int) -> Iterator[str]:
        """A text that begins with a word, one word at a time."""
        self.after(word)
        for _ in range(count):
            self._made += 1
            yield word
            word = random.choice(self._next[word.lower()])

    def made(self) -> int:
        """How many words it has made up so far."""
        return self._made

    async def think(self) -> None:
        """Think without end."""
        self._thinking += 1
        try:
            await asyncio.sleep(3600)
        finally:
            self._thinking -= 1

    async def thinking(self) -> int:
        """How many times over it thinks right now; what was cancelled before has ended by then."""
        return self._thinking
