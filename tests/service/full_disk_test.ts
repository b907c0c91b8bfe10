/** A real service whose store can't grow any more. */
import { TempFolder } from "../../src/base/temp_folder.ts";
import { assertEquals } from "../assert.ts";
import { environmentIn, saveBlockArtifact, waitUntilServing } from "../running_server.ts";
import { API_TOKEN, AUTHORIZED } from "./live_shop.ts";

const MAIN = new URL("../../src/main.ts", import.meta.url).pathname;

/** The largest file, in blocks of 512 bytes: a megabyte. */
const LARGEST_FILE = 2048;

Deno.test({
  name: "on a full disk events get 503, /readyz says degraded, and lists are answered",
  ignore: Deno.build.os === "windows",
  async fn() {
    using folder = new TempFolder();
    await saveBlockArtifact(`${folder.path}/artifacts`);
    // Ignoring the signal makes writes beyond the limit fail instead.
    const script = `trap '' XFSZ; ulimit -f ${LARGEST_FILE}; exec "${Deno.execPath()}" run -A`;
    await using server = await waitUntilServing(
      new Deno.Command("sh", {
        args: ["-c", `${script} "${MAIN}"`],
        env: { ...environmentIn(folder.path), API_TOKENS: API_TOKEN },
        stdout: "piped",
        stderr: "piped",
      }),
    );
    const readiness = async () => (await (await fetch(`${server.url}/readyz`)).json()).store;
    const send = async (batch: number) => {
      const body = JSON.stringify(Array.from({ length: 1000 }, (_, i) => ({
        userId: `user ${batch} ${i}`,
        productId: "1",
        type: "view",
      })));
      const options = { method: "POST", headers: AUTHORIZED, body };
      const response = await fetch(`${server.url}/events`, options);
      await response.body?.cancel();
      return response.status;
    };
    assertEquals(await readiness(), "available");
    let status = 202;
    for (let batch = 0; batch < 20 && status === 202; batch++) status = await send(batch);
    assertEquals(status, 503);
    assertEquals(await readiness(), "unavailable");
    const list = await fetch(`${server.url}/recommend/anyone`);
    await list.body?.cancel();
    assertEquals(list.status, 200);
    assertEquals((await server.end("SIGTERM")).code, 0);
  },
});
