import { freePort } from "../../../../scripts/lib/spark/free_port.ts";
import { withServer } from "../../../../scripts/lib/spark/run_server.ts";
import { SAIL } from "../../../../scripts/lib/spark/spark_servers.ts";
import { assert, assertEquals, assertRejects } from "../../../assert.ts";
import { needsSail } from "../../../spark/spark_server.ts";
import { withFolder } from "../../../temp_folder.ts";

async function answers(master: string): Promise<boolean> {
  const port = Number(master.slice(master.lastIndexOf(":") + 1));
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch {
    return false;
  }
}

Deno.test(
  "a server of its own ends with what uses it, also with its failure",
  needsSail,
  async () => {
    await withFolder(async (folder) => {
      const options = { port: freePort(), log: `${folder}/server.log` };
      let address = "";
      const result = await withServer(SAIL, options, async (master) => {
        address = master;
        assert(await answers(master));
        return 7;
      });
      assertEquals([result, await answers(address)], [7, false]);
      const failing = withServer(SAIL, options, () => Promise.reject(new TypeError("as planned")));
      await assertRejects(() => failing, TypeError, "as planned");
      assertEquals(await answers(address), false);
    });
  },
);

Deno.test("a server of its own ends with a program that a signal ends", needsSail, async () => {
  await withFolder(async (folder) => {
    const port = freePort();
    const lib = new URL("../../../../scripts/lib/spark/", import.meta.url).href;
    const program = `import { withServer } from "${lib}run_server.ts";
      import { SAIL } from "${lib}spark_servers.ts";
      const options = { port: ${port}, log: "${folder}/server.log" };
      await withServer(SAIL, options, async () => {
        console.log("ready");
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      });`;
    await Deno.writeTextFile(`${folder}/program.ts`, program);
    const config = new URL("../../../../deno.json", import.meta.url).pathname;
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "-q", "--no-check", "--config", config, `${folder}/program.ts`],
      stdout: "piped",
    }).spawn();
    const reader = child.stdout.getReader();
    await reader.read();
    assert(await answers(`sc://127.0.0.1:${port}`));
    child.kill("SIGTERM");
    await reader.cancel();
    assertEquals((await child.status).code, 130);
    assertEquals(await answers(`sc://127.0.0.1:${port}`), false);
  });
});
