/** What every store does: the suite runs against each kind. */
import { MS_PER_DAY as DAY } from "../../../src/base/time.ts";
import type { StreamPart } from "../../../src/service/store/entries/append_stream.ts";
import type { NewEvent, StoredEvent } from "../../../src/service/store/entries/stored_event.ts";
import type { ShopRule } from "../../../src/service/store/entries/shop_rules.ts";
import type { EventStore } from "../../../src/service/store/event_store.ts";
import type { StoreOptions } from "../../../src/service/store/open_event_store.ts";
import { storedUsers } from "../../../src/service/store/stored_users.ts";
import { assert, assertEquals } from "../../assert.ts";

/** The options that every kind of store has. */
export type CommonOptions = Pick<StoreOptions, "retentionDays" | "now">;

/** Opens the store at one place, as one of several processes. */
export type OpenStore = (options?: CommonOptions) => Promise<EventStore>;

/** A kind of store. */
export interface StoreKind {
  readonly name: string;
  /** Runs a test with an empty place for a store. */
  withPlace(run: (open: OpenStore) => Promise<void>): Promise<void>;
  /** Whether the suite is left out, because there is no server. */
  readonly isMissing?: boolean;
}

function view(userId: string, productId: string, time = 1000, eventId?: string): NewEvent {
  return { userId, productId, type: "view", time, ...(eventId !== undefined && { eventId }) };
}

async function productsOf(store: EventStore, userId: string): Promise<string[]> {
  return (await store.userState(userId)).events.map(({ productId }) => productId);
}

async function allEvents(store: EventStore, since?: number): Promise<StoredEvent[]> {
  return await Array.fromAsync(store.events({ since }));
}

