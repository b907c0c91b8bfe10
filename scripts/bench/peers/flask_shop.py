"""Flask with a pickled model: user and item factors, top 10 by dot product.

`flask_shop.py VERSION IDS MODEL` writes the pickle from the item factors of an artifact's `svd`, random user factors
and the ids of users and products in a JSON file; gunicorn serves `flask_shop:app` with the pickle in the environment
variable MODEL.
"""

import json
import os
import pickle
import sys

import numpy
from flask import Flask, jsonify


def make(version, ids, path):
    with open(ids) as file:
        ids = json.load(file)
    users, products = ids["users"], ids["products"]
    units = numpy.fromfile(f"{version}/models.svd.itemFactorsUnits.bin", dtype="<f4")
    codes = numpy.fromfile(f"{version}/models.svd.itemFactors.bin", dtype="<i2")
    items = codes.reshape(len(products), -1) * units[:, None]
    random = numpy.random.default_rng(1)
    model = {
        "items": items,
        "users": random.standard_normal((len(users), items.shape[1]), dtype=numpy.float32),
        "rows": {user: row for row, user in enumerate(users)},
        "ids": products,
    }
    with open(path, "wb") as file:
        pickle.dump(model, file)


app = Flask(__name__)
if "MODEL" in os.environ:
    with open(os.environ["MODEL"], "rb") as file:
        model = pickle.load(file)


@app.get("/recommend/<user_id>")
def recommend(user_id):
    scores = model["items"] @ model["users"][model["rows"][user_id]]
    best = numpy.argpartition(-scores, 10)[:10]
    best = best[numpy.argsort(-scores[best])]
    items = [{"productId": model["ids"][i], "score": float(scores[i])} for i in best]
    return jsonify(userId=user_id, items=items)


if __name__ == "__main__":
    make(*sys.argv[1:])
