/** What an anonymous visitor did becomes a user's at a login. */
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { withLiveShop } from "./live_shop.ts";

/** The products of a user's history, newest first. */
function productsOf({ events }: { events: { productId: string }[] }): string[] {
  return events.map(({ productId }) => productId);
}

const view300 = { userId: "guest", productId: "300", type: "view", time: 1572652800 };

Deno.test("a visitor's events are the user's after a login, in the very next list", () =>
  withLiveShop(async ({ get, send }) => {
    await send("POST", "/events", view300);
    const before = await get("/recommend/dora?k=5");
    assertEquals(before.strategy, "popular");
    assertEquals(await send("POST", "/users/dora/merge", { from: "guest" }), {
      status: 200,
      body: { userId: "dora", from: "guest", movedEvents: 1 },
    });
    assertEquals(productsOf(await get("/users/dora/history")), ["300"]);
    assertEquals(productsOf(await get("/users/guest/history")), []);
    const { items, strategy } = await get("/recommend/dora?k=5");
    assertEquals(strategy === "popular", false);
    const visit = await send("POST", "/recommend", { events: [{ ...view300, userId: undefined }] });
    assertEquals(items[0].productId, visit.body.items[0].productId);
    assertEquals((await get("/recommend/guest?k=5")).strategy, "popular");
  }));

Deno.test("what the artifact has of the visitor is the user's as well", () =>
  withLiveShop(async ({ get, send }) => {
    // Ann saw 100 and bought 200; Bob saw 300 twice.
    const own = productsOf(await get("/users/bob/history"));
    const others = productsOf(await get("/users/ann/history"));
    await send("POST", "/users/bob/merge", { from: "ann" });
    assertEquals(
      productsOf(await get("/users/bob/history")).toSorted(),
      [...own, ...others].toSorted(),
    );
    assertEquals(productsOf(await get("/users/ann/history")), []);
    // Her purchase is his: it isn't shown again.
    const { items } = await get("/recommend/bob?k=50&exclude=purchased");
    assertEquals(items.some(({ productId }: { productId: string }) => productId === "200"), false);
    await send("POST", "/events", { ...view300, userId: "ann" });
    assertEquals(productsOf(await get("/users/ann/history")), ["300"]);
    assertEquals((await send("DELETE", "/users/ann")).status, 200);
    assertEquals(productsOf(await get("/users/bob/history")), own);
  }));

Deno.test("merging is safe to repeat, and moves what came since", () =>
  withLiveShop(async ({ get, send }) => {
    await send("POST", "/events", { ...view300, eventId: "1" });
    const merge = async () => (await send("POST", "/users/dora/merge", { from: "guest" })).body;
    assertEquals((await merge()).movedEvents, 1);
    assertEquals((await merge()).movedEvents, 0);
    await send("POST", "/events", { ...view300, productId: "400", time: 1572652900 });
    assertEquals((await merge()).movedEvents, 1);
    assertEquals(productsOf(await get("/users/dora/history")), ["400", "300"]);
    const again = await send("POST", "/events", { ...view300, userId: "dora", eventId: "1" });
    assertEquals(again.body.duplicates, 1);
  }));

Deno.test("forgetting the user forgets what was merged into them", () =>
  withLiveShop(async ({ get, send }) => {
    await send("POST", "/events", view300);
    await send("POST", "/users/dora/merge", { from: "guest" });
    await send("POST", "/users/dora/merge", { from: "bob" });
    assertEquals((await send("DELETE", "/users/dora")).body.deletedEvents, 1);
    for (const userId of ["dora", "guest", "bob"]) {
      assertEquals(productsOf(await get(`/users/${userId}/history`)), []);
    }
  }));

Deno.test("merges that would go in circles or nowhere are refused, and say what to do", () =>
  withLiveShop(async ({ send }) => {
    await send("POST", "/users/ann/merge", { from: "guest" });
    const cases: [user: string, body: object, status: number, detail: string][] = [
      ["ann", { from: "ann" }, 400, 'must be another id than the user\'s, got "ann"'],
      ["ann", {}, 400, 'Parameter "from" is missing'],
      ["ann", { from: "x", to: "y" }, 400, "Unknown parameter"],
      ["guest", { from: "bob" }, 409, 'merge "bob" into that one'],
      ["guest", { from: "ann" }, 409, "so the two are one user already"],
      ["bob", { from: "ann" }, 409, 'merge "bob" into "ann" instead'],
    ];
    for (const [user, body, status, detail] of cases) {
      const answer = await send("POST", `/users/${user}/merge`, body);
      assertEquals(answer.status, status);
      assertStringIncludes(answer.body.detail, detail);
    }
  }));
