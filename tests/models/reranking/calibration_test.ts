import {
  calibratedList,
  calibrationError,
  WORST_CALIBRATION,
} from "../../../src/models/reranking/calibration.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";

const { log } = Math;

// Items 0 to 3: categories 1, 2, 3 and an unknown one.
const categories = Uint32Array.of(1, 2, 3, 0);
const shares = new Map([[1, 0.75], [2, 0.25]]);

Deno.test("the error is the divergence of the list's shares from the user's, by hand", () => {
  const error = (...items: number[]) => calibrationError(shares, items, categories);
  assertAlmostEquals(error(0, 0, 0, 1)!, 0, 1e-12);
  // q̃₁ = .99·1 + .01·.75, q̃₂ = .01·.25
  assertAlmostEquals(error(0)!, .75 * log(.75 / .9975) + .25 * log(.25 / .0025), 1e-12);
  // Halves: q̃₁ = .495 + .0075, q̃₂ = .495 + .0025
  assertAlmostEquals(error(0, 1)!, .75 * log(.75 / .5025) + .25 * log(.25 / .4975), 1e-12);
  // A category that the user doesn't have takes its place: q̃₁ = .5025, q̃₂ = .0025
  assertAlmostEquals(error(0, 2)!, .75 * log(.75 / .5025) + .25 * log(100), 1e-12);
});

Deno.test("items of unknown category don't count; nothing in common is the worst error", () => {
  const error = (...items: number[]) => calibrationError(shares, items, categories);
  assertEquals(error(0, 3, 3), error(0));
  assertAlmostEquals(error(2)!, log(100), 1e-12);
  assertAlmostEquals(error(3)!, WORST_CALIBRATION, 1e-12);
});

Deno.test("without shares or items there is no error to measure", () => {
  assertEquals(calibrationError(new Map(), [0], categories), undefined);
  assertEquals(calibrationError(shares, [], categories), undefined);
});

Deno.test("the error with one more item is that of the list after it is added", () => {
  const list = calibratedList(shares, categories);
  for (const item of [2, 0, 3, 1, 0, 0, 2, 3, 1]) {
    const foreseen = [0, 1, 2, 3].map((other) => list.errorWith(other));
    list.add(item);
    assertAlmostEquals(list.error(), foreseen[item], 1e-12);
  }
});
