import { assertEquals, assertStringIncludes } from "../../assert.ts";
import { runCommand } from "../../../scripts/lib/run_command.ts";
import { isRunning } from "../../../scripts/lib/spark/run_server.ts";
import { master, needsServer } from "../../spark/spark_server.ts";
import { withFolder } from "../../temp_folder.ts";

const run = (name: "up" | "down", cwd: string, ...args: string[]) => {
  const script = new URL(`../../../scripts/spark/${name}.ts`, import.meta.url).pathname;
  return runCommand(Deno.execPath(), ["run", "-A", script, ...args], { cwd });
};

Deno.test("spark:up starts one server, and spark:down stops it alone", needsServer, async () => {
  await withFolder(async (folder) => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = listener.addr;
    listener.close();
    const started = await run("up", folder, "--port", String(port));
    assertEquals(started.stderr, "");
    assertStringIncludes(started.stdout, `Sail answers at sc://127.0.0.1:${port} (process `);
    const { pid } = JSON.parse(await Deno.readTextFile(`${folder}/data/spark/server.json`));
    assertEquals(isRunning(pid), true);

    const again = await run("up", folder);
    assertEquals(again.code, 1);
    assertStringIncludes(again.stderr, `one is running at sc://127.0.0.1:${port}`);

    const stopped = await run("down", folder);
    assertStringIncludes(stopped.stdout, `(process ${pid})`);
    assertEquals(isRunning(pid), false);
    const other = Number(master!.slice(master!.lastIndexOf(":") + 1));
    (await Deno.connect({ hostname: "127.0.0.1", port: other })).close();
  });
});

Deno.test("a port that another program has is refused", needsServer, async () => {
  await withFolder(async (folder) => {
    using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { code, stderr } = await run("up", folder, "--port", String(taken.addr.port));
    assertEquals(code, 1);
    assertStringIncludes(stderr, "another program listens there");
  });
});

Deno.test("spark:down without a server says so", async () => {
  await withFolder(async (folder) => {
    const { code, stdout } = await run("down", folder);
    assertEquals([code, stdout], [0, "No server of deno task spark:up is running\n"]);
  });
});

Deno.test("executors need Spark itself", async () => {
  await withFolder(async (folder) => {
    const { code, stderr } = await run("up", folder, "--executors", "2");
    assertEquals(code, 1);
    assertStringIncludes(stderr, "add --real for Spark");
  });
});
