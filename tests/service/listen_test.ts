import { InputError } from "../../src/base/input_error.ts";
import { BodyMemory, readText } from "../../src/service/http/body.ts";
import { createHandler } from "../../src/service/handler.ts";
import { listen } from "../../src/service/listen.ts";
import { tinyArtifact } from "../artifact/tiny_shop.ts";
import { assert, assertEquals, assertMatch, assertRejects, assertThrows } from "../assert.ts";

const local = { host: "127.0.0.1", port: 0 };

Deno.test("answers through a port equal those of the handler", async () => {
  const handler = createHandler(await tinyArtifact());
  const { url, stop, finished } = listen(handler, local);
  assertMatch(url, /^http:\/\/localhost:\d+$/);
  for (const [method, path] of [["GET", "/recommend/ann"], ["HEAD", "/"], ["POST", "/healthz"]]) {
    const over = await fetch(url + path, { method });
    const without = await handler(new Request(url + path, { method }));
    assertEquals(over.status, without.status);
    assertEquals(await over.text(), await without.text());
    for (const [name, value] of without.headers) assertEquals(over.headers.get(name), value);
  }
  await stop();
  await finished;
});

Deno.test("stopping finishes open requests and accepts no others", async () => {
  const arrived = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<Response>();
  const { url, stop, finished } = listen(() => {
    arrived.resolve();
    return answer.promise;
  }, local);
  const open = fetch(url);
  await arrived.promise;
  const stopped = stop();
  await assertRejects(() => fetch(url), TypeError);
  answer.resolve(new Response("late"));
  assertEquals(await (await open).text(), "late");
  await stopped;
  await finished;
});

Deno.test("stopping waits for a body being read; other requests get 503", async () => {
  const arrived = Promise.withResolvers<void>();
  const memory = new BodyMemory();
  const { url, stop } = listen(async (request) => {
    arrived.resolve();
    return new Response(await readText(request, { memory }));
  }, { ...local, bodiesRead: () => memory.emptied() });
  const { readable, writable } = new TransformStream<Uint8Array>();
  const writer = writable.getWriter();
  const open = fetch(url, { method: "POST", body: readable });
  await writer.write(new TextEncoder().encode("begun, "));
  await arrived.promise;
  const stopped = stop();
  const meanwhile = await fetch(url);
  assertEquals([meanwhile.status, meanwhile.headers.get("retry-after")], [503, "1"]);
  assertEquals((await meanwhile.json()).detail, "The service is stopping; try again later");
  await writer.write(new TextEncoder().encode("ended"));
  await writer.close();
  assertEquals(await (await open).text(), "begun, ended");
  await stopped;
  await assertRejects(() => fetch(url), TypeError);
});

Deno.test("stopping waits for a request only for the grace period", async () => {
  const arrived = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<Response>();
  const { url, stop, finished } = listen(() => {
    arrived.resolve();
    return answer.promise;
  }, { ...local, graceMs: 20 });
  const open = fetch(url);
  await arrived.promise;
  await stop();
  await finished;
  answer.resolve(new Response());
  await (await open).body?.cancel();
});

Deno.test("a client that sends half a request doesn't delay stopping", async () => {
  const { url, stop, finished } = listen(() => new Response(), local);
  using client = await Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(url).port) });
  await client.write(new TextEncoder().encode("GET / HTTP/1.1\r\nHost: shop.test\r\n"));
  await stop();
  await finished;
});

Deno.test("a port in use is an error that says what to do", async () => {
  const { url, stop } = listen(() => new Response(), local);
  const port = Number(new URL(url).port);
  assertThrows(
    () => listen(() => new Response(), { ...local, port }),
    InputError,
    `Cannot listen on 127.0.0.1:${port}: the port is in use; stop the other program or choose`,
  );
  await stop();
});

Deno.test("an address of another machine is an error that says what to do", () => {
  // 192.0.2.0/24 is reserved for documentation (RFC 5737).
  const error = assertThrows(
    () => listen(() => new Response(), { host: "192.0.2.1", port: 0 }),
    InputError,
    "Cannot listen on 192.0.2.1:0: ",
  );
  assert(error.message.includes("choose another address with --host and --port"));
});
