"""Shared by the peers: the synthetic shop's matrix, and timing."""

import os

# As implicit recommends: its own threads and OpenBLAS's would compete.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import statistics
import sys
import time

import numpy as np
import scipy.sparse


def read_matrix(value):
    indptr, indices = (
        np.fromfile(f"{sys.argv[1]}/{name}.bin", dtype=np.uint32).astype(np.int32)
        for name in ("indptr", "indices")
    )
    values = np.full(len(indices), value, dtype=np.float32)
    shape = (len(indptr) - 1, int(sys.argv[2]))
    return scipy.sparse.csr_matrix((values, indices, indptr), shape=shape)


def stopwatch():
    start, cpu = time.perf_counter(), time.process_time()
    return lambda: {
        "seconds": time.perf_counter() - start,
        "cpu_seconds": time.process_time() - cpu,
    }


def medians(measured):
    return {name: statistics.median(one[name] for one in measured) for name in measured[0]}
