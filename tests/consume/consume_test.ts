import { assertEquals, assertStringIncludes } from "../assert.ts";
import { FakeTopic } from "./fake_topic.ts";
import { consume, type Consumed } from "../../src/consume/consume.ts";
import { type DeadLetters, openDeadLetters } from "../../src/consume/dead_letters.ts";
import type { EventStore } from "../../src/service/store/event_store.ts";
import { ListIds, readListIds } from "../../src/service/exposures/list_ids.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { StoreError } from "../../src/service/store/store_error.ts";

const EVENT = { userId: "ann", productId: "7", type: "view" };

const view = (userId: string, productId: string) =>
  JSON.stringify({ userId, productId, type: "view" });

/** Two partitions: ten products of ann, and seven of bob. */
function shopTopic(): FakeTopic {
  return new FakeTopic([
    Array.from({ length: 10 }, (_, i) => view("ann", `${i}`)),
    Array.from({ length: 7 }, (_, i) => view("bob", `${i}`)),
  ]);
}

interface Run {
  readonly store: EventStore;
  readonly lines: string[];
  readonly counts: Consumed;
}

/** Consumes until so many messages are done with. */
async function consumeUntil(
  topic: FakeTopic,
  store: EventStore,
  messages: number,
  deadLetters: DeadLetters = { write: () => Promise.reject("none"), [Symbol.dispose]() {} },
): Promise<Run> {
  const stopping = new AbortController();
  const counts = { stored: 0, duplicates: 0, refused: 0, unknownLists: 0 };
  const lines: string[] = [];
  await consume(topic, {
    ...{ store, deadLetters, signal: stopping.signal, retryMs: 1 },
    log: (line) => lines.push(line),
    onStored({ stored, duplicates, refused, unknownLists }: Consumed) {
      counts.stored += stored;
      counts.duplicates += duplicates;
      counts.refused += refused;
      counts.unknownLists += unknownLists;
      if (counts.stored + counts.duplicates + counts.refused >= messages) stopping.abort();
    },
  });
  return { store, lines, counts };
}

async function withStore(run: (store: EventStore) => Promise<void>): Promise<void> {
  using store = await openEventStore({ path: ":memory:" });
  await run(store);
}

async function productsOf(store: EventStore, userId: string): Promise<string[]> {
  return (await store.eventsOf(userId)).map(({ productId }) => productId);
}

const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

Deno.test("the events of all partitions are stored, at the time when they were sent", () =>
  withStore(async (store) => {
    const { counts } = await consumeUntil(shopTopic(), store, 17);
    assertEquals(counts, { stored: 17, duplicates: 0, refused: 0, unknownLists: 0 });
    assertEquals(await productsOf(store, "ann"), DIGITS);
    assertEquals(await productsOf(store, "bob"), DIGITS.slice(0, 7));
    assertEquals((await store.eventsOf("ann"))[3].time, Date.UTC(2026, 0, 1) + 3);
  }));

Deno.test("a consumer goes on where the one before stopped, whatever it had read", () =>
  withStore(async (store) => {
    const topic = shopTopic();
    await consumeUntil(topic, store, 6);
    const { counts } = await consumeUntil(topic, store, 11);
    assertEquals(counts.stored, 11);
    assertEquals(topic.reads, [[0, 0], [4, 2]]);
    assertEquals(await productsOf(store, "ann"), DIGITS);
  }));

Deno.test("an event keeps the list of the store that it came from, and no other", () =>
  withStore(async (store) => {
    const ids = await readListIds(store);
    const id = ids.next(ids.stampOf({ model: "als" }));
    const other = new ListIds("another store's key");
    const lists = [id, other.next(other.stampOf({ model: "als" })), undefined, "?", id];
    const topic = new FakeTopic([
      ["no event", ...lists.map((listId) => JSON.stringify({ ...EVENT, listId }))],
    ]);
    const { counts } = await consumeUntil(topic, store, 6, {
      write: () => Promise.resolve(),
      [Symbol.dispose]() {},
    });
    assertEquals(counts, { stored: 5, duplicates: 0, refused: 1, unknownLists: 2 });
    const [name] = id.split(".");
    assertEquals(
      (await store.eventsOf("ann")).map(({ listId }) => listId),
      [name, undefined, undefined, undefined, name],
    );
  }));

