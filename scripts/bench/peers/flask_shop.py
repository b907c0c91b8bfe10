"""Flask with a pickled model: user and item factors, top 10 by dot product.

`flask_shop.py ARTIFACTS MODEL USERS ITEMS` writes the pickle from an artifact's item factors and random user factors;
gunicorn serves `flask_shop:app` with the pickle in the environment variable MODEL.
"""

import glob
import os
import pickle
import sys

import numpy
from flask import Flask, jsonify

FACTORS = 64


def make(artifacts, path, users, items):
    (factors,) = glob.glob(f"{artifacts}/*/models.als.itemFactors.bin")
    (units,) = glob.glob(f"{artifacts}/*/models.als.itemFactorsUnits.bin")
    units = numpy.fromfile(units, dtype="<f4")
    random = numpy.random.default_rng(1)
    model = {
        "items": numpy.fromfile(factors, dtype="<i2").reshape(items, FACTORS) * units[:, None],
        "users": random.standard_normal((users, FACTORS), dtype=numpy.float32),
        "rows": {str(400_000_000 + 7 * user): user for user in range(users)},
        "ids": [str(5_000_000 + 3 * item) for item in range(items)],
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
    make(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
