import { InputError } from "../../../src/base/input_error.ts";
import { planSimulation } from "../../../src/simulate/parameters/options.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

Deno.test("a simulation without options is 300,000 events in October 2019, seed 1", () => {
  assertEquals(planSimulation(), {
    events: 300_000,
    days: 31,
    startTime: Date.UTC(2019, 9, 1) / 1000,
    seed: 1,
    launches: 0.08,
  });
});

for (
  const [options, message] of [
    [{ events: 0 }, "events must be a whole number from 1 to 1000000000, got 0"],
    [{ events: 1.5 }, "events must be a whole number from 1 to 1000000000, got 1.5"],
    [{ events: 2e9 }, "events must be a whole number from 1 to 1000000000, got 2000000000"],
    [{ days: 0 }, "days must be a whole number from 1"],
    [{ days: NaN }, "got NaN"],
    [{ seed: 0.5 }, "seed must be a whole number"],
    [{ launches: 0.5 }, "launches must be a share from 0 to 0.4, got 0.5"],
    [{ launches: NaN }, "got NaN"],
    [{ start: "yesterday" }, 'written YYYY-MM-DD, got "yesterday"'],
    [{ start: "2019-02-30" }, 'written YYYY-MM-DD, got "2019-02-30"'],
    [{ start: "1969-12-31" }, "a day from 1970 on"],
    [{ start: "2105-12-31", days: 60 }, "must end before 2106"],
  ] as const
) {
  Deno.test(`a simulation rejects ${JSON.stringify(options)}`, () => {
    assertThrows(() => planSimulation(options), InputError, message);
  });
}
