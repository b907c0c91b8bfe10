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

Deno.test("a day's figures count lists, those clicked and what was bought", async () => {
  const { service, days } = await visit(some);
  const total = (name: "lists" | "clicked" | "expected" | "revenue") =>
    days[0][name] + days[1][name];
  assertEquals(total("lists"), service.visits.length);
  const revenue = service.events.reduce((sum, { price = 0 }) => sum + price, 0);
  assert(Math.abs(total("revenue") - revenue) < 1e-9);
  assert(total("expected") > 0 && total("expected") < total("lists"));
  assert(total("clicked") > 0);
});
