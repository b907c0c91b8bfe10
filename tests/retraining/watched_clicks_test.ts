import type { RatioSums } from "../../src/experiments/estimates.ts";
import { createRandom, type Random } from "../../src/linalg/random.ts";
import { addPeriod, judgeClicks, NO_CLICKS } from "../../src/retraining/watched_clicks.ts";
import { assert, assertEquals } from "../assert.ts";

const OWN = "20191202T000000Z-0123456789ab";
const OTHER = "20191201T000000Z-0123456789ab";

Deno.test("a period is what services counted between two looks", () => {
  const looks = [
    {
      before: { version: OWN, lists: 10, clicks: 1 },
      now: { version: OWN, lists: 30, clicks: 4 },
    },
    // Restarted: its counters began at 0.
    { before: { version: OWN, lists: 50, clicks: 9 }, now: { version: OWN, lists: 5, clicks: 1 } },
    // Served another version at first.
    {
      before: { version: OTHER, lists: 1, clicks: 0 },
      now: { version: OWN, lists: 100, clicks: 50 },
    },
  ];
  assertEquals(addPeriod(NO_CLICKS, OWN, looks), {
    units: 1,
    numerators: 4,
    numeratorSquares: 16,
    denominators: 25,
    denominatorSquares: 625,
    products: 100,
  });
  assertEquals(addPeriod(NO_CLICKS, OWN, looks.slice(2)), NO_CLICKS);
});

Deno.test("without enough periods of both versions nothing is worse", () => {
  const periods = (units: number, clicks: number): RatioSums => ({
    units,
    numerators: units * clicks,
    numeratorSquares: units * clicks ** 2,
    denominators: 100 * units,
    denominatorSquares: units * 100 ** 2,
    products: units * clicks * 100,
  });
  const options = { periods: 40, tolerance: 0 };
  assertEquals(judgeClicks(NO_CLICKS, periods(40, 1), options), { isWorse: false });
  assertEquals(judgeClicks(periods(40, 10), periods(19, 1), options).isWorse, false);
  assertEquals(judgeClicks(periods(40, 10), periods(20, 1), options).isWorse, true);
  assertEquals(judgeClicks(periods(40, 10), periods(20, 9), options).isWorse, true);
  assertEquals(
    judgeClicks(periods(40, 10), periods(20, 9), { ...options, tolerance: .2 }).isWorse,
    false,
  );
});

/** Watches as many periods as the version before had; some have twice as many clicks as others. */
function isEverWorse(random: Random, { clickThrough }: { clickThrough: number }): boolean {
  const period = (sums: RatioSums, rate: number) => {
    const lists = 20 + random.integer(60);
    const mood = rate * (0.67 + 0.66 * random.next());
    let clicks = 0;
    for (let i = 0; i < lists; i++) if (random.next() < mood) clicks++;
    const start = { version: OWN, lists: 0, clicks: 0 };
    return addPeriod(sums, OWN, [{ before: start, now: { version: OWN, lists, clicks } }]);
  };
  const periods = 200;
  let before = NO_CLICKS, own = NO_CLICKS;
  for (let i = 0; i < periods; i++) before = period(before, 0.1);
  for (let i = 0; i < periods; i++) {
    own = period(own, clickThrough);
    if (judgeClicks(before, own, { periods, tolerance: 0 }).isWorse) return true;
  }
  return false;
}

Deno.test("of 300 equally good versions at most 5% are ever rolled back, of bad ones most", () => {
  const random = createRandom(1);
  const share = (clickThrough: number, runs: number) => {
    let worse = 0;
    for (let run = 0; run < runs; run++) if (isEverWorse(random, { clickThrough })) worse++;
    return worse / runs;
  };
  const falseAlarms = share(0.1, 300);
  assert(falseAlarms <= 0.05, `${falseAlarms} of equally good versions`);
  const found = share(0.08, 50);
  assert(found >= 0.9, `${found} of versions that are clicked a fifth less`);
});
