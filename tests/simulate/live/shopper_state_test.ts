import { createRandom } from "../../../src/linalg/random.ts";
import { examination, ShopperState } from "../../../src/simulate/live/shopper_state.ts";
import { attraction, inventWorld } from "../../../src/simulate/live/world.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";

const world = inventWorld({ shoppers: 50, products: 100, seed: 3 });
const [shopper] = world.shoppers;
const favourites = world.niches[shopper.niches[0]].slice(0, 10);
const list = favourites.map(({ id }) => id);
/** Draws whatever doesn't happen. */
const never = { ...createRandom(1), next: () => 1 - 1e-12 };

Deno.test("lower places are looked at less: place j with the chance j to the power of −0.7", () => {
  assertEquals(examination(1), 1);
  assertAlmostEquals(examination(2), 0.6155722, 1e-6);
  const state = new ShopperState(world, shopper);
  const [first] = favourites;
  const own = attraction(world, shopper, first);
  assertEquals(state.clickChance(first, 1), own);
  assertAlmostEquals(state.clickChance(first, 10), own * 0.1995262, 1e-6);
});

Deno.test("the true chance of a click is one minus that of none at any place", () => {
  const state = new ShopperState(world, shopper);
  const chances = favourites.slice(0, 2).map((product, i) => state.clickChance(product, i + 1));
  const { clickChance, acts } = state.look(list.slice(0, 2), never);
  assertAlmostEquals(clickChance, 1 - (1 - chances[0]) * (1 - chances[1]), 1e-12);
  assertEquals(acts, []);
  assertEquals(new ShopperState(world, shopper).look(["unknown"], never).clickChance, 0);
});

Deno.test("clicks come as often as their true chances say", () => {
  const random = createRandom(5);
  let clicked = 0, expected = 0;
  for (let run = 0; run < 5000; run++) {
    const { acts, clickChance } = new ShopperState(world, shopper).look(list, random);
    if (acts.length > 0) clicked++;
    expected += clickChance;
  }
  // Four standard errors.
  const { clickChance } = new ShopperState(world, shopper).look(list, never);
  assert(Math.abs(clicked - expected) < 4 * Math.sqrt(5000 * clickChance * (1 - clickChance)));
});

Deno.test("shoppers tire of what they don't click, until the next week", () => {
  const state = new ShopperState(world, shopper);
  const [first] = favourites;
  const fresh = state.clickChance(first, 1);
  state.look([first.id], never);
  assertAlmostEquals(state.clickChance(first, 1), 0.8 * fresh, 1e-12);
  state.beginWeek(0);
  assertAlmostEquals(state.clickChance(first, 1), 0.8 * fresh, 1e-12);
  state.beginWeek(1);
  assertEquals(state.clickChance(first, 1), fresh);
});

Deno.test("nobody buys a product twice, or spends more than their budget in a week", () => {
  const always = { ...createRandom(1), next: () => 0 };
  for (const shopper of world.shoppers) {
    const state = new ShopperState(world, shopper);
    const ids = world.products.map(({ id }) => id);
    const bought = (): [string, number][] =>
      state.look(ids, always).acts.filter(({ type }) => type === "purchase")
        .map(({ productId, price = NaN }) => [productId, price]);
    const [first, again] = [bought(), bought()];
    const spent = [...first, ...again].reduce((sum, [, price]) => sum + price, 0);
    assert(spent <= shopper.budget, `${spent} of ${shopper.budget}`);
    state.beginWeek(1);
    const all = [...first, ...again, ...bought()].map(([id]) => id);
    assertEquals(new Set(all).size, all.length);
  }
});
