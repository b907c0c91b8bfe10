/** Checks, from the events alone, that each kind of model can learn something. */
import { assert } from "../assert.ts";
import { type SimulatedRow, simulatedRows } from "./simulated_events.ts";

const rows = simulatedRows({ events: 60_000, seed: 2 });
const views = rows.filter(({ type }) => type === "view");

/** Consecutive views of different products in a session. */
function steps(): [SimulatedRow, SimulatedRow][] {
  const last = new Map<string, SimulatedRow>();
  const pairs: [SimulatedRow, SimulatedRow][] = [];
  for (const view of views) {
    const before = last.get(view.session);
    if (before && before.product !== view.product) pairs.push([before, view]);
    last.set(view.session, view);
  }
  return pairs;
}

const pairs = steps();
/** The same pairs with the second product taken from another pair. */
const shuffled = pairs.map(([before], i): [SimulatedRow, SimulatedRow] => [
  before,
  pairs[(i + 5000) % pairs.length][1],
]);

function shareOf<T>(values: readonly T[], holds: (value: T) => boolean): number {
  return values.filter(holds).length / values.length;
}

/** How often products occur, in the order of the given ids. */
function countOf(events: readonly SimulatedRow[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { product } of events) counts.set(product, (counts.get(product) ?? 0) + 1);
  return counts;
}

Deno.test("content: consecutive products share category and brand more often than others", () => {
  const sameCategory = ([a, b]: [SimulatedRow, SimulatedRow]) => a.category === b.category;
  const sameBrand = ([a, b]: [SimulatedRow, SimulatedRow]) => a.brand !== "" && a.brand === b.brand;
  assert(shareOf(pairs, sameCategory) > 4 * shareOf(shuffled, sameCategory));
  assert(shareOf(pairs, sameBrand) > 2 * shareOf(shuffled, sameBrand));
});

Deno.test("taste: products viewed together by some users are viewed together by others", () => {
  const users = [...Map.groupBy(views, ({ user }) => user).values()]
    .map((seen) => [...new Set(seen.map(({ product }) => product))])
    .filter((products) => products.length > 1 && products.length < 50);
  const pairCounts = (some: readonly string[][]) => {
    const counts = new Map<string, number>();
    for (const products of some) {
      for (const a of products) {
        for (const b of products) {
          if (a < b) counts.set(`${a} ${b}`, (counts.get(`${a} ${b}`) ?? 0) + 1);
        }
      }
    }
    return counts;
  };
  const even = pairCounts(users.filter((_, i) => i % 2 === 0));
  const odd = users.filter((_, i) => i % 2 === 1);
  const known = [...pairCounts(odd).keys()].filter((pair) => even.has(pair)).length;
  // The same users with their products shuffled: the effect of chance and popularity alone.
  const dealt = odd.flat();
  let next = 0;
  const strangers = odd.map((products, i) =>
    products.map(() => dealt[(7 * next++ + i) % dealt.length])
  );
  const byChance = [...pairCounts(strangers).keys()].filter((pair) => even.has(pair)).length;
  assert(known > 2 * byChance, `${known} pairs known, ${byChance} by chance`);
});

Deno.test("sequence: transitions between products favour one direction", () => {
  const counts = new Map<string, number>();
  for (const [a, b] of pairs) {
    const way = Number(b.product) - Number(a.product);
    // Shades of a series have neighbouring ids, at most 13 apart.
    if (Math.abs(way) <= 13) {
      counts.set(way > 0 ? "up" : "down", (counts.get(way > 0 ? "up" : "down") ?? 0) + 1);
    }
  }
  assert(counts.get("up")! > 1.25 * counts.get("down")!, JSON.stringify([...counts]));
});

Deno.test("recency: last week's counts predict today's better than the first week's", () => {
  const between = (from: string, to: string) =>
    countOf(views.filter(({ time }) => time >= `2019-10-${from}` && time < `2019-10-${to}`));
  const today = between("29", "32");
  const overlap = (counts: Map<string, number>) => {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    return [...today].reduce(
      (sum, [product, count]) => sum + count * (counts.get(product) ?? 0),
      0,
    ) / total;
  };
  assert(overlap(between("22", "29")) > 1.1 * overlap(between("01", "08")));
});

Deno.test("repeats: returning users often view products again", () => {
  const sessions = Map.groupBy(views, ({ session }) => session);
  const seen = new Map<string, Set<string>>();
  let returns = 0;
  let resumed = 0;
  for (const events of sessions.values()) {
    const { user } = events[0];
    const known = seen.get(user);
    if (known) {
      returns++;
      if (known.has(events[0].product)) resumed++;
    }
    seen.set(user, new Set([...known ?? [], ...events.map(({ product }) => product)]));
  }
  assert(resumed > 0.2 * returns, `${resumed} of ${returns}`);
});
