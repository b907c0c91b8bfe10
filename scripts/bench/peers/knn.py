"""The workload knn of `speed_once.ts` with implicit."""

import json

from shop import read_matrix, stopwatch
from implicit.nearest_neighbours import CosineRecommender

matrix = read_matrix(1)
elapsed = stopwatch()
CosineRecommender(K=20).fit(matrix, show_progress=False)
print(json.dumps([
    {"name": "item_knn, cosine", "peer": "implicit 0.7.3", "metrics": elapsed()}
]))
