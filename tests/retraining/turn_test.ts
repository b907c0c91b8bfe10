import { takeTurn } from "../../src/retraining/turn.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "../assert.ts";
import { InputError } from "../../src/base/input_error.ts";
import { denoCommand } from "../running_server.ts";
import { withFolder } from "../temp_folder.ts";

/** Starts a process that takes the turn and keeps it. */
async function startHolder(folder: string): Promise<Deno.ChildProcess> {
  const module = new URL("../../src/retraining/turn.ts", import.meta.url).href;
  const program = `import { takeTurn } from "${module}";
    const turn = await takeTurn(${JSON.stringify(folder)});
    console.log("has it");
    setTimeout(() => turn[Symbol.dispose](), 1e8);`;
  const process = denoCommand(["eval", program]).spawn();
  const reader = process.stdout.getReader();
  assertEquals(new TextDecoder().decode((await reader.read()).value), "has it\n");
  await reader.cancel();
  return process;
}

Deno.test("of two processes one retrains; the other is told which and since when", () =>
  withFolder(async (folder) => {
    await using holder = await startHolder(folder);
    const error = await assertRejects(() => takeTurn(folder), InputError);
    assertStringIncludes(
      error.message,
      `Cannot retrain in ${folder}: process ${holder.pid}, since 20`,
    );
    await holder.stderr.cancel();
  }));

Deno.test("a process that was killed has no turn any more, and the next one is told", () =>
  withFolder(async (folder) => {
    await using holder = await startHolder(folder);
    holder.kill("SIGKILL");
    await holder.stderr.cancel();
    await holder.status;
    using turn = await takeTurn(folder);
    assertStringIncludes(turn.leftBy ?? "", `process ${holder.pid}, since 20`);
  }));

Deno.test("a turn that was given back leaves nothing behind", () =>
  withFolder(async (folder) => {
    (await takeTurn(`${folder}/new`))[Symbol.dispose]();
    using turn = await takeTurn(`${folder}/new`);
    assertEquals(turn.leftBy, undefined);
  }));

Deno.test("a folder that can't be written is named", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    const error = await assertRejects(() => takeTurn(`${folder}/file`), InputError);
    assertStringIncludes(error.message, `Cannot retrain: ${folder}/file/.retraining can't be`);
  }));
