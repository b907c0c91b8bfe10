"""The workload rank of `speed_once.ts` with implicit."""

import json

import numpy as np

from shop import medians, read_matrix, stopwatch
from implicit.cpu.als import AlternatingLeastSquares

BATCHED, SINGLE = 20000, 500

matrix = read_matrix(2)
model = AlternatingLeastSquares(factors=64, regularization=0.01, iterations=3, random_state=1)
model.fit(matrix, show_progress=False)
model.recommend(0, matrix[0], N=10)
users = np.arange(min(BATCHED, matrix.shape[0]))
elapsed = stopwatch()
model.recommend(users, matrix[: len(users)], N=10)
batched = elapsed()
single = []
for user in range(min(SINGLE, matrix.shape[0])):
    own = matrix[user]
    elapsed = stopwatch()
    model.recommend(user, own, N=10)
    single.append(elapsed())
peer = "implicit 0.7.3"
print(json.dumps([
    {"name": f"{BATCHED} lists", "peer": peer, "metrics": batched},
    {"name": "one list", "peer": peer, "metrics": medians(single)},
]))
