import { ratingErrors } from "../../src/evaluation/rating_errors.ts";
import { assertEquals, assertThrows } from "../assert.ts";

Deno.test("RMSE weighs large errors more than MAE does", () => {
  // Errors 3 and −1: √((9 + 1)/2) and (3 + 1)/2.
  assertEquals(ratingErrors([4, 1], [1, 2]), { rmse: Math.sqrt(5), mae: 2 });
  assertThrows(() => ratingErrors([], []), RangeError, "got 0 and 0");
  assertThrows(() => ratingErrors([1], [1, 2]), RangeError, "got 1 and 2");
});
