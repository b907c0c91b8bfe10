import { InputError } from "../../src/base/input_error.ts";
import { removeAbandoned, UnfinishedFolder } from "../../src/base/unfinished.ts";
import { writeWhole } from "../../src/base/write_whole.ts";
import { assertEquals, assertRejects } from "../assert.ts";
import { withFolder } from "../temp_folder.ts";

const module = new URL("../../src/base/unfinished.ts", import.meta.url);

/** Runs a program that makes an unfinished folder, prints its path and waits to be killed. */
async function startUnfinished(parent: string) {
  const program = `import { UnfinishedFolder } from ${JSON.stringify(module)};
    const folder = await UnfinishedFolder.make(${JSON.stringify(parent)});
    await Deno.writeTextFile(folder.path + "/half", "half");
    console.log(folder.path);
    await new Promise((done) => setTimeout(done, 600_000));`;
  const process = new Deno.Command(Deno.execPath(), {
    args: ["eval", program],
    stdout: "piped",
  }).spawn();
  const reader = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const path = (await reader.read()).value!.trim();
  return {
    path,
    async kill() {
      process.kill("SIGKILL");
      await process.status;
      await reader.cancel();
    },
  };
}

/** Makes a folder look as if nothing had happened in it for two minutes. */
async function age(path: string): Promise<void> {
  const before = Date.now() / 1000 - 120;
  await Deno.utime(path, before, before);
}

Deno.test("an unfinished folder of a running process stays, a killed one's is removed", () =>
  withFolder(async (parent) => {
    const { path, kill } = await startUnfinished(parent);
    await age(path);
    assertEquals(await removeAbandoned(parent), []);
    await kill();
    await age(path);
    assertEquals(await removeAbandoned(parent), [path]);
    assertEquals([...Deno.readDirSync(parent)], []);
  }));

Deno.test("a new folder stays, since its process may be about to lock it, and so do others", () =>
  withFolder(async (parent) => {
    for (const name of [".unfinished-new", "mine"]) await Deno.mkdir(`${parent}/${name}`);
    await age(`${parent}/mine`);
    assertEquals(await removeAbandoned(parent), []);
    await age(`${parent}/.unfinished-new`);
    assertEquals(await removeAbandoned(parent), [`${parent}/.unfinished-new`]);
    assertEquals(await removeAbandoned(`${parent}/missing`), []);
  }));

Deno.test("an unfinished folder goes with its contents when it is disposed of", () =>
  withFolder(async (parent) => {
    {
      await using folder = await UnfinishedFolder.make(parent);
      await Deno.writeTextFile(`${folder.path}/half`, "half");
    }
    assertEquals([...Deno.readDirSync(parent)], []);
  }));

Deno.test("a file appears only when it is whole, in a new folder if need be", () =>
  withFolder(async (folder) => {
    const path = `${folder}/new/a.txt`;
    await writeWhole(path, async (file) => {
      await Deno.writeTextFile(file, "whole");
      assertEquals(await Deno.stat(path).catch(() => "absent"), "absent");
    });
    assertEquals(await Deno.readTextFile(path), "whole");
    assertEquals([...Deno.readDirSync(`${folder}/new`)].map(({ name }) => name), ["a.txt"]);
  }));

Deno.test("a failed write leaves the old file, and nothing else", () =>
  withFolder(async (folder) => {
    const path = `${folder}/a.txt`;
    await Deno.writeTextFile(path, "old");
    await assertRejects(
      () =>
        writeWhole(path, async (file) => {
          await Deno.writeTextFile(file, "half");
          throw new Error("the disk is full");
        }),
      InputError,
      `Cannot write ${path}: the disk is full; choose another path`,
    );
    assertEquals(await Deno.readTextFile(path), "old");
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["a.txt"]);
  }));

Deno.test("a write removes what a killed process left beside it", () =>
  withFolder(async (folder) => {
    const { path, kill } = await startUnfinished(folder);
    await kill();
    await age(path);
    await writeWhole(`${folder}/a.txt`, (file) => Deno.writeTextFile(file, "whole"));
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["a.txt"]);
  }));
