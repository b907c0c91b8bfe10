import type { RatioSums } from "../../src/experiments/estimates.ts";
import { createRandom, type Random } from "../../src/linalg/random.ts";
import { judge } from "../../src/retraining/watch.ts";
import { assert, assertEquals, assertMatch } from "../assert.ts";

/** Users with ten lists each, of whom half click on one list more than the others. */
function users(units: number, clicks: number): RatioSums {
  return {
    units,
    numerators: units * (clicks + 0.5),
    numeratorSquares: units * (clicks ** 2 + (clicks + 1) ** 2) / 2,
    denominators: 10 * units,
    denominatorSquares: 100 * units,
    products: 10 * units * (clicks + 0.5),
  };
}

Deno.test("without lists of both versions, or with few users, nothing is worse", () => {
  assertEquals(judge(undefined, undefined, 0).isWorse, false);
  assertMatch(judge(users(500, 5), users(0, 0), 0).text, /none of its lists was counted/);
  assertMatch(
    judge(users(0, 0), users(500, 1), 0).text,
    /15% of 5,000 lists clicked; before, none/,
  );
  assertMatch(judge(users(500, 5), users(99, 1), 0).text, /too few users to say more/);
  assertEquals(judge(users(500, 5), users(99, 1), 0).isWorse, false);
  assertEquals(judge(users(500, 5), users(100, 1), 0).isWorse, true);
});

Deno.test("where few lists are clicked, a hundred without a click roll nothing back", () => {
  const once = (users: number, clicked: number): RatioSums => ({
    ...{ units: users, denominators: users, denominatorSquares: users },
    ...{ numerators: clicked, numeratorSquares: clicked, products: clicked },
  });
  assertEquals(judge(once(100_000, 500), once(100, 0), 0.05).isWorse, false);
  assertEquals(judge(once(100_000, 500), once(20_000, 0), 0.05).isWorse, true);
});

Deno.test("a fall within the tolerance isn't worse", () => {
  // From 5.5 to 4.5 clicks, 18% less.
  assertEquals(judge(users(5000, 5), users(5000, 4), 0).isWorse, true);
  assertEquals(judge(users(5000, 5), users(5000, 4), 0.1).isWorse, true);
  assertEquals(judge(users(5000, 5), users(5000, 4), 0.2).isWorse, false);
});

/** Looks after every 25 users whether a version is worse; users click on more or less by taste. */
function isEverWorse(random: Random, clickThrough: number): boolean {
  const add = (sums: RatioSums, rate: number): RatioSums => {
    const lists = 1 + random.integer(10), taste = rate * (0.5 + random.next());
    let clicks = 0;
    for (let i = 0; i < lists; i++) if (random.next() < taste) clicks++;
    return {
      units: sums.units + 1,
      numerators: sums.numerators + clicks,
      numeratorSquares: sums.numeratorSquares + clicks ** 2,
      denominators: sums.denominators + lists,
      denominatorSquares: sums.denominatorSquares + lists ** 2,
      products: sums.products + clicks * lists,
    };
  };
  let before = users(0, 0), own = users(0, 0);
  for (let user = 0; user < 2000; user++) before = add(before, 0.2);
  for (let user = 1; user <= 2000; user++) {
    own = add(own, clickThrough);
    if (user % 25 === 0 && judge(before, own, 0).isWorse) return true;
  }
  return false;
}

Deno.test("of 300 equally good versions at most 5% are ever rolled back, of bad ones most", () => {
  const random = createRandom(1);
  const share = (clickThrough: number, runs: number) => {
    let worse = 0;
    for (let run = 0; run < runs; run++) if (isEverWorse(random, clickThrough)) worse++;
    return worse / runs;
  };
  const falseAlarms = share(0.2, 300);
  assert(falseAlarms <= 0.05, `${falseAlarms} of equally good versions`);
  const found = share(0.16, 50);
  assert(found >= 0.9, `${found} of versions that are clicked a fifth less`);
});
