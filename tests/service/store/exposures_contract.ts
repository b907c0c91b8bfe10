/** What every store does with exposures and experiments: the suite runs against each kind. */
import { MS_PER_DAY as DAY } from "../../../src/base/time.ts";
import type { Exposure } from "../../../src/experiments/exposures/exposure.ts";
import type { Experiment } from "../../../src/service/store/entries/shop_rules.ts";
import type { EventStore } from "../../../src/service/store/event_store.ts";
import { assert, assertEquals } from "../../assert.ts";
import type { CommonOptions, StoreKind } from "./contract.ts";

function shown(userId: string, listId: string, productIds = ["7", "9"]): Exposure {
  return {
    ...{ userId, listId, at: 1000, model: "als", productIds },
    positions: productIds.map((_, i) => i + 1),
    propensities: productIds.map(() => 1),
  };
}

async function listsOf(store: EventStore): Promise<string[]> {
  const lists = await Array.fromAsync(store.exposures());
  return lists.map(({ userId, listId }) => `${userId} ${listId}`);
}

/** Defines the tests of exposures and experiments for a kind of store. */
export function testExposures({ name, withPlace, isMissing = false }: StoreKind): void {
  const test = (rule: string, fn: () => Promise<void>) =>
    Deno.test({ name: `${name}: ${rule}`, fn, ignore: isMissing });
  const withStore = (run: (store: EventStore) => Promise<void>, options?: CommonOptions) =>
    withPlace(async (open) => {
      using store = await open(options);
      await run(store);
    });

  test("what users were shown is read by user, then by list", () =>
    withStore(async (store) => {
      const all = {
        ...shown("bob", "l1"),
        ...{ placement: "home", experiment: "models", arm: "b" },
        ...{ positions: [2, 5], propensities: [1, 0.25] },
      };
      const lists = [all, shown("ann", "l2"), shown("ann", "l1", ["7\u0000語"])];
      assertEquals(await store.recordExposures(lists), { stored: 3, duplicates: 0 });
      const read = await Array.fromAsync(store.exposures());
      assertEquals(
        read,
        [lists[2], lists[1], lists[0]].map((exposure) => ({
          ...exposure,
          received: 5000,
        })),
      );
      assertEquals(await store.recordExposures([]), { stored: 0, duplicates: 0 });
    }, { now: () => 5000 }));

  test("a list that is sent again is a duplicate, and its first stays", () =>
    withStore(async (store) => {
      const [first, second] = [shown("ann", "l1"), shown("ann", "l1", ["3"])];
      assertEquals(await store.recordExposures([first, second]), { stored: 1, duplicates: 1 });
      assertEquals(await store.recordExposures([shown("ann", "l2"), second]), {
        stored: 1,
        duplicates: 1,
      });
      const [{ productIds }] = await Array.fromAsync(store.exposures());
      assertEquals(productIds, ["7", "9"]);
      // Another user's list of the same id is another list.
      assertEquals((await store.recordExposures([shown("bob", "l1")])).stored, 1);
    }));

  test("products of a list that are seen later are added to it, each once", async () => {
    let now = 1000;
    await withStore(async (store) => {
      const part = (productIds: string[], positions: number[]) => ({
        ...shown("ann", "l1", productIds),
        ...{ at: now, positions, propensities: positions.map((place) => 1 / (place + 1)) },
      });
      await store.recordExposures([part(["7", "9"], [3, 4])]);
      now = 2000;
      // Below and above what was seen, again, and at a place that another product has.
      const more = [part(["2"], [5]), part(["7", "1"], [3, 1]), part(["8", "9"], [4, 6])];
      assertEquals(await store.recordExposures(more), { stored: 1, duplicates: 2 });
      const expected = {
        ...shown("ann", "l1", ["1", "7", "9", "2"]),
        ...{ positions: [1, 3, 4, 5], propensities: [1 / 2, 1 / 4, 1 / 5, 1 / 6], received: 1000 },
      };
      assertEquals(await Array.fromAsync(store.exposures()), [expected]);
      assertEquals(await store.recordExposures(more), { stored: 0, duplicates: 3 });
      // One list is new, one is longer, and one is as it was.
      const mixed = [shown("bob", "l1"), part(["3"], [2]), shown("bob", "l1", ["7"])];
      assertEquals(await store.recordExposures(mixed), { stored: 2, duplicates: 1 });
      const [{ productIds }] = await Array.fromAsync(store.exposures());
      assertEquals(productIds, ["1", "3", "7", "9", "2"]);
      // A hundred at most.
      const ids = Array.from({ length: 100 }, (_, i) => `p${i}`);
      const places = ids.map((_, i) => i + 10);
      await store.recordExposures([part(ids, places)]);
      const [full] = await Array.fromAsync(store.exposures());
      assertEquals([full.productIds.length, full.productIds.at(-1)], [100, "p94"]);
    }, { now: () => now });
  });

  test("parts of a list that arrive at the same time are all there", () =>
    withStore(async (store) => {
      const places = Array.from({ length: 20 }, (_, i) => i + 1);
      await Promise.all(
        places.map((place) =>
          store.recordExposures([{ ...shown("ann", "l1", [`p${place}`]), positions: [place] }])
        ),
      );
      const [{ positions }, ...more] = await Array.fromAsync(store.exposures());
      assertEquals([positions, more], [places, []]);
    }));

  test("many lists with the longest ids fit, also more than a page, each once", () =>
    withStore(async (store) => {
      const long = (start: string) => start.padEnd(256, "語");
      const products = Array.from({ length: 100 }, (_, i) => long(`p${i}`));
      const lists = Array.from(
        { length: 30 },
        (_, i) => shown(long(`u${i % 3}`), `l${i}`, products),
      );
      const requests = [lists, lists, lists];
      const answers = await Promise.all(requests.map((each) => store.recordExposures(each)));
      assertEquals(answers.reduce((sum, { stored }) => sum + stored, 0), 30);
      const short = Array.from({ length: 1200 }, (_, i) => shown("ann", `l${i}`));
      assertEquals((await store.recordExposures(short)).stored, 1200);
      const read = await listsOf(store);
      assertEquals([read.length, new Set(read).size], [1230, 1230]);
    }));

  test("a list changes no user's state, so that cached lists stay", () =>
    withStore(async (store) => {
      const before = await store.userState("ann");
      await store.recordExposures([shown("ann", "l1")]);
      assertEquals(await store.userState("ann"), before);
    }));

  test("lists older than the retention aren't read", async () => {
    let now = 100 * DAY;
    await withStore(async (store) => {
      await store.recordExposures([shown("ann", "old")]);
      now += 2 * DAY;
      await store.recordExposures([shown("ann", "new")]);
      assertEquals(await listsOf(store), ["ann new", "ann old"]);
      now += DAY + 1;
      assertEquals(await listsOf(store), ["ann new"]);
    }, { retentionDays: 3, now: () => now });
  });

  test("lists of a forgotten user are deleted, and later ones are kept", async () => {
    let now = 1000;
    await withStore(async (store) => {
      await store.recordExposures([shown("ann", "l1"), shown("anna", "l1")]);
      now = 2000;
      await store.forget("ann");
      assertEquals(await listsOf(store), ["anna l1"]);
      await store.recordExposures([shown("ann", "l1")]);
      assertEquals(await listsOf(store), ["ann l1", "anna l1"]);
    }, { now: () => now });
  });

  test("merging makes one user's lists another's, each once", () =>
    withStore(async (store) => {
      await store.recordExposures(["l1", "l2"].map((list) => shown("guest", list, ["1"])));
      await store.recordExposures([shown("ann", "l2", ["2"])]);
      await store.merge({ from: "guest", to: "ann" });
      const read = await Array.fromAsync(store.exposures());
      assertEquals(read.map(({ userId, listId, productIds }) => [userId, listId, ...productIds]), [
        ["ann", "l1", "1"],
        ["ann", "l2", "2"],
      ]);
      // They belong to the guest, too, when the guest is forgotten.
      await store.forget("guest");
      assertEquals(await listsOf(store), ["ann l2"]);
    }));

  test("an event keeps the list that it came from", () =>
    withStore(async (store) => {
      const event = { userId: "ann", productId: "7", type: "view", time: 1 } as const;
      await store.append([{ ...event, listId: "l1" }, { ...event, time: 2 }]);
      assertEquals((await store.eventsOf("ann")).map(({ listId }) => listId), ["l1", undefined]);
      const all = await Array.fromAsync(store.events());
      assertEquals(all.map(({ listId }) => listId), ["l1", undefined]);
    }));

  test("all who share the store sign lists with one key", () =>
    withPlace(async (open) => {
      using store = await open();
      using other = await open();
      const keys = await Promise.all([store.listKey(), other.listKey(), store.listKey()]);
      assertEquals(new Set(keys).size, 1);
      assert(keys[0].length >= 32, keys[0]);
    }));

  test("experiments are set, replaced and deleted, and every process learns of it", () =>
    withPlace(async (open) => {
      using store = await open();
      using other = await open();
      const arms = [{ name: "a", share: 0.5 }, { name: "b", share: 0.5, model: "als" }];
      const plan: Experiment = { layer: "lists", from: 0, share: 1, rampDays: 0, arms };
      const half = { ...plan, share: 0.5 };
      assertEquals(await store.experiments(), new Map());
      await store.changeExperiment("b", plan);
      await store.changeExperiment("a", plan);
      await store.changeExperiment("b", half);
      assertEquals([...await other.experiments()], [["a", plan], ["b", half]]);
      assertEquals((await other.userState("ann")).catalogueSequence, 3);
      await other.changeExperiment("a", undefined);
      assertEquals([...await store.experiments()], [["b", half]]);
      assertEquals(await store.catalogueSequence(), 4);
    }));
}
