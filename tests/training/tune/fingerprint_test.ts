import { IdMap } from "../../../src/interactions/id_map.ts";
import type { Interactions } from "../../../src/interactions/interactions.ts";
import { fingerprintOf } from "../../../src/training/tune/fingerprint.ts";
import { assertEquals, assertMatch } from "../../assert.ts";
import { changingShop } from "../changing_shop.ts";

const settings = { k: 10, halfLifeDays: Infinity };

Deno.test("equal data and settings have equal fingerprints", () => {
  const first = fingerprintOf(changingShop(), settings);
  assertMatch(first, /^[0-9a-f]{64}$/);
  assertEquals(fingerprintOf(changingShop(), { ...settings }), first);
});

Deno.test("any change in data or settings changes the fingerprint", () => {
  const shop = changingShop();
  const { catalogue } = shop;
  const bump = <Numbers extends Uint32Array | Float32Array>(numbers: Numbers) => {
    const copy = numbers.slice() as Numbers;
    copy[copy.length - 1]++;
    return copy;
  };
  const others: Interactions[] = [
    { ...shop, items: bump(shop.items) },
    { ...shop, weights: bump(shop.weights) },
    { ...shop, times: bump(shop.times) },
    { ...shop, sessions: bump(shop.sessions!) },
    { ...shop, itemIds: IdMap.from(Array.from({ length: 60 }, (_, i) => `other${i}`)) },
    { ...shop, catalogue: undefined },
    { ...shop, catalogue: { ...catalogue!, price: bump(catalogue!.price) } },
    { ...shop, catalogue: { ...catalogue!, brand: { ...catalogue!.brand, values: ["x"] } } },
  ];
  const fingerprints = [
    ...[shop, ...others].map((data) => fingerprintOf(data, settings)),
    fingerprintOf(shop, { ...settings, k: 11 }),
    fingerprintOf(shop, { ...settings, halfLifeDays: 1e308 }),
  ];
  assertEquals(new Set(fingerprints).size, others.length + 3);
});
