import { historyOf } from "../../src/interactions/interactions.ts";
import { type EventArrays, PackedHistories } from "../../src/histories/packed_histories.ts";
import { createRandom } from "../../src/linalg/random.ts";
import { tensor } from "../../src/linalg/tensor.ts";
import { assert, assertEquals, assertThrows } from "../assert.ts";
import { interactionsOf } from "../interactions/made_by_hand.ts";

/** Users with 0 to 30 events, anywhere within 130 years. */
function randomEvents(seed: number): EventArrays {
  const random = createRandom(seed);
  const indptr = [0], items: number[] = [], weights: number[] = [], times: number[] = [];
  for (let user = 0; user < 200; user++) {
    const count = random.integer(31);
    times.push(...Array.from({ length: count }, () => random.integer(2 ** 32 - 1)).sort(ascending));
    for (let i = 0; i < count; i++) {
      items.push(random.integer(2 ** (1 + random.integer(31))));
      weights.push([1, 2, 4, 0.1, 3.3][random.integer(5)]);
    }
    indptr.push(items.length);
  }
  return {
    indptr: Uint32Array.from(indptr),
    items: Uint32Array.from(items),
    weights: Float32Array.from(weights),
    times: Uint32Array.from(times),
  };
}

function ascending(a: number, b: number): number {
  return a - b;
}

Deno.test("every history comes back unchanged, also after saving", () => {
  const events = randomEvents(1);
  const packed = PackedHistories.pack(events);
  for (const histories of [packed, PackedHistories.fromTensors(packed.toTensors())]) {
    assertEquals(histories.users, 200);
    for (let user = 0; user < 200; user++) {
      const [start, end] = [events.indptr[user], events.indptr[user + 1]];
      assertEquals(histories.of(user), {
        items: events.items.subarray(start, end),
        weights: events.weights.subarray(start, end),
        times: events.times.subarray(start, end),
      });
      assertEquals(histories.lengthOf(user), end - start);
    }
  }
});

Deno.test("all events are visited, user by user", () => {
  const events = randomEvents(2);
  const [items, weights, times]: [number[], number[], number[]] = [[], [], []];
  PackedHistories.pack(events).forEach((item, weight, time, user) => {
    assert(events.indptr[user] <= items.length && items.length < events.indptr[user + 1]);
    items.push(item);
    weights.push(weight);
    times.push(time);
  });
  assertEquals(Uint32Array.from(items), events.items);
  assertEquals(Float32Array.from(weights), events.weights);
  assertEquals(Uint32Array.from(times), events.times);
});

Deno.test("the events of some users are visited alone", () => {
  const events = randomEvents(2);
  const users = events.indptr.length - 1;
  const items: number[] = [];
  const visit = (item: number) => void items.push(item);
  const histories = PackedHistories.pack(events);
  histories.forEach(visit, { from: 1, to: 3 });
  assertEquals(Uint32Array.from(items), events.items.slice(events.indptr[1], events.indptr[3]));
  // Beyond the last user there is nobody.
  items.length = 0;
  histories.forEach(visit, { from: users - 1, to: users + 10 });
  assertEquals(Uint32Array.from(items), events.items.slice(events.indptr[users - 1]));
});

Deno.test("a history like a shop's takes about four bytes per event", () => {
  // 50 users with 20 views each, a minute apart, of the products 0 to 999.
  const events = Array.from(
    { length: 1000 },
    (_, i) => [Math.floor(i / 20), i, 1, 1_600_000_000 + 60 * (i % 20)] as const,
  );
  const { bytes } = PackedHistories.pack(interactionsOf(events)).toTensors();
  // A byte for a minute, two for a product above 127; the first times are the first of all.
  assertEquals(bytes.data.length, 1000 + 128 + 2 * 872);
});

Deno.test("a user without events has an empty history", () => {
  const none = PackedHistories.pack(interactionsOf([], { users: 2 }));
  assertEquals([none.users, none.lengthOf(1), none.of(1).items.length], [2, 0, 0]);
  none.forEach(() => assert(false, "there is no event to visit"));
});

Deno.test("histories are those of the interactions", () => {
  const interactions = interactionsOf([[0, 3, 1, 50], [2, 1, 4, 60], [0, 3, 2, 70]], { users: 3 });
  const histories = PackedHistories.pack(interactions);
  for (const user of [0, 1, 2]) assertEquals(histories.of(user), historyOf(interactions, user));
});

Deno.test("events that aren't in chronological order are refused", () => {
  assertThrows(
    () =>
      PackedHistories.pack({
        indptr: Uint32Array.of(0, 1, 3),
        items: new Uint32Array(3),
        weights: new Float32Array(3),
        times: Uint32Array.of(9, 8, 7),
      }),
    RangeError,
    "times must ascend for each user, that of event 2, 7, is before 8",
  );
});

Deno.test("lengths that don't fit the bytes are refused", () => {
  const tensors = PackedHistories.pack(randomEvents(3)).toTensors();
  assertThrows(
    () => PackedHistories.fromTensors({ ...tensors, bytes: tensor(new Uint8Array(5)) }),
    RangeError,
    "lengths must sum to 5",
  );
});
