import { createRandom } from "../../../src/linalg/random.ts";
import { indexSessions } from "../../../src/models/sequence/session_index.ts";
import { createSessionSearch } from "../../../src/models/sequence/session_search.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";

const ITEMS = 12;
const random = createRandom(5);
const sessions = Array.from(
  { length: 80 },
  () => Uint32Array.from({ length: 1 + random.integer(5) }, () => random.integer(ITEMS)),
);
const index = indexSessions({
  indptr: Uint32Array.from(
    [0, ...sessions.keys()].map((_, s) =>
      sessions.slice(0, s).reduce((sum, { length }) => sum + length, 0)
    ),
  ),
  items: Uint32Array.from(sessions.flatMap((items) => [...items])),
  weights: new Float32Array(400).fill(1),
  ends: new Uint32Array(sessions.length),
}, ITEMS);

for (const sampleSize of [1, 10, 1000]) {
  Deno.test(`the latest ${sampleSize} sessions with an item are those of a full search`, () => {
    const search = createSessionSearch(index, sampleSize);
    for (let trial = 0; trial < 50; trial++) {
      const items = Uint32Array.from(
        new Set(Array.from({ length: random.integer(6) }, () => random.integer(ITEMS))),
      );
      const weights = Float32Array.from(items, (_, place) => 0.9 ** place);
      const expected = [...sessions.keys()].reverse()
        .filter((s) => sessions[s].some((item) => items.includes(item)))
        .slice(0, sampleSize);
      const found = search({ items, weights });
      assertEquals([...found.sessions], expected);
      expected.forEach((session, c) => {
        const shared = [...items.keys()].filter((i) => sessions[session].includes(items[i]));
        assertEquals(found.matches[c], shared[0]);
        assertAlmostEquals(
          found.similarities[c],
          shared.reduce((sum, i) => sum + weights[i], 0),
          1e-6,
        );
      });
    }
  });
}
