/** Clients that send slowly or stop halfway get an answer and don't delay others. */
import { createHandler } from "../../src/service/handler.ts";
import { listen } from "../../src/service/listen.ts";
import { Protection } from "../../src/service/protection/protection.ts";
import { tinyArtifact } from "../artifact/tiny_shop.ts";
import { assertEquals, assertMatch } from "../assert.ts";
import { capturedErrors } from "./captured_errors.ts";

const HALF = "POST /recommend HTTP/1.1\r\nHost: shop.test\r\nContent-Length: 100\r\n\r\n{";

Deno.test("an unfinished body times out, and other requests don't wait for it", async () => {
  const protection = new Protection({ bodyTimeoutMs: 200, concurrency: 2 });
  const handler = createHandler(await tinyArtifact(), { protection });
  const { url, stop } = listen(handler, { host: "127.0.0.1", port: 0, graceMs: 20 });
  const port = Number(new URL(url).port);
  using first = await Deno.connect({ hostname: "127.0.0.1", port });
  using second = await Deno.connect({ hostname: "127.0.0.1", port });
  for (const client of [first, second]) await client.write(new TextEncoder().encode(HALF));
  const other = await fetch(`${url}/recommend/ann`);
  assertEquals([other.status, protection.inFlight], [200, 0]);
  await other.body?.cancel();
  for (const client of [first, second]) {
    const answer = new Uint8Array(1000);
    const size = await client.read(answer) ?? 0;
    assertMatch(new TextDecoder().decode(answer.subarray(0, size)), /^HTTP\/1.1 408 /);
  }
  await stop();
});

Deno.test("a client that disconnects during its body isn't logged as an error", async () => {
  const logged = await capturedErrors(async () => {
    const answered = Promise.withResolvers<number>();
    const handler = createHandler(await tinyArtifact());
    const { url, stop } = listen(async (request) => {
      const response = await handler(request);
      answered.resolve(response.status);
      return response;
    }, { host: "127.0.0.1", port: 0 });
    const client = await Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(url).port) });
    await client.write(new TextEncoder().encode(HALF));
    client.close();
    assertEquals(await answered.promise, 400);
    await stop();
  });
  assertEquals(logged, []);
});
