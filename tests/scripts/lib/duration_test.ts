import { InvalidArgumentError } from "commander";
import { duration } from "../../../scripts/lib/duration.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

Deno.test("a duration is a number and a unit", () => {
  const hour = 3_600_000;
  const read = ["90s", "30m", "6h", "1.5d"].map(duration);
  assertEquals(read, [90_000, hour / 2, 6 * hour, 36 * hour]);
});

Deno.test("what isn't a duration above 0 is refused", () => {
  for (const text of ["", "1", "d", "0d", "-1d", "1 d", "1w", "1e3s", "0.0001s"]) {
    assertThrows(() => duration(text), InvalidArgumentError, "a duration above 0");
  }
});