Deno.test("a broker that fails is asked again, and nothing is stored twice", () =>
  withStore(async (store) => {
    const topic = shopTopic();
    topic.failAfter = 3;
    const { lines } = await consumeUntil(topic, store, 17);
    assertEquals(lines, ["Cannot read topic events: the broker is gone; trying again in 0.0 s"]);
    assertEquals(topic.reads, [[0, 0], [4, 2]]);
    assertEquals(await productsOf(store, "ann"), DIGITS);
    assertEquals(await productsOf(store, "bob"), DIGITS.slice(0, 7));
  }));

Deno.test("a store that fails after a commit isn't given the same events again", () =>
  withStore(async (store) => {
    let calls = 0;
    const unsure = new Proxy(store, {
      get(target, name) {
        if (name !== "appendStream") {
          const value = Reflect.get(target, name);
          return typeof value === "function" ? value.bind(target) : value;
        }
        return async (part: Parameters<EventStore["appendStream"]>[0]) => {
          const appended = await target.appendStream(part);
          // It was stored, but the answer is lost.
          if (++calls === 2) throw new StoreError("Cannot store events: it didn't answer");
          return appended;
        };
      },
    });
    const { lines } = await consumeUntil(shopTopic(), unsure, 15);
    assertEquals(lines, ["Cannot store events: it didn't answer; trying again in 0.0 s"]);
    assertEquals(await productsOf(store, "ann"), DIGITS);
    assertEquals(await productsOf(store, "bob"), DIGITS.slice(0, 7));
  }));

Deno.test("two consumers of a topic store every event once", () =>
  withStore(async (store) => {
    const stopping = new AbortController();
    let stored = 0;
    const one = () =>
      consume(shopTopic(), {
        store,
        deadLetters: { write: () => Promise.reject("none"), [Symbol.dispose]() {} },
        signal: stopping.signal,
        retryMs: 1,
        log: () => {},
        onStored(part) {
          stored += part.stored;
          if (stored >= 17) stopping.abort();
        },
      });
    await Promise.all([one(), one()]);
    assertEquals(stored, 17);
    assertEquals(await productsOf(store, "ann"), DIGITS);
    assertEquals(await productsOf(store, "bob"), DIGITS.slice(0, 7));
  }));

Deno.test("messages that the topic has dropped are missed aloud", () =>
  withStore(async (store) => {
    const topic = shopTopic();
    await consumeUntil(topic, store, 4);
    topic.dropped = [5, 0];
    const { lines } = await consumeUntil(topic, store, 10);
    assertEquals(lines, ["Partition 0 of events has dropped 3 messages before they were read"]);
    assertEquals(await productsOf(store, "ann"), ["0", "1", "5", "6", "7", "8", "9"]);
  }));

Deno.test("messages that can't be stored are kept with the reason", async () => {
  const path = await Deno.makeTempFile();
  const bad = ["no JSON", "[]", `[${view("a", "1")},${view("a", "2")}]`, '{"userId":"ann"}'];
  const topic = new FakeTopic([
    [view("ann", "1"), ...bad, Uint8Array.of(0xff), undefined, view("ann", "2")],
  ]);
  await withStore(async (store) => {
    using letters = await openDeadLetters(path);
    const { counts } = await consumeUntil(topic, store, 8, letters);
    assertEquals(counts, { stored: 2, duplicates: 0, refused: 6, unknownLists: 0 });
    assertEquals(await productsOf(store, "ann"), ["1", "2"]);
  });
  const lines = (await Deno.readTextFile(path)).trim().split("\n").map((line) => JSON.parse(line));
  assertEquals(lines.map(({ topic, partition, offset }) => [topic, partition, offset]), [
    ...[1, 2, 3, 4, 5, 6].map((offset) => ["events", 0, offset]),
  ]);
  assertEquals(lines[0].value, new TextEncoder().encode("no JSON").toBase64());
  assertEquals(lines[0].sent, "2026-01-01T00:00:00.001Z");
  assertEquals(lines[5].value, null);
  const reasons = lines.map(({ reason }) => reason);
  assertStringIncludes(reasons[0], "JSON");
  assertStringIncludes(reasons[1], "at least one event");
  assertEquals(reasons[2], "The message must hold one event, got 2");
  assertStringIncludes(reasons[3], 'Parameter "productId" is missing');
  assertEquals(reasons[4], "The message must be UTF-8");
  assertEquals(reasons[5], "The message must have a value");
  await Deno.remove(path);
});
