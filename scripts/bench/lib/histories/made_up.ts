import { idDigest } from "../../../../src/histories/id_digest.ts";
import type { HistorySource, UserEvents } from "../../../../src/histories/write_shards.ts";
import { createRandom } from "../../../../src/linalg/random.ts";

const ITEMS = 200_000;
const FIRST = 1_569_888_000;
const SECONDS = 31 * 86_400;
const WEIGHTS = Float32Array.of(1, 2, 4);
const DIGITS = 13;

/** The id of a made-up user, as long as a real shop's. */
export function madeUpId(user: number): string {
  return String(500_000_000 + user);
}

/** Made-up histories of a month, mostly views. */
export function madeUpHistories(
  { users, events }: { readonly users: number; readonly events: number },
): HistorySource {
  return {
    coding: { weights: WEIGHTS, first: FIRST },
    items: ITEMS,
    latest: FIRST + SECONDS,
    users: usersOf(users, events / users),
  };
}

function* usersOf(users: number, mean: number): Generator<UserEvents> {
  const keys = Float64Array.from(
    { length: users },
    (_, user) => parseInt(idDigest(madeUpId(user)).slice(0, DIGITS), 16),
  );
  const order = Uint32Array.from(keys, (_, user) => user).sort((a, b) => keys[a] - keys[b]);
  for (const user of order) {
    const random = createRandom(user);
    // Geometric, from one event on: most users do little.
    const length = 1 + Math.floor(Math.log(1 - random.next()) / Math.log(1 - 1 / mean));
    const weights = new Float32Array(length);
    const items = new Uint32Array(length);
    const times = new Uint32Array(length);
    for (let i = 0; i < length; i++) {
      weights[i] = random.next() < 0.9 ? 1 : WEIGHTS[1 + random.integer(2)];
      items[i] = Math.floor(ITEMS * random.next() ** 3);
      times[i] = FIRST + random.integer(SECONDS);
    }
    const span = { start: 0, end: length };
    yield { userId: madeUpId(user), events: { items, weights, times: times.sort() }, span };
  }
}