/** Defines the tests of the contract for a kind of store. */
export function testContract({ name, withPlace, isMissing = false }: StoreKind): void {
  const test = (what: string, fn: () => Promise<void>) =>
    Deno.test({ name: `${name}: ${what}`, fn, ignore: isMissing });
  const withStore = (run: (store: EventStore) => Promise<void>, options: CommonOptions = {}) =>
    withPlace(async (open) => {
      using store = await open(options);
      await run(store);
    });

  test("a dislike outlasts other events, moves at a login, and goes with a forgotten user", () =>
    withStore(async (store) => {
      const opinion = (productId: string, type: NewEvent["type"], time: number): NewEvent => ({
        ...view("guest", productId, time),
        type,
      });
      await store.append([
        opinion("7", "dislike", 1000),
        { ...opinion("8", "dislike", 1001), days: 1 },
        opinion("9", "dislike", 1002),
        opinion("9", "undo_dislike", 1003),
        { ...opinion("6", "dislike", 1004), days: 3650, eventId: "six" },
      ]);
      await store.append(Array.from({ length: 250 }, (_, i) => view("guest", "1", 2000 + i)));
      // Since 1970 a day has passed, ten years haven't.
      assertEquals((await store.userState("guest")).disliked, ["7", "6"]);
      assertEquals((await store.userState("guest")).until, 1004 + 3650 * DAY);
      assertEquals((await store.eventsOf("guest"))[4].days, 3650);
      await store.merge({ from: "guest", to: "ann" });
      assertEquals((await store.userState("guest")).disliked, []);
      assertEquals((await store.userState("ann")).disliked, ["7", "6"]);
      await store.append([{ ...opinion("5", "dislike", 3000), userId: "ann" }]);
      await store.forget("guest");
      assertEquals((await store.userState("ann")).disliked, ["5"]);
      await store.forget("ann");
      assertEquals((await store.userState("ann")).disliked, []);
    }, { now: () => 2 * DAY }));

  test("a hide outlasts other events, and only undo_hide withdraws it", () =>
    withStore(async (store) => {
      const opinion = (productId: string, type: NewEvent["type"], time: number): NewEvent => ({
        ...view("guest", productId, time),
        type,
      });
      await store.append([
        opinion("7", "hide", 1000),
        { ...opinion("8", "hide", 1001), days: 1 },
        opinion("9", "hide", 1002),
        opinion("9", "undo_hide", 1003),
        opinion("6", "hide", 1004),
        opinion("6", "undo_dislike", 1005),
      ]);
      await store.append(Array.from({ length: 250 }, (_, i) => view("guest", "1", 2000 + i)));
      const { disliked, hidden } = await store.userState("guest");
      assertEquals({ disliked, hidden }, { disliked: [], hidden: ["7", "6"] });
      await store.merge({ from: "guest", to: "ann" });
      assertEquals((await store.userState("ann")).hidden, ["7", "6"]);
      await store.forget("ann");
      assertEquals((await store.userState("ann")).hidden, []);
    }, { now: () => 2 * DAY }));

  test("events are returned complete, in the order of time", () =>
    withStore(async (store) => {
      const late: NewEvent = {
        userId: "ann",
        productId: "7",
        type: "cart",
        time: 2000,
        eventId: "e",
        session: "s",
        price: 5.5,
      };
      assertEquals(await store.append([late, view("ann", "9"), view("bob", "1")]), {
        stored: 3,
        duplicates: 0,
      });
      const { events } = await store.userState("ann");
      assertEquals(events.map(({ productId }) => productId), ["9", "7"]);
      assertEquals({ ...events[1], received: 0 }, { ...late, eventId: "e", received: 0 });
      assertEquals((await store.userState("nobody")).events, []);
    }, { now: () => 5 }));

  test("an event that is repeated, in the same request or a later one, is stored once", () =>
    withStore(async (store) => {
      const twice = [view("ann", "1", 1, "a"), view("ann", "2", 2, "a"), view("bob", "1", 1, "a")];
      assertEquals(await store.append(twice), { stored: 2, duplicates: 1 });
      const again = [view("ann", "3", 3, "a"), view("ann", "4", 4, "b"), view("ann", "5", 5)];
      assertEquals(await store.append(again), { stored: 2, duplicates: 1 });
      assertEquals(await productsOf(store, "ann"), ["1", "4", "5"]);
    }));

  test("the newest 200 events of a user are live, and all are stored", () =>
    withStore(async (store) => {
      const events = Array.from({ length: 250 }, (_, i) => view("ann", `${i}`, i, `e${i}`));
      assertEquals((await store.append(events)).stored, 250);
      const newest = Array.from({ length: 200 }, (_, i) => `${50 + i}`);
      assertEquals(await productsOf(store, "ann"), newest);
      assertEquals(
        (await allEvents(store)).map(({ time }) => time),
        events.map(({ time }) => time),
      );
    }));

  test("concurrent events of one user are all stored", () =>
    withStore(async (store) => {
      const requests = Array.from({ length: 50 }, (_, i) => [
        view("ann", `a${i}`, 1000, `a${i}`),
        view("ann", `b${i}`, 1000),
        view("ann", "shared", 1000, "shared"),
      ]);
      const answers = await Promise.all(requests.map((events) => store.append(events)));
      assertEquals(answers.reduce((sum, { stored }) => sum + stored, 0), 101);
      assertEquals(answers.reduce((sum, { duplicates }) => sum + duplicates, 0), 49);
      const expected = requests.flatMap((events) => events.map(({ productId }) => productId));
      assertEquals(new Set(await productsOf(store, "ann")), new Set(expected));
    }));

  test("a thousand events with the longest ids fit", () =>
    withStore(async (store) => {
      const long = (start: string) => start.padEnd(256, "語");
      const events = Array.from(
        { length: 1000 },
        (_, i) => view(long(`u${i}`), long(`p${i}`), i, long(`e${i}`)),
      );
      assertEquals(await store.append(events), { stored: 1000, duplicates: 0 });
      assertEquals(await productsOf(store, long("u999")), [long("p999")]);
    }));

  test("another process that shares the store sees the events, so does a restarted one", () =>
    withPlace(async (open) => {
      {
        using one = await open();
        using other = await open();
        assertEquals(await productsOf(other, "ann"), []);
        await one.append([view("ann", "1", 1)]);
        assertEquals(await productsOf(other, "ann"), ["1"]);
        await other.append([view("ann", "2", 2)]);
        assertEquals(await productsOf(one, "ann"), ["1", "2"]);
      }
      using again = await open();
      assertEquals(await productsOf(again, "ann"), ["1", "2"]);
    }));

  test("events older than the retention neither count nor are exported", async () => {
    let now = 100 * DAY;
    await withStore(async (store) => {
      await store.append([view("ann", "old", 1)]);
      now += 2 * DAY;
      await store.append([view("ann", "new", 2)]);
      assertEquals(await productsOf(store, "ann"), ["old", "new"]);
      now += DAY + 1;
      assertEquals(await productsOf(store, "ann"), ["new"]);
      assertEquals((await allEvents(store)).map(({ productId }) => productId), ["new"]);
    }, { retentionDays: 3, now: () => now });
  });

  test("events can be filtered by when they were received", async () => {
    let now = 1000;
    await withStore(async (store) => {
      await store.append([view("ann", "1", 999_999)]);
      now = 2000;
      await store.append([view("ann", "2", 1)]);
      const products = async (since: number) =>
        (await allEvents(store, since)).map(({ productId }) => productId);
      assertEquals(await products(0), ["2", "1"]);
      assertEquals(await products(2000), ["2"]);
      assertEquals(await products(2001), []);
    }, { now: () => now });
  });

  test("a forgotten user has no events, and starts over with the next one", async () => {
    let now = 1000;
    await withStore(async (store) => {
      await store.append([view("ann", "1", 1, "a"), view("ann", "2", 2), view("anna", "3", 3)]);
      await store.recordShown("ann", ["7"]);
      now = 2000;
      assertEquals(await store.forget("ann"), 2);
      const { events, forgottenAt, catalogueSequence } = await store.userState("ann");
      assertEquals({ events, forgottenAt, catalogueSequence }, {
        events: [],
        forgottenAt: 2000,
        catalogueSequence: 0,
      });
      assertEquals(await store.shownTo("ann"), []);
      assertEquals(await store.forgottenUsers(), new Map([["ann", 2000]]));
      assertEquals((await allEvents(store)).map(({ userId }) => userId), ["anna"]);
      // The event's id is forgotten as well.
      assertEquals((await store.append([view("ann", "1", 1, "a")])).stored, 1);
      assertEquals(await productsOf(store, "ann"), ["1"]);
      assertEquals(await store.forget("nobody"), 0);
    }, { now: () => now });
  });

  test("merging makes one user's events another's; their ids and purchases, too", async () => {
    let now = 1000;
    await withStore(async (store) => {
      await store.append([
        view("guest", "1", 5, "a"),
        { ...view("guest", "2", 6), type: "purchase" },
        view("ann", "3", 4),
      ]);
      await store.recordShown("guest", ["7"]);
      now = 2000;
      assertEquals(await store.merge({ from: "guest", to: "ann" }), { moved: 2 });
      assertEquals(await productsOf(store, "ann"), ["3", "1", "2"]);
      const { purchased, merges } = await store.userState("ann");
      assertEquals(purchased.map(({ productId }) => productId), ["2"]);
      assertEquals(merges, { absorbed: [{ userId: "guest", since: 0, until: 2000 }] });
      const guest = await store.userState("guest");
      assertEquals([guest.events, guest.purchased], [[], []]);
      assertEquals(guest.merges, { absorbed: [], leftAt: 2000 });
      assertEquals(await store.shownTo("guest"), []);
      assertEquals((await allEvents(store)).map(({ userId }) => userId), ["ann", "ann", "ann"]);
      // The id is Ann's now, and free again for the guest.
      assertEquals((await store.append([view("ann", "1", 5, "a")])).duplicates, 1);
      assertEquals((await store.append([view("guest", "4", 7, "a")])).stored, 1);
    }, { now: () => now });
  });

  test("merging again moves what came since, and drops events whose ids are there", async () => {
    let now = 1000;
    await withStore(async (store) => {
      await store.append([view("guest", "1", 1, "a")]);
      assertEquals(await store.merge({ from: "guest", to: "ann" }), { moved: 1 });
      now = 2000;
      assertEquals(await store.merge({ from: "guest", to: "ann" }), { moved: 0 });
      await store.append([view("guest", "1", 1, "a"), view("guest", "2", 2)]);
      now = 3000;
      assertEquals(await store.merge({ from: "guest", to: "ann" }), { moved: 1 });
      assertEquals(await productsOf(store, "ann"), ["1", "2"]);
      const counts = await store.counts({ from: 0, to: 10 });
      assertEquals(counts.map(({ productId }) => productId).toSorted(), ["1", "2"]);
      assertEquals(counts.map(({ count }) => count), [1, 1]);
      const tallies = (await store.tallies(0)).filter(({ count }) => count > 0);
      assertEquals(tallies.map(({ count }) => count), [1, 1]);
      const { merges } = await store.userState("ann");
      assertEquals(merges, { absorbed: [{ userId: "guest", since: 0, until: 3000 }] });
      // A second person on the same device.
      await store.append([view("guest", "3", 3)]);
      now = 4000;
      assertEquals(await store.merge({ from: "guest", to: "bob" }), { moved: 1 });
      assertEquals((await store.userState("bob")).merges, {
        absorbed: [{ userId: "guest", since: 3000, until: 4000 }],
      });
      assertEquals(await productsOf(store, "ann"), ["1", "2"]);
    }, { now: () => now });
  });

  test("users who were merged away take no others in, and go nowhere with others", () =>
    withStore(async (store) => {
      await store.merge({ from: "guest", to: "ann" });
      assertEquals(await store.merge({ from: "bob", to: "guest" }), { targetIn: "ann" });
      assertEquals(await store.merge({ from: "ann", to: "bob" }), { absorbs: "guest" });
      assertEquals((await store.userState("bob")).merges, { absorbed: [] });
    }));

  test("whoever of two merged users is forgotten, the merged events are", async () => {
    for (const forgotten of ["guest", "ann"]) {
      let now = 1000;
      await withStore(async (store) => {
        await store.append([view("guest", "1", 1, "a"), view("guest", "2", 2)]);
        await store.append([view("ann", "3", 3)]);
        await store.merge({ from: "guest", to: "ann" });
        now = 2000;
        assertEquals(await store.forget(forgotten), forgotten === "ann" ? 3 : 2);
        assertEquals(await productsOf(store, "ann"), forgotten === "ann" ? [] : ["3"]);
        assertEquals((await store.userState("ann")).merges, { absorbed: [] });
        assertEquals((await store.userState("guest")).merges, { absorbed: [] });
        // Files have the guest's events under their own name.
        const others = forgotten === "ann" ? [["ann", 2000], ["guest", 1000]] as const : [];
        assertEquals(
          await store.forgottenUsers(),
          new Map(others.length > 0 ? others : [["guest", 2000]]),
        );
        const left = (await store.tallies(0)).filter(({ count }) => count > 0);
        assertEquals(left.map(({ productId }) => productId), forgotten === "ann" ? [] : ["3"]);
        assertEquals((await store.append([view("ann", "1", 1, "a")])).stored, 1);
      }, { now: () => now });
    }
  });

  test("merging holds for the longest ids, many events and other processes", () =>
    withPlace(async (open) => {
      using store = await open();
      using other = await open();
      const long = (start: string) => start.padEnd(256, "語");
      const events = Array.from(
        { length: 60 },
        (_, i) => ({
          ...view(long("guest"), long(`p${i}`), i, long(`e${i}`)),
          type: "purchase" as const,
        }),
      );
      await store.append(events);
      assertEquals((await productsOf(other, long("ann"))).length, 0);
      assertEquals(await store.merge({ from: long("guest"), to: long("ann") }), { moved: 60 });
      assertEquals((await productsOf(other, long("ann"))).length, 60);
      assertEquals((await other.userState(long("ann"))).purchased.length, 60);
      assertEquals(await store.forget(long("guest")), 60);
    }));

  test("a forgotten user's events no longer count, others' do", () =>
    withStore(async (store) => {
      const sale = { productId: "7", type: "purchase", time: 5 * DAY } as const;
      // Of the same second, product and type, many of one user and one of another.
      await store.append(Array.from({ length: 40 }, () => ({ ...sale, userId: "ann" })));
      await store.append([{ ...sale, userId: "bob" }, { ...sale, userId: "ann", type: "view" }]);
      const counted = { productId: "7", type: "purchase", count: 41 } as const;
      const seen = { productId: "7", type: "view", count: 1 } as const;
      const day = { from: 5 * DAY / 1000, to: 6 * DAY / 1000 };
      assertEquals(await store.tallies(5), [counted, seen]);
      assertEquals(await store.counts(day), [counted, seen]);
      assertEquals(await store.forget("ann"), 41);
      const left = (await store.tallies(5)).filter(({ count }) => count > 0);
      assertEquals(left, [{ ...counted, count: 1 }]);
      assertEquals(await store.counts(day), [{ ...counted, count: 1 }]);
      // Nothing is subtracted from counts that aren't kept any more.
      assertEquals(await store.forget("ann"), 0);
      assertEquals(await store.tallies(4), []);
    }, { now: () => 6 * DAY }));

  test("rules are set, replaced and deleted, and every process learns of it", () =>
    withPlace(async (open) => {
      using store = await open();
      using other = await open();
      const cap: ShopRule = { cap: { by: "brand", most: 2 } };
      const pin: ShopRule = { pin: { productId: "7", position: 1 }, until: 2_000_000_000_000 };
      assertEquals(await store.rules(), new Map());
      await store.changeRule("pin", cap);
      await store.changeRule("cap", cap);
      await store.changeRule("pin", pin);
      assertEquals([...await other.rules()], [["cap", cap], ["pin", pin]]);
      assertEquals((await other.userState("ann")).catalogueSequence, 3);
      await other.changeProduct("1", { price: 5 });
      await other.changeRule("cap", undefined);
      await other.changeRule("none", undefined);
      assertEquals([...await store.rules()], [["pin", pin]]);
      assertEquals(await store.productChanges(2), {
        sequence: 6,
        products: new Map([["1", { price: 5 }]]),
      });
    }));

  test("a change of a product keeps the fields it omits", () =>
    withStore(async (store) => {
      assertEquals(await store.productChanges(), { sequence: 0, products: new Map() });
      await store.changeProduct("1", { price: 5, inStock: false });
      await store.changeProduct("2", { brand: "irisk" });
      await store.changeProduct("1", { inStock: true });
      const one = { price: 5, inStock: true };
      const all = new Map<string, object>([["1", one], ["2", { brand: "irisk" }]]);
      assertEquals(await store.productChanges(), { sequence: 3, products: all });
      assertEquals(await store.productChanges(2), { sequence: 3, products: new Map([["1", one]]) });
      assertEquals(await store.productChanges(3), { sequence: 3, products: new Map() });
      assertEquals(await store.productChanges(99), { sequence: 3, products: all });
      assertEquals(await store.catalogueSequence(), 3);
      assertEquals((await store.userState("ann")).catalogueSequence, 3);
    }));

  test("many products are changed at once, in their order", () =>
    withStore(async (store) => {
      await store.changeProduct("7", { brand: "irisk" });
      const title = "t".repeat(500);
      const changes = new Map(
        Array.from({ length: 1000 }, (_, i) => [`${i}`, { title, price: i }] as const),
      );
      await store.changeProducts(changes);
      const { sequence, products } = await store.productChanges();
      assertEquals([sequence, products.size], [1001, 1000]);
      assertEquals(products.get("7"), { brand: "irisk", title, price: 7 });
      assertEquals(
        (await store.productChanges(1000)).products,
        new Map([["999", changes.get("999")!]]),
      );
      await store.changeProducts(new Map());
      assertEquals(await store.catalogueSequence(), 1001);
    }));

  test("concurrent changes of products are all counted", () =>
    withStore(async (store) => {
      await Promise.all(
        Array.from({ length: 20 }, (_, i) => store.changeProduct(`${i % 4}`, { price: i })),
      );
      const { sequence, products } = await store.productChanges(1);
      assertEquals(sequence, 20);
      assertEquals(products.size, 4);
    }));

  test("events are counted by day, product and type", () =>
    withStore(async (store) => {
      const bought: NewEvent = { userId: "ann", productId: "1", type: "purchase", time: 3 * DAY };
      await store.append([view("ann", "1", DAY), view("bob", "1", DAY + 5), bought]);
      await store.append([view("ann", "1", DAY + 9)]);
      assertEquals(await store.tallies(1), [{ productId: "1", type: "view", count: 3 }]);
      assertEquals(await store.tallies(2), []);
      assertEquals(await store.tallies(3), [{ productId: "1", type: "purchase", count: 1 }]);
    }));

  test("events are counted by the second, up to the latest that has happened", () =>
    withStore(async (store) => {
      assertEquals(await store.latestSecond(), undefined);
      const cart: NewEvent = { userId: "ann", productId: "1", type: "cart", time: 7000 };
      await store.append([view("ann", "1", 5000), view("bob", "1", 5999), view("bob", "2", 6000)]);
      await store.append([cart, view("ann", "1", 9000)]);
      assertEquals(await store.counts({ from: 5, to: 6 }), [
        { productId: "1", type: "view", count: 2 },
      ]);
      const counts = await store.counts({ from: 6, to: 8 });
      assertEquals(counts.toSorted((a, b) => a.productId < b.productId ? -1 : 1), [
        { productId: "1", type: "cart", count: 1 },
        { productId: "2", type: "view", count: 1 },
      ]);
      assertEquals(await store.latestSecond(), 7);
    }, { now: () => 8000 }));

  test("tallies older than 90 days are deleted when the store is opened", () =>
    withPlace(async (open) => {
      {
        using store = await open({ now: () => 10 * DAY });
        await store.append([view("ann", "1", 9 * DAY), view("ann", "1", 10 * DAY)]);
      }
      using store = await open({ now: () => 100 * DAY });
      const lengths = await Promise.all([9, 10].map((day) => store.tallies(day)));
      assertEquals(lengths.map(({ length }) => length), [0, 1]);
      assertEquals((await allEvents(store)).length, 2);
    }));

  test("what a user was shown is kept for a day", async () => {
    let now = 1000;
    await withStore(async (store) => {
      await store.recordShown("ann", ["1", "2"]);
      now += DAY;
      await store.recordShown("ann", ["1"]);
      assertEquals(await store.shownTo("ann"), [["1", 1000], ["2", 1000], ["1", now]]);
      now += 1;
      assertEquals(await store.shownTo("ann"), [["1", now - 1]]);
      assertEquals(await store.shownTo("bob"), []);
    }, { now: () => now });
  });

  test("purchases are remembered beyond the newest 200 events until they expire", async () => {
    let now = 10 * DAY;
    await withStore(async (store) => {
      await store.append([{ ...view("ann", "bought", 1), type: "purchase" }]);
      now += DAY;
      await store.append(Array.from({ length: 200 }, (_, i) => view("ann", `${i}`, 2 + i)));
      const { events, purchased, until } = await store.userState("ann");
      assertEquals([events.length, until], [200, 12 * DAY]);
      assertEquals(purchased, [{ productId: "bought", received: 10 * DAY }]);
      assertEquals((await store.eventsOf("ann")).length, 201);
      now = 12 * DAY + 1;
      assertEquals((await store.userState("ann")).purchased, []);
      assertEquals((await store.eventsOf("ann")).length, 200);
    }, { retentionDays: 2, now: () => now });
  });

  test("every kind of write changes the version in every process, reading doesn't", () =>
    withPlace(async (open) => {
      using one = await open();
      using other = await open();
      const known = async (store: EventStore) => {
        while (store.version() === undefined) await new Promise((done) => setTimeout(done, 1));
        return store.version();
      };
      for (
        const write of [
          () => one.append([view("ann", "1")]),
          () => one.changeProduct("1", { price: 2 }),
          () => one.recordShown("ann", ["1"]),
          () => one.forget("ann"),
        ]
      ) {
        const before = [await known(one), await known(other)];
        await one.userState("ann");
        await one.shownTo("ann");
        assertEquals([await known(one), await known(other)], before);
        await write();
        assert(one.version() !== before[0] && other.version() !== before[1], `${write}`);
      }
    }));

  test("texts may hold any character", () =>
    withStore(async (store) => {
      const odd = "\0 \x1b \x1b0 \\u0000 % ' \" \\ 語 😀";
      await store.append([{ ...view(odd, odd, 1, odd), session: odd }]);
      const [event] = await store.eventsOf(odd);
      assertEquals({ ...event, received: 0 }, {
        ...view(odd, odd, 1, odd),
        eventId: odd,
        session: odd,
        received: 0,
      });
      assertEquals((await store.append([view(odd, odd, 1, odd)])).duplicates, 1);
      await store.changeProduct(odd, { title: odd });
      assertEquals((await store.productChanges()).products, new Map([[odd, { title: odd }]]));
      await store.recordShown(odd, [odd]);
      assertEquals((await store.shownTo(odd)).map(([productId]) => productId), [odd]);
      assertEquals(await store.forget(odd), 1);
      assertEquals([...(await store.forgottenUsers()).keys()], [odd]);
    }));

  test("users of whom something is stored are listed by id, each once", () =>
    withStore(async (store) => {
      const odd = "~\u0000\u001b1";
      for (const userId of ["b", "a b", odd, "a", "é", "10", "a"]) {
        await store.append([view(userId, "1", 1)]);
      }
      const ids = ["10", "a", "a b", "b", odd, "é"];
      assertEquals(await store.usersAfter(), ids);
      assertEquals(await store.usersAfter({ limit: 2 }), ids.slice(0, 2));
      for (const [i, after] of ids.entries()) {
        assertEquals(await store.usersAfter({ after }), ids.slice(i + 1));
      }
      assertEquals(await store.usersAfter({ after: "a", limit: 1 }), ["a b"]);
      await store.forget("b");
      const known = await Array.fromAsync(storedUsers(store), ({ userId }) => userId);
      assertEquals(known, ids.filter((id) => id !== "b"));
      const isOmitted = (id: string) => id === "a";
      const others = storedUsers(store, { after: "10", isOmitted });
      assertEquals(await Array.fromAsync(others, ({ state }) => state.events.length), [1, 1, 1]);
    }));

  test("events are exported in pages, each once", () =>
    withStore(async (store) => {
      const events = Array.from({ length: 2500 }, (_, i) => view(`u${i % 7}`, `${i}`, i % 11));
      for (let at = 0; at < events.length; at += 500) {
        await store.append(events.slice(at, at + 500));
      }
      const exported = await allEvents(store);
      assertEquals(exported.length, 2500);
      assertEquals(new Set(exported.map(({ productId }) => productId)).size, 2500);
      const order = exported.map(({ userId, time }) =>
        `${userId} ${String(time).padStart(2, "0")}`
      );
      assertEquals(order, order.toSorted());
    }));

  const part = (from: number | undefined, positions: readonly number[]): StreamPart => ({
    stream: "events/0",
    from,
    messages: positions.map((position) => ({
      position,
      ...(position % 10 !== 3 && { event: view("ann", `${position}`, 1000 + position) }),
    })),
  });

  test("a part of a stream is stored with its position, messages without an event too", () =>
    withStore(async (store) => {
      assertEquals(await store.position("events/0"), undefined);
      assertEquals(await store.appendStream(part(undefined, [0, 1, 3])), {
        stored: 2,
        duplicates: 0,
      });
      assertEquals(await store.position("events/0"), 4);
      assertEquals(await store.position("events/1"), undefined);
      assertEquals(await store.appendStream(part(4, [13])), { stored: 0, duplicates: 0 });
      assertEquals(await store.position("events/0"), 14);
      assertEquals(await productsOf(store, "ann"), ["0", "1"]);
    }));

  test("a part of a stream that somebody else has stored is refused as a whole", () =>
    withPlace(async (open) => {
      using one = await open();
      using other = await open();
      await one.appendStream(part(undefined, [0, 1]));
      assertEquals(await other.appendStream(part(undefined, [0, 1, 2])), undefined);
      assertEquals(await other.appendStream(part(1, [1, 2])), undefined);
      assertEquals(await productsOf(other, "ann"), ["0", "1"]);
      const both = await Promise.all([
        one.appendStream(part(2, [2, 4])),
        other.appendStream(part(2, [2, 4])),
      ]);
      assertEquals(both.filter((appended) => appended !== undefined).length, 1);
      assertEquals(await productsOf(one, "ann"), ["0", "1", "2", "4"]);
    }));

  test("a long part of a stream is stored, without ids that are stored already", () =>
    withStore(async (store) => {
      await store.append([view("bob", "7", 1000, "id-250")]);
      const messages = Array.from({ length: 400 }, (_, position) => ({
        position,
        event: view("bob", `${position}`, 2000 + position, `id-${position}`),
      }));
      assertEquals(await store.appendStream({ stream: "long", from: undefined, messages }), {
        stored: 399,
        duplicates: 1,
      });
      assertEquals(await store.position("long"), 400);
      assertEquals((await store.eventsOf("bob")).length, 400);
    }));
}
