import { MS_PER_DAY as DAY } from "../../../src/base/time.ts";
import type { ExposureWithOutcomes } from "../../../src/experiments/exposures/exposure.ts";
import { userFigures } from "../../../src/experiments/report/user_figures.ts";
import { assertEquals } from "../../assert.ts";

const START = 100 * DAY;

/** A list of product 7, shown at a time, with these outcomes and prices. */
function list(at: number, ...outcomes: ["view" | "cart" | "purchase", number?][]) {
  return {
    exposure: {
      ...{ listId: `l${at}`, at, userId: "ann", model: "als", productIds: ["7"] },
      ...{ positions: [1], propensities: [1] },
    },
    outcomes: outcomes.map(([type, price]) => ({
      ...{ listId: `l${at}`, productId: "7", type, at: at + 1, position: 1, by: "window" as const },
      ...(price !== undefined && { price }),
    })),
  } satisfies ExposureWithOutcomes;
}

function bought(time: number, price?: number) {
  return { type: "purchase", time, ...(price !== undefined && { price }) };
}

Deno.test("lists are counted by the best that came of them", () => {
  const lists = [
    list(START),
    list(START + 1, ["view"], ["view"]),
    list(START + 2, ["view"], ["cart"], ["purchase", 4], ["purchase", 5]),
    list(START + 3, ["purchase"]),
  ];
  const { converted: _, revenue: __, convertedBefore: ___, revenueBefore: ____, ...figures } =
    userFigures(lists, []);
  assertEquals(figures, { lists: 4, clicked: 2, carted: 1, bought: 2, listRevenue: 9 });
});

Deno.test("all purchases count, from the first list to the experiment's end", () => {
  const events = [
    ...[bought(START - 1, 1), bought(START, 2), bought(START + 5, 4), bought(START + 6)],
    ...[bought(START + DAY, 8), { type: "view", time: START, price: 16 }],
  ];
  const figures = (until?: number) => {
    const { converted, revenue } = userFigures([list(START)], events, { until });
    return [converted, revenue];
  };
  assertEquals(figures(), [1, 14]);
  assertEquals(figures(START + DAY), [1, 6]);
  assertEquals(figures(START), [0, 0]);
});

Deno.test("what came in the 28 days before the first list says what the user is like", () => {
  const events = [28, 28.01, 1].map((days, i) => bought(START - days * DAY, 10 ** i));
  const { convertedBefore, revenueBefore } = userFigures([list(START)], events);
  assertEquals([convertedBefore, revenueBefore], [1, 101]);
  assertEquals(userFigures([list(START)], []).convertedBefore, 0);
});
