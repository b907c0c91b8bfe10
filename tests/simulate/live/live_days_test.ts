import { MS_PER_DAY } from "../../../src/base/time.ts";
import {
  type LiveEvent,
  type LiveService,
  LiveShoppers,
} from "../../../src/simulate/live/live_days.ts";
import { inventWorld } from "../../../src/simulate/live/world.ts";
import { assert, assertEquals } from "../../assert.ts";

const world = inventWorld({ shoppers: 300, products: 100, seed: 2 });
const start = Date.UTC(2019, 9, 7);

/** Shows the same products to everyone, and records what happens. */
class Recorder implements LiveService {
  readonly visits: string[] = [];
  readonly events: LiveEvent[] = [];
  readonly #productIds: readonly string[];

  constructor(productIds: readonly string[]) {
    this.#productIds = productIds;
  }

  list(userId: string) {
    return Promise.resolve({ productIds: this.#productIds, listId: `list of ${userId}` });
  }

  report(seen: { userId: string; time: number }, events: readonly LiveEvent[]) {
    this.visits.push(`${seen.userId} ${seen.time}`);
    this.events.push(...events);
    return Promise.resolve();
  }
}

async function visit(productIds: readonly string[]) {
  const service = new Recorder(productIds);
  const shoppers = new LiveShoppers(world);
  const times: number[] = [];
  const days = [];
  for (const day of [0, 1]) {
    const clock = { set: (time: number) => void times.push(time) };
    days.push(await shoppers.visit(service, { day, start, clock }));
  }
  return { service, days, times };
}

const [some, others] = [world.products.slice(0, 10), world.products.slice(50, 60)]
  .map((products) => products.map(({ id }) => id));

Deno.test("the same shoppers come at the same times, whatever they are shown", async () => {
  const [a, again, b] = [await visit(some), await visit(some), await visit(others)];
  assertEquals(a.service.visits, b.service.visits);
  assertEquals(a, again);
  assert(JSON.stringify(a.days) !== JSON.stringify(b.days));
});

Deno.test("the clock goes forwards through each day, and events follow their list", async () => {
  const { service, days, times } = await visit(some);
  assertEquals(times, times.toSorted((x, y) => x - y));
  assertEquals(times.length, days[0].lists + days[1].lists);
  assert(times[0] >= start && times.at(-1)! < start + 2 * MS_PER_DAY);
  const visited = Map.groupBy(service.visits, (visit) => visit.split(" ")[0]);
  for (const { userId, time, listId, productId } of service.events) {
    assertEquals(listId, `list of ${userId}`);
    assert(some.includes(productId));
    assert(visited.get(userId)!.some((visit) => Number(visit.split(" ")[1]) < time));
  }
});

Deno.test("a day's figures are its lists, and how many are clicked in expectation", async () => {
  const { service, days } = await visit(some);
  const [lists, expected] = (["lists", "expected"] as const).map((name) =>
    days.reduce((sum, day) => sum + day[name], 0)
  );
  assertEquals(lists, service.visits.length);
  // A list is clicked if any of its events came; each visit is at another time.
  const { size } = new Set(service.events.map(({ userId, time }) => `${userId} ${time % 10_000}`));
  // Four standard errors, at most.
  assert(Math.abs(size - expected) < 4 * Math.sqrt(lists) / 2, `${size} of ${expected}`);
  assert(expected > 0 && expected < lists);
});
