import { createServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { ConnectError } from "@connectrpc/connect";
import { createHttp2Client } from "../../../src/spark/connect/http2_client.ts";
import { assertRejects } from "../../assert.ts";

Deno.test("an answer that ends before it begins is an error, not waited for", async () => {
  const server = createServer();
  // As a killed server's connection does: the stream ends without a response.
  server.on("stream", (stream) => stream.session?.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  using client = createHttp2Client(origin);
  const request = { url: `${origin}/service/call`, method: "POST", header: new Headers() };
  await assertRejects(
    async () => await client.send({ ...request, body: (async function* () {})() }),
    ConnectError,
  );
  await new Promise((resolve) => server.close(resolve));
});
