import { NumericFields } from "../../../src/service/catalogue/numeric_fields.ts";
import { assertEquals } from "../../assert.ts";
import { withLiveShop } from "../live_shop.ts";

Deno.test("a product's new fields replace all its former ones, and no other product's", () => {
  const fields = new NumericFields();
  fields.replace(0, { margin: 3.2, weight: 100 });
  fields.replace(1, { margin: -1 });
  fields.replace(0, { margin: 4 });
  assertEquals(fields.of(0), { margin: 4 });
  assertEquals([...fields.named("margin")].toSorted(), [[0, 4], [1, -1]]);
  assertEquals(fields.names, ["margin"]);
  assertEquals(fields.named("weight").size, 0);
});

Deno.test("a shop's own numbers are answered to its program and to nobody else", () =>
  withLiveShop(async ({ get, send }) => {
    const { status, body } = await send("PUT", "/products/100", { fields: { margin: 3.2 } });
    assertEquals([status, body.fields], [200, { margin: 3.2 }]);
    const { body: priced } = await send("PUT", "/products/100", { price: 7 });
    assertEquals(priced.fields, { margin: 3.2 });
    assertEquals("fields" in await get("/products/100"), false);
    const { items } = await get("/recommend/cleo?k=5");
    assertEquals(items.some((item: object) => "fields" in item), false);
  }));

Deno.test("fields that aren't numbers, and names that no rule can hold, are refused", () =>
  withLiveShop(async ({ send }) => {
    const refusals = [{ margin: "3" }, { "my margin": 3 }, { margin: 1e13 }, [3]];
    for (const fields of refusals) {
      const { status, body } = await send("PUT", "/products/100", { fields });
      assertEquals([status, body.parameter.split(".")[0]], [400, "fields"]);
    }
  }));
