import { InputError } from "../../../src/base/input_error.ts";
import { mean } from "../../../src/base/statistics.ts";
import { attraction, inventWorld } from "../../../src/simulate/live/world.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";

Deno.test("the same seed gives the same world, another seed another one", () => {
  const options = { shoppers: 5, products: 40, seed: 7 };
  assertEquals(inventWorld(options), inventWorld(options));
  assert(
    inventWorld(options).products[0].price !==
      inventWorld({ ...options, seed: 8 }).products[0].price,
  );
});

Deno.test("shoppers are attracted by their niches, the favourite most, and by quality", () => {
  const world = inventWorld({ shoppers: 200, products: 200, seed: 1 });
  const average = (rank: number) =>
    mean(world.shoppers.map((shopper) => {
      const products = world.niches[shopper.niches[rank]];
      return mean(products.map((product) => attraction(world, shopper, product)));
    }));
  const everywhere = mean(
    world.shoppers.map((shopper) =>
      mean(world.products.map((product) => attraction(world, shopper, product)))
    ),
  );
  assert(average(0) > average(1) && average(1) > average(2) && average(2) > everywhere);
  const [shopper] = world.shoppers, [product] = world.products;
  assert(
    attraction(world, shopper, { ...product, quality: 1 }) >
      attraction(world, shopper, { ...product, quality: 0 }),
  );
  // A product that nobody knows anything of: logistic(−4.6 ± 0.6).
  const strange = { ...product, niche: -1, quality: 0 };
  const chance = attraction(world, shopper, strange);
  assert(chance >= 1 / (1 + Math.exp(5.2)) && chance <= 1 / (1 + Math.exp(4)), `${chance}`);
});

Deno.test("a world needs shoppers and products", () => {
  assertThrows(() => inventWorld({ shoppers: 0 }), InputError, "shoppers must be a whole number");
  assertThrows(() => inventWorld({ products: 19 }), InputError, "products must be a whole number");
});
