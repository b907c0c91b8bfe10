"""The workload svd of `speed_once.ts` with scikit-surprise."""

import json
import sys

from surprise import SVD, Dataset, Reader, accuracy
from surprise.model_selection import PredefinedKFold

from shop import medians, stopwatch

reader = Reader(line_format="user item rating timestamp", sep="\t")
files = [tuple(f"{sys.argv[1]}/u{n}.{part}" for part in ("base", "test")) for n in range(1, 6)]
measured = []
for train, test in PredefinedKFold().split(Dataset.load_from_folds(files, reader=reader)):
    elapsed = stopwatch()
    model = SVD(random_state=1).fit(train)
    took = elapsed()
    measured.append({**took, "rmse": accuracy.rmse(model.test(test), verbose=False)})
rmse = sum(one["rmse"] for one in measured) / len(measured)
metrics = {**medians(measured), "rmse": rmse}
print(json.dumps([{"name": "svd", "peer": "scikit-surprise 1.1.4", "metrics": metrics}]))
