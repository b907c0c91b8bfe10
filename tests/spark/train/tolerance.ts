/** Compares what a cluster sums up with what is summed up in memory, in another order. */
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";
import { type Csr, rowOf } from "../../../src/linalg/sparse/csr.ts";

/** The largest relative difference of two sums of the same numbers in 32 bits. */
const TOLERANCE = 2e-6;

/** Checks that numbers differ by rounding only. */
export function assertSameScores(actual: Float32Array, expected: Float32Array): void {
  assertEquals(actual.length, expected.length);
  for (let i = 0; i < actual.length; i++) {
    assertAlmostEquals(actual[i], expected[i], TOLERANCE * Math.abs(expected[i]));
  }
}

/**
 * Checks that two matrices have the same entries but for rounding. Where entries tie with the
 * smallest one kept of a row, they may be different ones of the same value.
 */
export function assertSameMatrix(actual: Csr, expected: Csr): void {
  assertEquals([actual.rows, actual.columns], [expected.rows, expected.columns]);
  assert(expected.indices.length > expected.rows, "there must be something to compare");
  for (let row = 0; row < actual.rows; row++) {
    const [ours, theirs] = [rowOf(expected, row), rowOf(actual, row)];
    assertSameScores(theirs.values.toSorted(), ours.values.toSorted());
    const least = Math.min(...ours.values) * (1 + TOLERANCE);
    const entries = new Map(Array.from(theirs.indices, (column, i) => [column, theirs.values[i]]));
    ours.indices.forEach((column, i) => {
      const value = ours.values[i];
      if (value <= least) return;
      assertAlmostEquals(entries.get(column) ?? NaN, value, TOLERANCE * value);
    });
  }
}
