/**
 * Sends bytes that are no request to a real port. With another seed: `FUZZ_SEED=7 deno test -A
 * tests/service/garbage_test.ts`.
 */
import { createRandom } from "../../src/linalg/random.ts";
import { atEdge } from "../../src/service/edge.ts";
import { createHandler } from "../../src/service/handler.ts";
import { listen } from "../../src/service/listen.ts";
import { tinyArtifact } from "../artifact/tiny_shop.ts";
import { assert, assertEquals, assertMatch } from "../assert.ts";

const SEED = Number(Deno.env.get("FUZZ_SEED") || 1);
const CLIENTS = 300;
const encoder = new TextEncoder();

const WRONG_HOST = "GET / HTTP/1.1\r\nHost: a b\r\n\r\n";

/** Starts of requests, each of which is wrong in its own way. */
const BEGINNINGS = [
  "",
  "GET ",
  "POST /events HTTP/1.1\r\n",
  "GET /recommend/ann HTTP/1.1\r\nHost: shop.test\r\nContent-Length: -5\r\n\r\n",
  "POST /recommend HTTP/1.1\r\nHost: shop.test\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
  "POST /recommend HTTP/1.1\r\nHost: shop.test\r\n" +
  "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
  "GET / HTTP/9.9\r\n\r\n",
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  "GET http://elsewhere.test/ HTTP/1.1\r\nHost: shop.test\r\n\r\n",
  "OPTIONS * HTTP/1.1\r\nHost: shop.test\r\n\r\n",
  "CONNECT shop.test:1 HTTP/1.1\r\nHost: shop.test\r\n\r\n",
  "GET /\0 HTTP/1.1\r\nHost: shop.test\r\n\r\n",
  "GET //// HTTP/1.1\r\nHost: \r\n\r\n",
  WRONG_HOST,
  "GET /recommend/ann HTTP/1.1\r\nHost: [::1\r\n\r\n",
  "HEAD /healthz HTTP/1.1\r\nHost: shop.test:99999\r\n\r\n",
];

Deno.test("bytes that are no request cause no server error, and others are answered", async () => {
  const handler = atEdge(createHandler(await tinyArtifact()));
  const { url, stop } = listen(handler, { host: "127.0.0.1", port: 0, graceMs: 20 });
  const port = Number(new URL(url).port);
  const random = createRandom(SEED);
  for (let i = 0; i < CLIENTS; i++) {
    const begun = BEGINNINGS[i % BEGINNINGS.length];
    const length = i < BEGINNINGS.length ? 0 : random.integer(300);
    const junk = Uint8Array.from({ length }, () => random.integer(256));
    const answer = await send(port, Uint8Array.of(...encoder.encode(begun), ...junk));
    const [, status] = answer.match(/^HTTP\/1\.1 (\d+)/) ?? [];
    assert(Number(status ?? 0) < 500, `${JSON.stringify(begun)} is answered ${answer}`);
  }
  assertMatch(await send(port, encoder.encode(WRONG_HOST)), /^HTTP\/1\.1 400 /);
  const list = await fetch(`${url}/recommend/ann`);
  assertEquals([list.status, (await list.json()).strategy], [200, "personalized"]);
  await stop();
});

/** Sends bytes and nothing else; returns the start of the answer, if there is one. */
async function send(port: number, bytes: Uint8Array): Promise<string> {
  using client = await Deno.connect({ hostname: "127.0.0.1", port });
  const answer = new Uint8Array(500);
  try {
    await client.write(bytes);
    await client.closeWrite();
    const size = await client.read(answer) ?? 0;
    return new TextDecoder().decode(answer.subarray(0, size));
  } catch (error) {
    // The server may have closed the connection by then.
    const { ConnectionReset, BrokenPipe, NotConnected } = Deno.errors;
    if ([ConnectionReset, BrokenPipe, NotConnected].some((kind) => error instanceof kind)) {
      return "";
    }
    throw error;
  }
}
