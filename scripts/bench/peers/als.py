"""The workload als of `speed_once.ts` with implicit."""

import json

from shop import medians, read_matrix, stopwatch
from implicit.cpu.als import AlternatingLeastSquares

# A confidence of 2 gives observed pairs a weight of 1 more than the others.
matrix = read_matrix(2)
figures = []
for name, use_cg in (("als, exact", False), ("als, conjugate gradient", True)):
    model = AlternatingLeastSquares(
        factors=64, regularization=0.01, iterations=3, use_cg=use_cg, random_state=1
    )
    sweeps = []

    def note(*_):
        global elapsed
        sweeps.append(elapsed())
        elapsed = stopwatch()

    elapsed = stopwatch()
    model.fit(matrix, show_progress=False, callback=note)
    peer = f"implicit 0.7.3 ({'conjugate gradient' if use_cg else 'Cholesky'})"
    figures.append({"name": name, "peer": peer, "metrics": medians(sweeps[1:])})
print(json.dumps(figures))
