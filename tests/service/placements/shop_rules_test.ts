/** Rules that the shop puts. By affinity ann's new products are 500 (16), 300 (10), 400 (7). */
import { API_TOKEN, idsOf, withLiveShop } from "../live_shop.ts";
import { createHandler } from "../../../src/service/handler.ts";
import { assertEquals, assertStringIncludes } from "../../assert.ts";
import { askerOf, protectedBy } from "../live_shop.ts";

const options = {
  placements: {
    placements: {
      home: { strategy: "personal" },
      email: { strategy: "personal", rules: ["filed"] },
    },
    rules: { filed: { pin: { productId: "300", position: 1 } } },
    segments: { buyers: { events: { purchase: { min: 1 } } } },
  },
} as unknown as Parameters<typeof withLiveShop>[1];

const irisk = { boost: { factor: 10, brand: ["irisk"] } };

Deno.test("a rule without a scope holds for all lists of users and visitors until deleted", () =>
  withLiveShop(async ({ get, send }) => {
    const before = await get("/recommend/ann");
    assertEquals(idsOf(before), ["500", "300", "400"]);
    const { status, body } = await send("PUT", "/rules/irisk", irisk);
    assertEquals([status, body], [200, { name: "irisk", ...irisk, warnings: [] }]);
    // 400: 7 · 10 = 70.
    assertEquals(idsOf(await get("/recommend/ann")), ["400", "500", "300"]);
    assertEquals(idsOf(await get("/recommend/ann?placement=home")), ["400", "500", "300"]);
    assertEquals(idsOf((await send("POST", "/recommend/ann", {})).body), ["400", "500", "300"]);
    const events = [{ productId: "100", type: "view" }, { productId: "200", type: "purchase" }];
    assertEquals(idsOf((await send("POST", "/recommend", { events })).body), [
      "400",
      "500",
      "300",
    ]);
    assertEquals((await send("DELETE", "/rules/irisk")).body, { name: "irisk" });
    assertEquals(await get("/recommend/ann"), before);
  }, options));

Deno.test("a rule holds for its placements alone, after the placement's own", () =>
  withLiveShop(async ({ get, send }) => {
    await send("PUT", "/rules/pin", {
      placements: ["email"],
      pin: { productId: "400", position: 1 },
    });
    assertEquals(idsOf(await get("/recommend/ann")), ["500", "300", "400"]);
    assertEquals(idsOf(await get("/recommend/ann?placement=home")), ["500", "300", "400"]);
    const email = await get("/recommend/ann?placement=email&explain=true");
    assertEquals(idsOf(email), ["300", "400", "500"]);
    assertEquals(email.rules.map(({ detail }: { detail?: string }) => detail), [
      undefined,
      "rule filed has the place; it is at 2",
    ]);
  }, options));

Deno.test("rules are listed by name with what they name that nobody knows", () =>
  withLiveShop(async ({ get, send }) => {
    const rule = {
      exclude: { products: ["100", "900"], brand: ["iriska"] },
      segments: ["buyers"],
      from: "2026-11-27T00:00:00Z",
    };
    const { body } = await send("PUT", "/rules/z", rule);
    assertEquals(body.warnings, [
      'exclude.products: there is no product "900"; did you mean "100"?',
      'exclude.brand: there is no brand "iriska"; did you mean "irisk"?',
    ]);
    await send("PUT", "/rules/a", irisk);
    const { rules } = await get("/rules");
    assertEquals(rules.map(({ name }: { name: string }) => name), ["a", "z"]);
    assertEquals(rules[1], { ...body, from: "2026-11-27T00:00:00.000Z" });
  }, options));

Deno.test("a rule for a placement or a segment that there isn't, or a taken name, is refused", () =>
  withLiveShop(async ({ send }) => {
    const placements = await send("PUT", "/rules/r", { ...irisk, placements: ["hme"] });
    assertEquals([placements.status, placements.body.parameter], [400, "placements"]);
    assertStringIncludes(placements.body.detail, "did you mean home?");
    const segments = await send("PUT", "/rules/r", { ...irisk, segments: ["buyer"] });
    assertEquals([segments.status, segments.body.parameter], [400, "segments"]);
    assertEquals((await send("PUT", "/rules/filed", irisk)).status, 409);
    assertEquals((await send("PUT", "/rules/r", {})).status, 400);
    assertEquals((await send("DELETE", "/rules/r")).status, 404);
  }, options));

Deno.test("every server that shares the store has the rule with the next list", () =>
  withLiveShop(async ({ artifact, store, get, send }) => {
    const other = askerOf(createHandler(artifact, { store, protection: protectedBy() }));
    const ids = async () => idsOf(await (await other("/recommend/ann")).json());
    assertEquals(await ids(), ["500", "300", "400"]);
    await send("PUT", "/rules/irisk", irisk);
    assertEquals(await ids(), ["400", "500", "300"]);
    assertEquals(idsOf(await get("/recommend/ann")), ["400", "500", "300"]);
  }, options));

Deno.test("rules need a token, and rules that aren't met are counted", () =>
  withLiveShop(async ({ ask, get, send }) => {
    assertEquals((await ask("/rules", { headers: {} })).status, 401);
    await send("PUT", "/rules/gone", { pin: { productId: "900", position: 1 } });
    await get("/recommend/ann");
    await get("/recommend/ann?placement=home");
    const headers = { authorization: `Bearer ${API_TOKEN}` };
    const text = await (await ask("/metrics", { headers })).text();
    assertStringIncludes(text, 'recommender_rules_unmet_total{rule="gone"} 2\n');
    assertStringIncludes(text, 'recommender_placement_lists_total{placement="home"} 1\n');
  }, options));
