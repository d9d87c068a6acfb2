"""The time for a text grows with its length, not with the square of it."""

from __future__ import annotations

import random
import time

from pactwatch.findings import find
from pactwatch.language import read
from pactwatch.model import Document, stable_id

SENTENCES = (
    "The ministers of Ghana and Togo signed an accord in Accra on 3 June 2019.",
    "“We will pay $40 million for the training of police,” Minister Ama Boateng said.",
    "He denied that Ghana had paid for it.",
    "The accord covers fishing and ports.",
    "It was signed by the two ministers.",
    "It will send 30 boats worth $2.5 million to the coast guard of Togo.",
)


def seconds(sentences: int) -> float:
    """Processor time of all finders for one line of so many sentences."""
    order = random.Random(1)
    text = " ".join(order.choice(SENTENCES) for _ in range(sentences))
    reading = read(Document(id=stable_id("document", text), name="a.txt", text=text))
    started = time.process_time()
    find(reading)
    return time.process_time() - started


def test_a_line_eight_times_as_long_takes_about_eight_times_as_long() -> None:
    seconds(10)  # what is loaded once is loaded now
    short = min(seconds(150), seconds(150))
    assert seconds(1200) < 12 * short  # looking through all mentions each time: fifteen and more
