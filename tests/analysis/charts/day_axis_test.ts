import { dayAxis } from "../../../src/analysis/charts/day_axis.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("longer spans have ticks at fewer days", () => {
  const tickCount = (to: string) => dayAxis(["2019-10-01", to]).axis.tickCount;
  assertEquals(tickCount("2019-10-03"), { interval: "day", step: 1 });
  assertEquals(tickCount("2019-10-31"), { interval: "day", step: 4 });
  assertEquals(tickCount("2019-12-31"), { interval: "week", step: 2 });
  assertEquals(tickCount("2020-02-29"), { interval: "month", step: 1 });
});
