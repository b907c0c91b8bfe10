"""NDCG of implicit on the questions of `ranking_peers.ts`, with options searched on its validation part."""

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

folder, k, items, seed = sys.argv[1], *map(int, sys.argv[2:])

# The first value of each option is where its search starts.
NEIGHBORS = {"K": [100, 20, 50, 200, 500]}
GRIDS = {
    "ALS": (
        AlternatingLeastSquares,
        {
            "alpha": [5, 1, 20, 40],
            "regularization": [1, 0.01, 5, 20],
            "factors": [64, 32, 128],
            "iterations": [15],
            "random_state": [seed],
        },
    ),
    "cosine": (CosineRecommender, NEIGHBORS),
    "TF-IDF": (TFIDFRecommender, NEIGHBORS),
    "BM25": (BM25Recommender, {**NEIGHBORS, "K1": [1.2, 100], "B": [0.2, 0.75]}),
}


def matrix(rows):
    """Ratings from the rows' parts "item:rating"."""
    pairs = [[part.split(":") for part in row.split()] for row in rows]
    of = np.repeat(np.arange(len(rows)), [len(row) for row in pairs])
    columns = np.array([int(item) for row in pairs for item, _ in row], dtype=int)
    ratings = np.array([float(rating) for row in pairs for _, rating in row], dtype=np.float32)
    return csr_matrix((ratings, (of, columns)), shape=(len(rows), items))


def read(part):
    """Users' ratings, the histories of the questions, and the items to find."""
    with open(f"{folder}/{part}_train.txt") as lines:
        train = matrix(lines.read().split("\n"))
    with open(f"{folder}/{part}_questions.txt") as lines:
        questions = [line.split("\t") for line in lines.read().split("\n")]
    relevant = [np.array([int(item) for item in line.split()]) for _, line in questions]
    return train, matrix([history for history, _ in questions]), relevant


def measure(model, histories, relevant, new):
    lists, _ = model.recommend(
        np.arange(len(relevant)),
        histories,
        N=k,
        filter_already_liked_items=new,
        recalculate_user=True,
    )
    discount = 1 / np.log2(np.arange(k) + 2)
    recall = ndcg = 0.0
    for ranked, truth in zip(lists, relevant):
        hits = np.isin(ranked, truth)
        recall += hits.sum() / len(truth)
        ndcg += (hits * discount[: len(hits)]).sum() / discount[: min(k, len(truth))].sum()
    return recall / len(relevant), ndcg / len(relevant)


def fit(create, options, train):
    model = create(**options)
    start = time.process_time()
    model.fit(train, show_progress=False)
    return model, time.process_time() - start


def search(create, grid, rate):
    """Coordinate ascent over the values of each option, twice."""
    known = {}

    def rated(options):
        key = json.dumps(options)
        if key not in known:
            known[key] = rate(options)
        return known[key]

    best = {name: values[0] for name, values in grid.items()}
    for _ in range(2):
        for name, values in grid.items():
            best = max(({**best, name: value} for value in values), key=rated)
    return best


new = json.load(open(f"{folder}/new.json"))
past, earlier, held = read("validation")
train, histories, relevant = read("test")
found = []
for name, (create, grid) in GRIDS.items():
    best = search(
        create, grid, lambda options: measure(fit(create, options, past)[0], earlier, held, new)[1]
    )
    model, seconds = fit(create, best, train)
    recall, ndcg = measure(model, histories, relevant, new)
    found.append(
        {"name": name, "recall": recall, "ndcg": ndcg, "cpuSeconds": seconds, "options": best}
    )
print(json.dumps(found))
