import { InputError } from "../../src/base/input_error.ts";
import { sequenceWidth } from "../../src/experiments/confidence_sequence.ts";
import { assert, assertThrows } from "../assert.ts";

Deno.test("no other choice is narrower where it was asked to be narrowest", () => {
  const widthAt = (units: number, narrowestAt: number) =>
    sequenceWidth(units, { alpha: 0.05, narrowestAt });
  for (const narrowestAt of [100, 10_000, 1e6]) {
    const best = widthAt(narrowestAt, narrowestAt);
    for (const other of [narrowestAt / 10, narrowestAt / 2, 2 * narrowestAt, 10 * narrowestAt]) {
      // Another choice isn't better at this place.
      assert(widthAt(narrowestAt, other) > best - 1e-3, `${narrowestAt}, ${other}`);
    }
  }
});

Deno.test("it is wider than an interval for one look, and wider if less may be missed", () => {
  const widths = [0.2, 0.05, 0.01].map((alpha) =>
    sequenceWidth(1000, { alpha, narrowestAt: 1000 })
  );
  assert(widths[0] > 1.28 && widths[1] > 1.96 && widths[2] > 2.58, widths.join());
  assert(widths[0] < widths[1] && widths[1] < widths[2], widths.join());
});

Deno.test("numbers out of their range are refused by name", () => {
  const width = (units: number, alpha: number, narrowestAt: number) => () =>
    sequenceWidth(units, { alpha, narrowestAt });
  assertThrows(width(10, 0, 10), InputError, "alpha must be between 0 and 1, got 0");
  assertThrows(width(10, NaN, 10), InputError, "alpha");
  assertThrows(width(0, 0.05, 10), InputError, "units must be at least 1, got 0");
  assertThrows(width(10, 0.05, 0.5), InputError, "narrowestAt must be at least 1, got 0.5");
});
