"""The road from raw events to lists over HTTP as it is usually written in Python.

`month.py EVENTS MODELS` cleans with pandas, splits by time, fits implicit's and scikit-surprise's models to the past
of two windows, measures their lists with RecTools, fits the best to all events and answers with Flask. The windows,
the users and the tasks are those of `deno task start`: lists of new products, and of all products measured by those
that users come back to and by all. Of a large shop's users each draws a sample of its own; lists that a user can't be
measured on are left out by both. The vectors of `als` and `svd` are as long as those of `deno task start`.
"""

import logging
import math
import os

# As implicit recommends: its own threads and OpenBLAS's would compete.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import sys

import numpy as np
import pandas as pd
import scipy.sparse
from flask import Flask, jsonify
from implicit.als import AlternatingLeastSquares
from implicit.nearest_neighbours import BM25Recommender, CosineRecommender
from rectools import Columns
from rectools.metrics import MAP, NDCG, Precision, Recall, calc_metrics
from surprise import SVD, Dataset, Reader

RATINGS = {"view": 1, "cart": 2, "purchase": 4}
K = 10
# Users scored at once: a matrix of all users and products doesn't fit into memory.
BATCH = 1000
# Users whose lists are measured in each window, at random if there are more.
MEASURED = 10_000
# With at least this many products, `deno task start` fits `als` with 128 factors, otherwise with 64.
LARGE_CATALOGUE = 10_000
METRICS = {"ndcg": NDCG(K), "recall": Recall(K), "precision": Precision(K), "map": MAP(K)}


def clean(path):
    events = pd.read_csv(path).drop_duplicates()
    events["event_time"] = pd.to_datetime(events["event_time"].str.slice(0, 19), format="%Y-%m-%d %H:%M:%S")
    events = events.dropna(subset=["event_time", "product_id", "user_id"])
    events = events[events["price"] >= 0].sort_values("event_time", kind="stable", ignore_index=True)
    steps = events[events["event_type"].isin(["cart", "remove_from_cart"])]
    pair = steps.groupby(["user_session", "product_id"], sort=False).ngroup()
    opens = steps["event_type"].eq("cart")
    total = opens.map({True: 1, False: -1}).groupby(pair).cumsum()
    depth = total - total.groupby(pair).cummin().clip(upper=0)
    followed = pair.groupby([pair, depth.where(opens, depth + 1)], sort=False).shift(-1).notna()
    events = events.drop(index=steps.index[opens & followed])
    events["rating"] = events["event_type"].map(RATINGS).astype("float32")
    return events.dropna(subset=["rating"])


def split(events):
    """Two windows at the end, each with a fifth of the events."""
    times = events["event_time"].to_numpy()
    fifth = math.ceil(len(times) / 5)
    test = times[-fifth]
    before = times[times < test]
    validation = before[-fifth]
    past = events["event_time"] < validation
    window = (events["event_time"] >= validation) & (events["event_time"] < test)
    last = events["event_time"] >= test
    return {"validation": (events[past], events[window]), "test": (events[past | window], events[last])}


def matrix_of(events, shape):
    pairs = events.groupby(["user", "item"])["rating"].max()
    rows, columns = (pairs.index.get_level_values(name) for name in ("user", "item"))
    return scipy.sparse.csr_matrix((pairs.to_numpy(), (rows, columns)), shape=shape)


