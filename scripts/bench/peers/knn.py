"""Finds neighbors in the made-up shop with implicit: the same work as knn in `speed_once.ts`."""

import json

from shop import read_matrix, stopwatch
from implicit.nearest_neighbours import CosineRecommender

matrix = read_matrix(1)
elapsed = stopwatch()
CosineRecommender(K=20).fit(matrix, show_progress=False)
print(json.dumps([
    {"name": "item_knn, cosine", "peer": "implicit 0.7.3", "metrics": elapsed()}
]))
