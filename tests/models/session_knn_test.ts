import { SECONDS_PER_DAY as DAY } from "../../src/base/time.ts";
import { EMPTY_HISTORY, type History } from "../../src/interactions/history.ts";
import { InputError } from "../../src/base/input_error.ts";
import type { Interactions } from "../../src/interactions/interactions.ts";
import { sessionKnn, type SessionKnnOptions } from "../../src/models/session_knn.ts";
import { assertAlmostEquals, assertEquals, assertThrows } from "../assert.ts";
import { type HandEvent, interactionsOf, viewed } from "../interactions/made_by_hand.ts";
import { scoresOf } from "./scores_of.ts";

/** Neutral options, so that each test changes one. */
const PLAIN: SessionKnnOptions = {
  neighbors: 100,
  sampleSize: 100,
  decay: 1,
  sessionDecay: 1,
  matchDecay: 1,
  distanceDecay: 1,
  idf: 0,
  similarityIdf: 0,
  lengthPower: 0,
  sessionHalfLifeDays: Infinity,
};

/** One session of views for each user, a day apart. */
function sessionsOf(sessions: readonly number[][], items?: number): Interactions {
  const events = sessions.flatMap((session, user) =>
    session.map((item, i): HandEvent => [user, item, 1, user * DAY + i])
  );
  return interactionsOf(events, items === undefined ? {} : { items });
}

const shop = sessionsOf([[0, 1, 2], [1, 3], [0, 4], [5, 6]]);

async function fittedScores(
  history: History,
  options: Partial<SessionKnnOptions> = {},
  data: Interactions = shop,
): Promise<number[]> {
  const model = await sessionKnn.fit(data, { ...PLAIN, ...options });
  return [...scoresOf(model, history)];
}

Deno.test("sessions count by the items they share with the history", async () => {
  // shared: 2 with the first, 1 with the second and the third
  assertEquals(await fittedScores(viewed([0, 1])), [3, 3, 2, 1, 1, 0, 0]);
});

Deno.test("shared items count less the older they are", async () => {
  // item 0 counts half: 3/2, 1 and 1/2
  assertEquals(await fittedScores(viewed([0, 1]), { decay: 0.5 }), [2, 2.5, 1.5, 1, 0.5, 0, 0]);
});

Deno.test("a score is explained by the shared items of each session that adds to it", async () => {
  const model = await sessionKnn.fit(shop, { ...PLAIN, decay: 0.5 });
  // Item 1 scores 3/2 by the first session, in which items 0 and 1 are shared, and 1 by the second,
  // in which item 1 is. Item 4 scores 1/2 by item 0. No session adds to item 6.
  assertEquals(model.explain?.(viewed([0, 1]), Uint32Array.of(1, 4, 6)), [
    { base: 0, events: Float32Array.of(0.5, 2) },
    { base: 0, events: Float32Array.of(0.5, 0) },
    { base: 0, events: Float32Array.of(0, 0) },
  ]);
});

Deno.test("a repeated item is explained by its last event", async () => {
  const model = await sessionKnn.fit(shop, { ...PLAIN, decay: 0.5 });
  // Item 0 is the second last now and counts half in the third session, which alone has item 4.
  assertEquals(model.explain?.(viewed([0, 1, 0, 3]), Uint32Array.of(4)), [
    { base: 0, events: Float32Array.of(0, 0, 0.5, 0) },
  ]);
});

Deno.test("shared items of an earlier session count less in addition", async () => {
  assertEquals(
    await fittedScores(viewed([0, 1], [0, DAY]), { decay: 0.5, sessionDecay: 0.5 }),
    [1.5, 2.25, 1.25, 1, 0.25, 0, 0],
  );
});

Deno.test("a neighbour counts less if it shares only older items", async () => {
  // the first two share item 1, the last; the third only item 0, one before
  assertEquals(await fittedScores(viewed([0, 1]), { matchDecay: 0.5 }), [2.5, 3, 2, 1, 0.5, 0, 0]);
});

Deno.test("items far from where the history would go on count less", async () => {
  const data = sessionsOf([[0, 1, 2, 3, 4]]);
  // Item 2 itself and the next one are at distance 0.
  assertEquals(
    await fittedScores(viewed([2]), { distanceDecay: 0.5 }, data),
    [0.25, 0.5, 1, 1, 0.5],
  );
});

Deno.test("an item is at its last position in a session, with its largest weight", async () => {
  const data = interactionsOf([[0, 1, 3, 0], [0, 0, 1, 1], [0, 1, 1, 2], [0, 2, 1, 3]]);
  // 0, 1, 2 with weights log₂2, log₂4, log₂2; item 0 one place before item 1
  assertEquals(await fittedScores(viewed([1]), { distanceDecay: 0.5 }, data), [0.5, 2, 1]);
});

Deno.test("rare items can be boosted", async () => {
  const data = sessionsOf([[0, 1, 2], [0, 1]]);
  // 2 is in one of two sessions, 1 in both
  assertEquals(await fittedScores(viewed([0]), { idf: 2 }, data), [
    2,
    2,
    Math.fround(1 + 2 * Math.log(2)),
  ]);
});

