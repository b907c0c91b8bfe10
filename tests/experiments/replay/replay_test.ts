import { InputError } from "../../../src/base/input_error.ts";
import type {
  Exposure,
  ExposureWithOutcomes,
} from "../../../src/experiments/exposures/exposure.ts";
import type { Interval } from "../../../src/experiments/effect.ts";
import { drawRanking } from "../../../src/experiments/plackett_luce.ts";
import { replay } from "../../../src/experiments/replay/replay.ts";
import { createRandom } from "../../../src/linalg/random.ts";
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "../../assert.ts";

/** A list of places with propensities, and the products that were clicked. */
function listOf(
  places: Readonly<Record<string, number>>,
  { clicked = [], ...changes }: { clicked?: string[] } & Partial<Exposure> = {},
): ExposureWithOutcomes {
  const productIds = Object.keys(places);
  const exposure = {
    ...{ listId: "l", at: 0, userId: "ann", model: "als", productIds },
    positions: productIds.map((_, i) => i + 1),
    propensities: Object.values(places),
    ...changes,
  };
  const outcomes = clicked.map((productId) => ({
    ...{ listId: "l", productId, type: "view" as const, at: 1, by: "listId" as const },
    position: productIds.indexOf(productId) + 1,
  }));
  return { exposure, outcomes };
}

Deno.test("a click counts by how much likelier the policy shows this list so far", async () => {
  // Half of the users got a, b, the others b, a; all clicked on their second place.
  const log = Array.from(
    { length: 300 },
    (_, i) =>
      listOf(i % 2 === 0 ? { a: 0.5, b: 0.8 } : { b: 0.5, a: 0.8 }, {
        clicked: [i % 2 === 0 ? "b" : "a"],
        userId: `user ${i}`,
      }),
  );
  const { evaluation, logged, lists } = await replay(log, () => ["a", "b"]);
  // Of 150 lists the places have weights 2 and 2 / 0.8 = 2.5; the second ones are clicked.
  assertEquals([lists, evaluation.rounds, evaluation.value!.ips.estimate], [300, 600, 0.625]);
  assertAlmostEquals(evaluation.effectiveSize, (150 * 4.5) ** 2 / (150 * 10.25), 1e-9);
  assertAlmostEquals(evaluation.value!.snips.estimate, 2.5 / 4.5, 1e-9);
  assertAlmostEquals(logged.value!.ips.estimate, 0.5, 1e-9);
  // Only the first place: it is never clicked.
  const first = await replay(log, () => ["a", "b"], { places: 1 });
  assertEquals([first.evaluation.rounds, first.evaluation.value!.ips.estimate], [300, 0]);
});

Deno.test("places that weren't left to chance stay, with their products", async () => {
  const log = Array.from(
    { length: 200 },
    (_, i) =>
      listOf({ fixed: 1, [i % 2 === 0 ? "a" : "b"]: 0.5 }, {
        clicked: i % 2 === 0 ? ["a", "fixed"] : [],
        userId: `user ${i}`,
      }),
  );
  // The policy's best product stands above already, so that it shows its second one.
  const { evaluation } = await replay(log, () => ["fixed", "a"]);
  assertEquals([evaluation.rounds, evaluation.value?.ips.estimate], [200, 1]);
});

Deno.test("a policy that shows what was never shown is refused", async () => {
  const log = Array.from(
    { length: 2000 },
    (_, i) => listOf({ [i % 2 === 0 ? "a" : "b"]: 0.5 }, { userId: `user ${i}` }),
  );
  const never = await replay(log, () => ["c"]);
  assertEquals([never.evaluation.value, never.evaluation.effectiveSize], [undefined, 0]);
  // Half of its products can't be valued.
  const half = await replay(log, ({ userId }) => [Number(userId.slice(5)) % 4 < 2 ? "a" : "c"]);
  assertEquals(half.evaluation.value, undefined);
  assert(half.evaluation.refusal?.startsWith("the log could have shown only 50.0% of what"));
});

Deno.test("lists that say nothing are left out and counted", async () => {
  const chance = Array.from({ length: 300 }, (_, i) => listOf({ a: 0.5 }, { userId: `user ${i}` }));
  const gap = listOf({ a: 0.5, b: 0.5 }, { positions: [1, 3] });
  const log = [...chance, listOf({ a: 1 }), gap, listOf({ a: 0.5 }, { userId: "unknown" })];
  const rank = ({ userId }: Exposure) => userId === "unknown" ? undefined : ["a"];
  const { leftOut, lists } = await replay(log, rank);
  assertEquals([lists, leftOut], [300, { fixed: 1, gaps: 1, unranked: 1 }]);
  await assertRejects(
    () => replay([listOf({ a: 1 }), gap], rank),
    InputError,
    "no list can be used; in 1 nothing was left to chance, 1 don't begin",
  );
});

const PRODUCTS = 5;
const POSITION_BIAS = [1, 0.6];

/** The chance that a user of a kind clicks on a product, if they look at it. */
function affinity(kind: number, product: number): number {
  return 0.05 + 0.4 * ((product * 2 + kind) % PRODUCTS) / PRODUCTS;
}

/** What the policy to be evaluated shows to a kind of users: not their best products. */
function policyOf(kind: number): number[] {
  const distance = (product: number) => Math.abs(affinity(kind, product) - 0.3);
  return Array.from({ length: PRODUCTS }, (_, product) => product)
    .toSorted((a, b) => distance(a) - distance(b));
}

/** Shows lists of two places drawn by popularity to 800 users of four kinds, three times each. */
function simulateLog(seed: number): ExposureWithOutcomes[] {
  const random = createRandom(seed);
  const scores = Array.from({ length: PRODUCTS }, (_, product) => affinity(0, product));
  return Array.from({ length: 2400 }, (_, i) => {
    const user = i % 800, kind = user % 4;
    const { items, propensities } = drawRanking({ scores, temperature: 0.3 }, 2, random.next);
    const productIds = items.map(String);
    const isClicked = items.map((item, place) =>
      random.next() < POSITION_BIAS[place] * affinity(kind, item)
    );
    return listOf(Object.fromEntries(productIds.map((id, place) => [id, propensities[place]])), {
      ...{ userId: `user ${user}`, productIds, propensities },
      clicked: productIds.filter((_, place) => isClicked[place]),
    });
  });
}

Deno.test("intervals hold the true value in 90% of 200 simulated logs or more", async () => {
  const truth = [0, 1, 2, 3].flatMap((kind) =>
    policyOf(kind).slice(0, 2).map((product, place) =>
      POSITION_BIAS[place] * affinity(kind, product)
    )
  ).reduce((sum, rate) => sum + rate / 8, 0);
  const held = { ips: 0, snips: 0, doublyRobust: 0 };
  const widths = { ips: 0, snips: 0, doublyRobust: 0 };
  const runs = 200;
  for (let seed = 0; seed < runs; seed++) {
    const { evaluation } = await replay(
      simulateLog(seed),
      ({ userId }) => policyOf(Number(userId.slice(5)) % 4).map(String),
      { places: 2 },
    );
    for (const name of ["ips", "snips", "doublyRobust"] as const) {
      const { low, high } = evaluation.value![name] as Interval;
      if (low <= truth && truth <= high) held[name]++;
      widths[name] += high - low;
    }
  }
  for (const [name, count] of Object.entries(held)) {
    assert(count >= 0.9 * runs, `${name} held the true value in ${count} of ${runs}`);
  }
  assert(widths.doublyRobust < widths.ips, "guesses make intervals narrower");
});
