import { assertEquals } from "../../../assert.ts";
import { withFolder } from "../../../temp_folder.ts";

const MODULE = new URL("../../../../scripts/lib/spark/until_interrupted.ts", import.meta.url);

/**
 * Presses Ctrl-C while `untilInterrupted` runs something, and checks what the program printed and
 * that its exit code is 130.
 *
 * @param end What happens when the signal is aborted.
 */
async function testInterrupted(end: string, printed: string): Promise<void> {
  await withFolder(async (folder) => {
    const program = `import { untilInterrupted } from "${MODULE}";
await untilInterrupted((signal) => new Promise((resolve, reject) => {
  console.log("ready");
  signal.addEventListener("abort", () => ${end});
  setTimeout(() => {}, 60_000);
}));`;
    await Deno.writeTextFile(`${folder}/program.js`, program);
    await using running = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", `${folder}/program.js`],
      stdout: "piped",
      stderr: "null",
    }).spawn();
    let output = "";
    for await (const text of running.stdout.pipeThrough(new TextDecoderStream())) {
      output += text;
      if (output === "ready\n") running.kill("SIGINT");
    }
    assertEquals([output, (await running.status).code], [printed, 130]);
  });
}

Deno.test("Ctrl-C stops what runs", async () => {
  await testInterrupted(`reject(new Error("stopped"))`, "ready\n");
});

Deno.test("what was opened just when Ctrl-C came is closed", async () => {
  const opened = `{ async [Symbol.asyncDispose]() { console.log("closed"); } }`;
  await testInterrupted(`resolve(${opened})`, "ready\nclosed\n");
});
