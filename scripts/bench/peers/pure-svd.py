"""The workload pure-svd of `speed_once.ts` with SciPy."""

import json

from shop import read_matrix, stopwatch
from scipy.sparse.linalg import svds

matrix = read_matrix(1)
elapsed = stopwatch()
_, values, _ = svds(matrix, k=64, return_singular_vectors="vh")
metrics = {**elapsed(), "energy": float((values**2).sum() / matrix.nnz)}
print(json.dumps([{"name": "pure_svd, rank 64", "peer": "scipy 1.17.1 svds", "metrics": metrics}]))
