"""Numbers out of many measurements."""

from statistics import median


def percentile(values, share):
    """The nearest rank: a value that was measured."""
    ordered = sorted(values)
    rank = -(-len(ordered) * share // 100)
    return ordered[max(0, int(rank) - 1)]


def spread(values):
    return {"median": median(values), "min": min(values), "max": max(values), "runs": len(values)}
