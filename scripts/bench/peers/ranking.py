"""Recall and NDCG of implicit on the files of `ranking.ts`, for options searched on a part held out."""

import itertools
import json
import os
import sys
import time

# implicit has threads of its own, which those of BLAS only hinder.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
from implicit.cpu.als import AlternatingLeastSquares
from implicit.nearest_neighbours import BM25Recommender, CosineRecommender, TFIDFRecommender
from scipy.sparse import csr_matrix

folder, k, share, seed = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])

NEIGHBORS = {"K": [20, 100, 500]}
GRIDS = {
    "als": (
        AlternatingLeastSquares,
        {
            "factors": [32, 64, 128],
            "alpha": [1, 5, 20],
            "regularization": [0.01, 1, 5],
            "iterations": [15],
            "random_state": [seed],
        },
    ),
    "cosine": (CosineRecommender, NEIGHBORS),
    "tfidf": (TFIDFRecommender, NEIGHBORS),
    "bm25": (BM25Recommender, {**NEIGHBORS, "K1": [1.2, 100], "B": [0.2, 0.75]}),
}


def read(name):
    with open(f"{folder}/{name}") as lines:
        rows = [[int(number) for number in line.split()] for line in lines if line.strip()]
    return {user: items for user, *items in rows}


train, test = read("train.txt"), read("test.txt")
users = 1 + max(*train, *test)
items = 1 + max(item for part in (train, test) for row in part.values() for item in row)


def matrix(rows):
    of = np.repeat(list(rows), [len(row) for row in rows.values()])
    columns = np.concatenate([np.array(row, dtype=int) for row in rows.values()])
    ones = np.ones(len(columns), dtype=np.float32)
    return csr_matrix((ones, (of, columns)), shape=(users, items))


def hold_out(rows):
    """A random share of each user's items, at least one of two or more."""
    random = np.random.default_rng(seed)
    kept, held = {}, {}
    for user, row in rows.items():
        order = random.permutation(row)
        count = 0 if len(row) < 2 else max(1, round(share * len(row)))
        held[user], kept[user] = order[:count], order[count:]
    return kept, held


def measure(model, history, truth, most=None):
    asked = np.array([user for user, row in truth.items() if len(row) > 0])
    if most and len(asked) > most:
        asked = np.random.default_rng(seed).choice(asked, most, replace=False)
    lists, _ = model.recommend(asked, history[asked], N=k, filter_already_liked_items=True)
    discount = 1 / np.log2(np.arange(k) + 2)
    recall = ndcg = 0.0
    for user, ranked in zip(asked, lists):
        hits = np.isin(ranked, truth[user])
        recall += hits.sum() / len(truth[user])
        ndcg += (hits * discount[: len(hits)]).sum() / discount[: min(k, len(truth[user]))].sum()
    return recall / len(asked), ndcg / len(asked)


def fit(create, options, history):
    model = create(**options)
    start = time.perf_counter()
    model.fit(history, show_progress=False)
    return model, time.perf_counter() - start


kept, held = hold_out(train)
past, everything = matrix(kept), matrix(train)
found = []
for name, (create, grid) in GRIDS.items():
    trials = [dict(zip(grid, values)) for values in itertools.product(*grid.values())]
    figures = [measure(fit(create, options, past)[0], past, held, 3000)[1] for options in trials]
    best = trials[int(np.argmax(figures))]
    model, seconds = fit(create, best, everything)
    recall, ndcg = measure(model, everything, test)
    found.append(
        {"name": name, "recall": recall, "ndcg": ndcg, "seconds": seconds, "options": best}
    )
print(json.dumps(found))