class SurpriseSvd:
    """The classic rating predictor; ranks by predicted rating."""

    def fit(self, matrix, **_):
        pairs = matrix.tocoo()
        frame = pd.DataFrame({"user": pairs.row, "item": pairs.col, "rating": pairs.data})
        data = Dataset.load_from_df(frame, Reader(rating_scale=(1, 4)))
        self.train = data.build_full_trainset()
        self.model = SVD(random_state=1).fit(self.train)
        self.items = np.array([self.train.to_raw_iid(i) for i in self.train.all_items()])

    def recommend(self, users, seen, N, filter_already_liked_items):
        lists = [
            self.recommend_some(users[at : at + BATCH], seen[at : at + BATCH], N, filter_already_liked_items)
            for at in range(0, len(users), BATCH)
        ]
        return tuple(np.concatenate(part) for part in zip(*lists))

    def recommend_some(self, users, seen, N, filter_already_liked_items):
        inner = [self.train.to_inner_uid(user) for user in users]
        scores = self.model.pu[inner] @ self.model.qi.T + self.model.bi
        full = np.full((len(users), seen.shape[1]), -np.inf)
        full[:, self.items] = scores
        if filter_already_liked_items:
            full[seen.nonzero()] = -np.inf
        best = np.argpartition(-full, N, axis=1)[:, :N]
        order = np.argsort(-np.take_along_axis(full, best, axis=1), axis=1)
        best = np.take_along_axis(best, order, axis=1)
        return best, np.take_along_axis(full, best, axis=1)


MODELS = {
    "als": lambda: AlternatingLeastSquares(factors=128 if len(item_ids) >= LARGE_CATALOGUE else 64, random_state=1),
    "bm25": lambda: BM25Recommender(K=100),
    "cosine": lambda: CosineRecommender(K=100),
    "svd": SurpriseSvd,
}


def lists_of(model, users, matrix, only_new=True):
    """The best products of each user, best first."""
    items, scores = model.recommend(users, matrix[users], N=K, filter_already_liked_items=only_new)
    reco = pd.DataFrame({
        Columns.User: np.repeat(users, K),
        Columns.Item: items.ravel(),
        Columns.Score: scores.ravel(),
        Columns.Rank: np.tile(np.arange(1, K + 1), len(users)),
    })
    return reco[reco[Columns.Item] >= 0]


events = clean(sys.argv[1])
events["user"], user_ids = pd.factorize(events["user_id"])
events["item"], item_ids = pd.factorize(events["product_id"])
shape = (len(user_ids), len(item_ids))
figures = {}
for window, (past, future) in split(events).items():
    matrix = matrix_of(past, shape)
    known = matrix_of(future, shape).multiply(matrix != 0)
    truth = future[["user", "item"]].drop_duplicates()
    returning = truth["user"].isin(past["user"].unique())
    repeats = np.asarray(known[truth["user"], truth["item"]]).ravel() > 0
    sampled = truth["user"][returning].unique()
    if len(sampled) > MEASURED:
        sampled = np.random.default_rng(1).choice(sampled, MEASURED, replace=False)
    truth = truth.assign(repeated=repeats)[truth["user"].isin(sampled)]
    truth = truth.rename(columns={"user": Columns.User, "item": Columns.Item})
    tasks = {"new": truth[~truth["repeated"]], "repeats": truth[truth["repeated"]], "all": truth}
    for name in sys.argv[2].split(","):
        model = MODELS[name]()
        model.fit(matrix, show_progress=False)
        new = lists_of(model, tasks["new"][Columns.User].unique(), matrix)
        everything = lists_of(model, truth[Columns.User].unique(), matrix, only_new=False)
        for task, expected in tasks.items():
            users = expected[Columns.User].unique()
            lists = new if task == "new" else everything[everything[Columns.User].isin(users)]
            found = calc_metrics(METRICS, lists, interactions=expected)
            figures.setdefault(f"{window} {task}", {})[name] = {"users": len(users), **found}
best = max(figures["validation new"], key=lambda name: figures["validation new"][name]["ndcg"])
matrix = matrix_of(events, shape)
model = MODELS[best]()
model.fit(matrix, show_progress=False)
rows = {str(id): row for row, id in enumerate(user_ids)}
app = Flask(__name__)
logging.getLogger("werkzeug").setLevel(logging.INFO)


@app.get("/recommend/<user_id>")
def recommend(user_id):
    reco = lists_of(model, np.array([rows[user_id]]), matrix)
    best_items = zip(reco[Columns.Item], reco[Columns.Score])
    items = [{"productId": str(item_ids[item]), "score": float(score)} for item, score in best_items]
    return jsonify(userId=user_id, model=best, items=items)


@app.get("/figures")
def all_figures():
    return jsonify(figures)


app.run(host="127.0.0.1", port=0)
