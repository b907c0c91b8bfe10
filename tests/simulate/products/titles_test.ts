import { titleOf } from "../../../src/simulate/products/titles.ts";
import { assertEquals } from "../../assert.ts";

const polish = { brand: "zurivel", category: 0, code: "", series: 25, variant: 0 };

Deno.test("a title has brand, series, kind and variant", () => {
  assertEquals(titleOf(polish), "Zurivel Vrivri nail polish (rose)");
  assertEquals(titleOf({ ...polish, brand: "" }), "Vrivri nail polish (rose)");
});

Deno.test("products of a series differ in their variant alone", () => {
  const titles = [0, 15, 16, 32].map((variant) => titleOf({ ...polish, variant }));
  const [first] = titles;
  assertEquals(titles, [
    first,
    ...["smoke", "rose 2", "rose 3"].map((variant) => first.replace("rose", variant)),
  ]);
});

Deno.test("a category with a path names its products", () => {
  const code = "appliances.environment.air_conditioner";
  assertEquals(titleOf({ ...polish, code }), "Zurivel Vrivri air conditioner (rose)");
});
