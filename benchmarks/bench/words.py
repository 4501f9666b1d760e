"""Documents like short pieces of documentation, the same on every machine for one seed."""

import random

TOPICS = """storage index query filter search vector session transport schema cursor collection version
    snapshot journal backup replica cluster shard cache limit quota token key scope audit metric trace
    health probe deploy rollback upgrade release branch merge review test fixture contract module package
    class method record field column table row page block buffer stream channel socket listener proxy
    gateway route header body payload codec parser lexer grammar compiler runtime thread lock queue worker
    scheduler timer deadline retry timeout circuit bulkhead pool connection driver adapter plugin""".split()
VERBS = """opens closes reads writes finds keeps drops moves merges splits waits retries refuses accepts
    returns sends receives counts measures checks repairs rebuilds replaces restores compares orders
    limits protects describes explains registers announces follows starts stops drains flushes""".split()
LINKS = """the a each every its another when before after while because unless until with without from
    into under over between and or but so then also only again never always often""".split()
TAGS = ["guide", "reference", "note", "decision", "incident", "howto", "release", "question"]


class Documents:
    """An endless supply: {title, text, year, tag, words}, text of 200 to 1,000 characters."""

    def __init__(self, seed=20251125):
        self.random = random.Random(seed)

    def content(self):
        pick = self.random.choice
        length = self.random.randint(200, 1000)
        sentences = []
        while sum(map(len, sentences)) + len(sentences) < length:
            words = [pick(LINKS), pick(TOPICS), pick(VERBS), pick(LINKS), pick(TOPICS), pick(TOPICS)]
            words += [pick(LINKS), pick(TOPICS)] * self.random.randint(0, 3)
            sentences.append(" ".join(words).capitalize() + ".")
        text = " ".join(sentences)[:length]
        return {
            "title": f"{pick(TOPICS)} {pick(VERBS)} {pick(TOPICS)}".capitalize(),
            "text": text,
            "year": self.random.randint(2000, 2025),
            "tag": pick(TAGS),
            "words": text.count(" ") + 1,
        }

    def question(self):
        """Three words of the vocabulary."""
        return " ".join([self.random.choice(TOPICS), self.random.choice(VERBS), self.random.choice(TOPICS)])

    def filter(self):
        return {"year": {"$gte": self.random.randint(2000, 2020)}, "tag": self.random.choice(TAGS)}
