/** What happens to a running service that has no file descriptors for further connections. */
import { TempFolder } from "../../src/base/temp_folder.ts";
import { sleep } from "../../src/base/time.ts";
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { environmentIn, saveBlockArtifact, waitUntilServing } from "../running_server.ts";

const MAIN = new URL("../../src/main.ts", import.meta.url).pathname;

/** Enough for the service itself and some twenty connections. */
const LIMIT = 64;

const REQUEST = new TextEncoder().encode("GET /healthz HTTP/1.1\r\nHost: shop.test\r\n\r\n");

/** Sends a request over an open connection and returns the answer's status line. */
async function ask(connection: Deno.Conn): Promise<string> {
  await connection.write(REQUEST);
  const buffer = new Uint8Array(4096);
  const read = await connection.read(buffer);
  return new TextDecoder().decode(buffer.subarray(0, read ?? 0)).split("\r\n")[0];
}

Deno.test({
  name: "without file descriptors open connections are answered, and new ones once there are some",
  ignore: Deno.build.os === "windows",
  async fn() {
    using folder = new TempFolder();
    await saveBlockArtifact(`${folder.path}/artifacts`);
    await using server = await waitUntilServing(
      new Deno.Command("sh", {
        args: ["-c", `ulimit -n ${LIMIT}; exec "${Deno.execPath()}" run -A "${MAIN}"`],
        env: environmentIn(folder.path),
        stdout: "piped",
        stderr: "piped",
      }),
    );
    const port = Number(new URL(server.url).port);
    const connect = () => Deno.connect({ hostname: "127.0.0.1", port });
    const first = await connect();
    assertEquals(await ask(first), "HTTP/1.1 200 OK");

    for (let round = 0; round < 2; round++) {
      const others = await Promise.allSettled(Array.from({ length: 2 * LIMIT }, connect));
      await sleep(500);
      assertEquals(await ask(first), "HTTP/1.1 200 OK", "while there are no file descriptors");
      for (const other of others) if (other.status === "fulfilled") other.value.close();
      await sleep(1000);
      const next = await connect();
      assertEquals(await ask(next), "HTTP/1.1 200 OK", "once there are some again");
      next.close();
    }
    first.close();

    assertEquals((await server.end("SIGTERM")).code, 0);
    const errors = await server.errors;
    assertEquals(errors.match(/Cannot accept connections/g)?.length, 1, errors);
    assertStringIncludes(errors, "Too many open files");
  },
});
