import { SECONDS_PER_HOUR } from "../../../src/base/time.ts";
import { createRandom } from "../../../src/linalg/random.ts";
import { isConvenient, planHours } from "../../../src/simulate/visits/calendar.ts";
import { planSimulation } from "../../../src/simulate/parameters/options.ts";
import { REAL_FIGURES } from "../../../src/simulate/parameters/real_figures.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";

// 30 September 2019 was a Monday.
const week = planHours(planSimulation({ events: 7000, start: "2019-09-30", days: 7 }));

/** The rows of each hour if every hour gets what was planned. */
function play(plan: (hour: number, rowsBefore: number) => number, hours: number): number[] {
  const rows: number[] = [];
  for (let hour = 0, before = 0; hour < hours; before += rows[hour++]) {
    rows.push(plan(hour, before));
  }
  return rows;
}

Deno.test("a week's hours get the real shares of hours and weekdays", () => {
  const rows = play(week, 7 * 24);
  const total = rows.reduce((sum, count) => sum + count, 0);
  const monday = rows.slice(0, 24).reduce((sum, count) => sum + count, 0);
  assertAlmostEquals(total, 7000, 1e-6);
  assertAlmostEquals(monday / total, 0.1461, 2e-4);
  assertAlmostEquals(rows[19] / rows[1], 0.0664 / 0.0080, 1e-6);
  assertAlmostEquals(rows[3 * 24 + 12] / rows[5 * 24 + 12], 0.1505 / 0.1302, 1e-6);
});

Deno.test("missing rows are compensated over a day, in the last hour entirely", () => {
  const evening = 24 + 19;
  // The hour from 19 to 20 has 6.64% of a day, and so of what the day has to compensate.
  assertAlmostEquals(week(evening, 1400) - week(evening, 1500), 100 * 0.0664, 0.2);
  assertAlmostEquals(week(7 * 24 - 1, 6900), 100, 1e-9);
});

Deno.test("the busiest hour is always convenient, the quietest one time in eight", () => {
  const random = createRandom(5);
  const accepted = (hour: number) => {
    let count = 0;
    for (let i = 0; i < 10_000; i++) {
      if (isConvenient(hour * SECONDS_PER_HOUR + 59, random)) count++;
    }
    return count / 10_000;
  };
  assertEquals(accepted(19), 1);
  assertAlmostEquals(accepted(1), REAL_FIGURES.hours[1] / REAL_FIGURES.hours[19], 0.01);
  assertAlmostEquals(accepted(24 + 1), accepted(1), 0.02);
});
