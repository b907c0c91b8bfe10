import { figureRows } from "../../../../scripts/lib/tables/profile_table.ts";
import { REAL_FIGURES } from "../../../../src/simulate/mod.ts";
import { assert, assertEquals } from "../../../assert.ts";

const shop = {
  ...REAL_FIGURES,
  rows: 300_000,
  meanPrice: 2 * REAL_FIGURES.meanPrice,
  buyerShare: 0.0135,
  gapSeconds: { median: 17, p90: 1234.4, p99: NaN },
};
const rows = new Map(figureRows(shop, REAL_FIGURES).map(([name, ...rest]) => [name, rest]));

Deno.test("figures are shown side by side with their difference", () => {
  assertEquals(rows.get("mean price"), ["17.06", "8.53", "+100%"]);
  assertEquals(rows.get("users who ever buy"), ["1.35%", "6.75%", "-80%"]);
  assertEquals(rows.get("seconds between events: median"), ["17", "17", "0%"]);
  assertEquals(rows.get("seconds between events: 90th percentile"), ["1,234", "174", "+609%"]);
  assertEquals(rows.get("price, cart: median"), ["3.16", "3.16", "0%"]);
});

Deno.test("requested sizes and undefined figures have no difference", () => {
  assertEquals(rows.get("rows"), ["300,000", "20,692,840", ""]);
  assertEquals(rows.get("seconds between events: 99th percentile")?.at(-1), "");
});

Deno.test("every figure has a unique name", () => {
  assert(rows.size > 80);
  assertEquals(rows.size, figureRows(shop, REAL_FIGURES).length);
});
