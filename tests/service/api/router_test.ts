import { whole } from "../../../src/service/api/content.ts";
import { defineRoute } from "../../../src/service/api/route.ts";
import { tinyArtifact } from "../../artifact/tiny_shop.ts";
import { assert, assertEquals } from "../../assert.ts";
import { capturedErrors } from "../captured_errors.ts";
import { apiOf } from "./api_of.ts";

Deno.test("a bug is logged, and the client learns no details", async () => {
  const broken = defineRoute({
    method: "GET",
    path: "/broken",
    access: "open",
    summary: "Fails",
    answers: whole("Nothing", ["text/plain"]),
    handle: () => {
      throw new Error("secret detail");
    },
  });
  const { ask } = apiOf(await tinyArtifact(), [broken]);
  const logged = await capturedErrors(async () => {
    const response = await ask("/broken");
    assertEquals(response.status, 500);
    const text = await response.text();
    assertEquals(JSON.parse(text).detail, "The service failed; the error was logged");
    assert(!text.includes("secret"));
  });
  assertEquals(logged.length, 1);
  assertEquals(logged[0][0], "Cannot answer GET /broken:");
  assertEquals((logged[0][1] as Error).message, "secret detail");
});