Deno.test("sharing a rare item makes sessions more similar", async () => {
  // Of four sessions, two have item 0, two item 1: both count 1 + ln 2. Item 4 is in one.
  const [two, one] = [1 + Math.log(4 / 2), 1 + Math.log(4 / 1)];
  const scores = await fittedScores(viewed([0, 4]), { similarityIdf: 1 });
  assertAlmostEqual(scores, [two + (two + one), two, two, 0, two + one, 0, 0]);
});

Deno.test("neighbours with many items count less", async () => {
  // Item 1 is in a session of three items and in one of two.
  const scores = await fittedScores(viewed([1]), { lengthPower: 0.5 });
  const [three, two] = [1 / Math.sqrt(3), 1 / Math.sqrt(2)];
  assertAlmostEqual(scores, [three, three + two, three, two, 0, 0, 0]);
});

Deno.test("a neighbour counts half if it ended a half-life before the latest session", async () => {
  // The sessions with item 0 ended not quite three days before the last, and one day.
  assertAlmostEqual(
    await fittedScores(viewed([0]), { sessionHalfLifeDays: 1 }),
    [1 / 4 + 1 / 2, 1 / 4, 1 / 4, 0, 1 / 2, 0, 0],
  );
});

Deno.test("artifacts from before age, length and rarity counted are restored without", async () => {
  const options = { similarityIdf: 0, lengthPower: 0, sessionHalfLifeDays: Infinity };
  const {
    similarityIdf: _,
    lengthPower: __,
    sessionHalfLifeDays: ___,
    dayLengths: ____,
    ...older
  } = (await sessionKnn.fit(shop, PLAIN)).toTensors();
  const restored = sessionKnn.fromTensors(older);
  assertEquals(
    [...scoresOf(restored, viewed([0, 1]))],
    await fittedScores(viewed([0, 1]), options),
  );
});

Deno.test("a session of 300 products doesn't make the lengths of others longer", async () => {
  const long = Array.from({ length: 300 }, (_, item) => item);
  const model = await sessionKnn.fit(sessionsOf([long, [1, 3], [0, 4]]), PLAIN);
  const { lengthsVarints } = model.toTensors();
  // 300 = 2 · 128 + 44.
  assertEquals(lengthsVarints.data, Uint8Array.of(128 | 44, 2, 2, 2));
  const again = sessionKnn.fromTensors(model.toTensors());
  assertEquals(scoresOf(again, viewed([0, 1])), scoresOf(model, viewed([0, 1])));
  assertEquals(again.toTensors(), model.toTensors());
});

function assertAlmostEqual(actual: readonly number[], expected: readonly number[]): void {
  assertEquals(actual.length, expected.length);
  actual.forEach((score, item) => assertAlmostEquals(score, expected[item], 1e-6));
}

Deno.test("the nearest sessions are used, ties going to the latest", async () => {
  assertEquals(await fittedScores(viewed([0, 1]), { neighbors: 1 }), [2, 2, 2, 0, 0, 0, 0]);
  assertEquals(await fittedScores(viewed([0, 1]), { neighbors: 2 }), [3, 2, 2, 0, 1, 0, 0]);
});

Deno.test("only the latest sessions are compared", async () => {
  assertEquals(await fittedScores(viewed([0, 1]), { sampleSize: 2 }), [1, 1, 0, 1, 1, 0, 0]);
  assertEquals(await fittedScores(viewed([0]), { sampleSize: 1 }), [1, 0, 0, 0, 1, 0, 0]);
});

Deno.test("the latest sessions are those that ended last", async () => {
  const data = interactionsOf([[0, 0, 1, 0], [1, 0, 1, 10], [1, 1, 1, 20], [0, 2, 1, 30]]);
  assertEquals(await fittedScores(viewed([0]), { sampleSize: 1 }, data), [1, 0, 1]);
});

Deno.test("scores don't depend on earlier calls", async () => {
  const model = await sessionKnn.fit(shop, { ...PLAIN, sampleSize: 2, neighbors: 1 });
  const scoreOf = (history: History) => {
    const scores = new Float32Array(model.itemCount);
    model.score(history, scores);
    return scores;
  };
  const first = scoreOf(viewed([0, 1]));
  scoreOf(viewed([3, 5, 6, 2]));
  assertEquals(scoreOf(viewed([0, 1])), first);
});

Deno.test("an empty history and items without events score 0 everywhere", async () => {
  assertEquals(await fittedScores(EMPTY_HISTORY), [0, 0, 0, 0, 0, 0, 0]);
  const data = sessionsOf([[0, 1]], 3);
  assertEquals(await fittedScores(viewed([2]), { idf: 1 }, data), [0, 0, 0]);
});

Deno.test("options out of range are refused by name", () => {
  const wrong: Partial<SessionKnnOptions>[] = [
    { neighbors: 0 },
    { sampleSize: 2.5 },
    { decay: 2 },
    { sessionDecay: -1 },
    { matchDecay: NaN },
    { distanceDecay: 1.01 },
    { idf: -1 },
    { similarityIdf: -1 },
    { lengthPower: 2 },
    { sessionHalfLifeDays: 0 },
  ];
  for (const options of wrong) {
    assertThrows(
      () => sessionKnn.fit(shop, options),
      InputError,
      `Cannot fit session_knn: option "${Object.keys(options)[0]}" must be`,
    );
  }
});
