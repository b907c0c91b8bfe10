/** Changing many products at once, and deleting them. */
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { withLiveShop } from "./live_shop.ts";

/** The ids of a list. */
function idsOf({ items }: { items: { productId: string }[] }): string[] {
  return items.map(({ productId }) => productId);
}

Deno.test("products are changed together, by a JSON array or by lines", () =>
  withLiveShop(async ({ get, send }) => {
    const array = [
      { productId: "100", price: 3 },
      { productId: "new", brand: "runail", price: 5 },
      { productId: "new", title: "Polish" },
    ];
    assertEquals(await send("PUT", "/products", array), {
      status: 200,
      body: { changed: 2, added: 1 },
    });
    const { price, title, brand } = await get("/products/new");
    assertEquals([price, title, brand], [5, "Polish", "runail"]);
    assertEquals((await get("/products/100")).price, 3);
    const lines = '{"productId":"100","inStock":false}\n{"productId":"new","price":6}\n';
    assertEquals((await send("PUT", "/products", lines)).body, { changed: 2, added: 0 });
    assertEquals((await get("/products/new")).price, 6);
    assert(!idsOf(await get("/popular?k=50")).includes("100"));
    const one = await send("PUT", "/products", { productId: "other" });
    assertEquals(one.body, { changed: 1, added: 1 });
  }));

Deno.test("if one product is invalid, none is changed, and each fault is named by its index", () =>
  withLiveShop(async ({ get, send }) => {
    const before = await get("/products/100");
    const { status, body } = await send("PUT", "/products", [
      { productId: "100", price: 3 },
      { productId: "200", price: -1 },
      { price: 3 },
      { productId: "300", colour: "red" },
    ]);
    assertEquals(status, 400);
    assertStringIncludes(body.detail, "Nothing was changed: 3 of 4 products can't be stored");
    assertStringIncludes(body.detail, 'index 1: Parameter "price" must be');
    assertEquals(body.refused.map(({ index }: { index: number }) => index), [1, 2, 3]);
    assertEquals(await get("/products/100"), before);
  }));

Deno.test("bodies without products, with too many or malformed ones are refused", () =>
  withLiveShop(async ({ send }) => {
    const many = Array.from({ length: 1001 }, (_, i) => ({ productId: `${i}` }));
    const cases: [body: unknown, status: number, detail: string][] = [
      ["[]", 400, "must hold at least one product, got an empty list"],
      [many, 413, "at most 1000 products, got 1001"],
      ["{", 400, "JSON"],
      ['{"productId":"1"}\n{"productId":', 400, "index 1: The line must be a JSON object"],
    ];
    for (const [sent, status, detail] of cases) {
      const answer = await send("PUT", "/products", sent);
      assertEquals(answer.status, status);
      assertStringIncludes(answer.body.detail, detail);
    }
  }));

Deno.test("a deleted product is in no list until PUT brings it back", () =>
  withLiveShop(async ({ get, send }) => {
    const [first] = idsOf(await get("/recommend/cleo?k=1"));
    for (const productId of ["100", first]) {
      assertEquals(await send("DELETE", `/products/${productId}`), {
        status: 200,
        body: { productId },
      });
      const missing = await send("DELETE", `/products/${productId}`);
      assertEquals(missing.status, 404);
      assertStringIncludes(missing.body.detail, "PUT /products/{productId} brings it back");
      for (
        const path of [
          "/recommend/cleo?k=50&exclude=none",
          "/recommend/nobody?k=50",
          "/popular?k=50",
          "/similar/500?k=50",
          "/products?limit=100",
        ]
      ) assert(!idsOf(await get(path)).includes(productId), `${path} ${productId}`);
      const session = { events: [{ productId, type: "view" }], k: 50 };
      const visit = await send("POST", "/recommend", session);
      assertEquals([visit.status, idsOf(visit.body).includes(productId)], [200, false]);
      const { body: ranked } = await send("POST", "/rank", {
        productIds: ["500", productId],
        userId: "cleo",
      });
      assertEquals([idsOf(ranked), ranked.unknown], [["500"], [productId]]);
    }
    const back = await send("PUT", "/products/100", { price: 9 });
    assertEquals([back.status, back.body.price], [201, 9]);
    assert(idsOf(await get("/popular?k=50")).includes("100"));
    assertEquals((await send("PUT", "/products", { productId: first })).body.added, 1);
    assertEquals(idsOf(await get("/recommend/cleo?k=1")), [first]);
  }));

Deno.test("a deleted product that comes back has the facts of its PUT alone", () =>
  withLiveShop(async ({ get, send }) => {
    const whole = {
      brand: "runail",
      category: "accessories.bag",
      categoryId: "17",
      price: 8,
      title: "Bag",
      imageUrl: "https://shop.test/1.png",
      url: "https://shop.test/1",
      inStock: false,
      fields: { margin: 2 },
    };
    const blank = { brand: "unknown", category: "unknown", price: 0, inStock: true };
    // One of the artifact's, one that was added.
    for (const productId of ["100", "added"]) {
      await send("PUT", `/products/${productId}`, whole);
      await send("DELETE", `/products/${productId}`);
      const one = await send("PUT", `/products/${productId}`, {});
      assertEquals(one, { status: 201, body: { productId, ...blank } });
      // From then on omitted fields keep their values again.
      await send("PUT", `/products/${productId}`, { title: "Purse" });
      await send("PUT", `/products/${productId}`, { price: 5 });
      assertEquals(await get(`/products/${productId}`), {
        ...{ productId, ...blank },
        ...{ title: "Purse", price: 5 },
      });
      await send("DELETE", `/products/${productId}`);
      const lines = [{ productId, brand: "kapous" }, { productId, price: 6 }];
      assertEquals((await send("PUT", "/products", lines)).body, { changed: 1, added: 1 });
      assertEquals(await get(`/products/${productId}`), {
        ...{ productId, ...blank },
        ...{ brand: "kapous", price: 6 },
      });
    }
    assertEquals(await get("/products?query=bag"), { total: 0, items: [] });
  }));

Deno.test("unknown products can't be deleted, and strangers change nothing", () =>
  withLiveShop(async ({ send, ask }) => {
    const { status, body } = await send("DELETE", "/products/nothing");
    assertEquals(status, 404);
    assertStringIncludes(body.detail, "No product has this id");
    const stranger = (method: string, path: string) =>
      ask(path, { method, headers: {}, ...(method === "PUT" && { body: '{"productId":"1"}' }) });
    for (const [method, path] of [["PUT", "/products"], ["DELETE", "/products/100"]]) {
      const answer = await stranger(method, path);
      await answer.body?.cancel();
      assertEquals(answer.status, 401);
    }
  }));
