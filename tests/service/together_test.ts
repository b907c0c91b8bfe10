/** What goes with a product or a basket; scores are worked out in `complements_test.ts`. */
import { type Artifact, loadArtifact } from "../../src/artifact/load.ts";
import { saveArtifact } from "../../src/artifact/save.ts";
import { withFolder } from "../temp_folder.ts";
import { tinyAlgorithms, tinyContents } from "../artifact/tiny_shop.ts";
import type { ArtifactContents } from "../../src/artifact/write_contents.ts";
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { idsOf, withLiveShop } from "./live_shop.ts";

Deno.test("a product brings what is bought with it, without its alternatives", () =>
  withLiveShop(async ({ get }) => {
    const list = await get("/together/100");
    assertEquals(idsOf(list), ["200", "300", "400"]);
    assertEquals([list.productIds, list.unknown, list.strategy], [["100"], [], "together"]);
    assertEquals(list.items.map(({ source }: { source: string }) => source), [
      "pair",
      "pair",
      "category",
    ]);
    // 200 and 400 were in one basket, but are alternatives.
    assertEquals(await get("/together/200?format=ids"), ["100", "300"]);
  }));

Deno.test("a basket brings what goes with all of it", () =>
  withLiveShop(async ({ send }) => {
    const { body } = await send("POST", "/together", { productIds: ["300", "400"], k: 1 });
    assertEquals(idsOf(body), ["100"]);
  }));

Deno.test("an explanation says in how many baskets and how much above chance", () =>
  withLiveShop(async ({ send }) => {
    const { body } = await send("POST", "/together", {
      productIds: ["300", "100"],
      explain: true,
      k: 1,
    });
    assertEquals(body.items[0].productId, "200");
    assertEquals(
      body.items[0].because.map(({ productId, baskets }: {
        productId: string;
        baskets: number;
      }) => [productId, baskets]),
      [["100", 2], ["300", 1]],
    );
    // (2 + 20 · 2 · 3/9) / 23 / (3/9) = 2
    assertEquals(body.items[0].because[0].lift, 2);
  }));

Deno.test("filters, stock, k and offset hold", () =>
  withLiveShop(async ({ get, send }) => {
    assertEquals(await get("/together/100?format=ids&notBrand=runail"), ["200", "400"]);
    assertEquals(await get("/together/100?format=ids&not=200&k=1"), ["300"]);
    assertEquals(await get("/together/100?format=ids&offset=1&k=1"), ["300"]);
    await send("PUT", "/products/200", { inStock: false });
    assertEquals(await get("/together/100?format=ids"), ["300", "400"]);
  }));

Deno.test("a product that was added since is judged by its category", () =>
  withLiveShop(async ({ get, send }) => {
    await send("PUT", "/products/new", { category: "accessories.bag" });
    const list = await get("/together/new");
    // Bags go with 200 and 400; 100 and 300 are only popular.
    assertEquals([idsOf(list), list.strategy], [["200", "100", "300", "400"], "mixed"]);
    await send("PUT", "/products/strange", { category: "boats" });
    assertEquals((await get("/together/strange")).strategy, "popular");
  }));

Deno.test("unknown products of a basket are named; alone they bring what is popular", () =>
  withLiveShop(async ({ ask, send }) => {
    const some = await send("POST", "/together", { productIds: ["none", "100"] });
    assertEquals([some.body.unknown, some.body.strategy], [["none"], "together"]);
    const { body } = await send("POST", "/together", { productIds: ["none"] });
    assertEquals([idsOf(body), body.strategy], [["100", "200", "300", "400"], "popular"]);
    const response = await ask("/together/none");
    assertEquals(response.status, 404);
    assertStringIncludes((await response.json()).detail, "No product has this id");
  }));

for (
  const [body, parameter] of [
    [{}, "productIds"],
    [{ productIds: [] }, "productIds"],
    [{ productIds: ["1", "1"] }, "productIds[1]"],
    [{ productIds: Array.from({ length: 101 }, (_, i) => `${i}`) }, "productIds"],
    [{ productIds: ["1"], k: 0 }, "k"],
    [{ productIds: ["1"], minPrice: 3, maxPrice: 2 }, "minPrice"],
    [{ productIds: ["1"], model: "als" }, "model"],
  ] as const
) {
  Deno.test(`${JSON.stringify(body).slice(0, 50)} is refused`, () =>
    withLiveShop(async ({ send }) => {
      const answer = await send("POST", "/together", body);
      assertEquals([answer.status, answer.body.parameter], [400, parameter]);
    }));
}

/** The tiny shop's artifact with another table, or none. */
async function withTable(
  complements: ArtifactContents["complements"],
  run: (artifact: Artifact) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    await saveArtifact(folder, tinyContents({ complements }));
    await run(await loadArtifact(folder, { algorithms: tinyAlgorithms }));
  });
}

for (
  const [complements, why] of [
    [{ absent: "the events have 3 baskets" }, "the events have 3 baskets; train again"],
    [undefined, "an earlier version of the program made it"],
  ] as const
) {
  Deno.test(`an artifact without a table says so: ${why}`, () =>
    withTable(complements, (artifact) =>
      withLiveShop(async ({ send, get }) => {
        assertEquals(idsOf(await get("/similar/100")).length > 0, true);
        for (
          const [method, path, body] of [
            ["POST", "/together", { productIds: ["100"] }],
            ["GET", "/together/100", undefined],
          ] as const
        ) {
          const answer = await send(method, path, body);
          assertEquals(answer.status, 404);
          assertStringIncludes(answer.body.detail, why);
        }
      }, { artifact })));
}
