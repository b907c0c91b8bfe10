import { EMPTY_HISTORY, type History } from "../../../src/interactions/history.ts";
import { liveHistory } from "../../../src/service/recommend/live_history.ts";
import type { StoredEventType } from "../../../src/service/store/entries/stored_event.ts";
import { assertEquals } from "../../assert.ts";

const eventWeights = { view: 1.1, cart: 2, purchase: 4 };
const options = {
  indexOf: (productId: string) => productId === "unknown" ? -1 : Number(productId),
  eventWeights,
};

const trained: History = {
  items: Uint32Array.of(1, 2),
  weights: Float32Array.of(1.1, 4),
  times: Uint32Array.of(100, 200),
};

function event(productId: string, type: StoredEventType, seconds: number) {
  return { productId, type, time: 1000 * seconds };
}

Deno.test("events received are merged by time, behind the artifact's in the same second", () => {
  const events = [event("9", "cart", 50), event("8", "view", 200.9), event("unknown", "view", 300)];
  assertEquals(liveHistory(trained, events, options), {
    items: Uint32Array.of(9, 1, 2, 8),
    weights: Float32Array.of(2, 1.1, 4, 1.1),
    times: Uint32Array.of(50, 100, 200, 200),
  });
});

Deno.test("without new events the history is a view of the artifact's", () => {
  assertEquals(liveHistory(trained, [], options), trained);
  assertEquals(liveHistory(trained, [], options).items.buffer, trained.items.buffer);
  assertEquals(liveHistory(EMPTY_HISTORY, [], options), EMPTY_HISTORY);
});

Deno.test("the same product, second and weight is the same event", () => {
  const same = [event("1", "view", 100.5), event("2", "purchase", 200)];
  assertEquals(liveHistory(trained, same, options), trained);
  const others = [event("1", "cart", 100), event("1", "view", 101)];
  assertEquals(liveHistory(trained, others, options).items.length, 4);
});

Deno.test("events from before a user was forgotten are ignored", () => {
  const items = (
    from: number,
  ) => [...liveHistory(trained, [], { ...options, from }).items];
  assertEquals(items(100_000), [1, 2]);
  assertEquals(items(100_001), [2]);
  assertEquals(items(300_000), []);
});
