import { drawRanking, placePropensities } from "../../src/experiments/plackett_luce.ts";
import { createRandom } from "../../src/linalg/random.ts";
import { assert, assertAlmostEquals, assertEquals } from "../assert.ts";

const model = { scores: [0, 1, 3, -2], temperature: 2 };

Deno.test("rankings are drawn as often as their propensities say", () => {
  const random = createRandom(1);
  const counts = new Map<string, { count: number; propensity: number }>();
  const rounds = 100_000;
  for (let round = 0; round < rounds; round++) {
    const { items, propensities } = drawRanking(model, 2, () => random.next());
    const drawn = counts.get(items.join()) ?? {
      count: 0,
      propensity: propensities.reduce((product, propensity) => product * propensity, 1),
    };
    drawn.count++;
    counts.set(items.join(), drawn);
  }
  assertEquals(counts.size, 12);
  for (const { count, propensity } of counts.values()) {
    const error = Math.sqrt(propensity * (1 - propensity) / rounds);
    assertAlmostEquals(count / rounds, propensity, 4 * error);
  }
});

Deno.test("the propensities of all rankings sum to 1", () => {
  let total = 0;
  for (let first = 0; first < 4; first++) {
    for (let second = 0; second < 4; second++) {
      if (first === second) continue;
      const [a, b] = placePropensities(model, [first, second]);
      total += a * b;
    }
  }
  assertAlmostEquals(total, 1, 1e-12);
});

Deno.test("a small temperature ranks by score, a large one at random", () => {
  const random = createRandom(2);
  const draw = () => random.next();
  const scores = [5, 1, 9, 7];
  const cold = drawRanking({ scores, temperature: 0.01 }, 3, draw);
  assertEquals(cold.items, [2, 3, 0]);
  for (const propensity of cold.propensities) assertAlmostEquals(propensity, 1, 1e-12);
  const [first] = placePropensities({ scores, temperature: 1e9 }, [1]);
  assertAlmostEquals(first, 1 / 4, 1e-6);
});

Deno.test("scores far apart give propensities without overflow", () => {
  const [first, second, third] = placePropensities(
    { scores: [1000, 0, -1000], temperature: 1 },
    [0, 1, 2],
  );
  assertEquals([first, second, third], [1, 1, 1]);
  const [unlikely] = placePropensities({ scores: [0, 700], temperature: 1 }, [0]);
  assert(unlikely > 0 && unlikely < 1e-300);
});

Deno.test("a list isn't longer than there are items", () => {
  assertEquals(drawRanking({ scores: [1], temperature: 1 }, 10, () => 0.3).items, [0]);
  assertEquals(drawRanking({ scores: [], temperature: 1 }, 10, () => 0.3).items, []);
});
