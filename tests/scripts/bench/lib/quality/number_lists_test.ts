import { readNumberLists } from "../../../../../scripts/bench/lib/quality/number_lists.ts";
import { InputError } from "../../../../../src/base/input_error.ts";
import { TempFolder } from "../../../../../src/base/temp_folder.ts";
import { assertEquals, assertRejects } from "../../../../assert.ts";

async function readLines(text: string): Promise<Uint32Array[]> {
  using folder = new TempFolder();
  const file = `${folder.path}/lists.txt`;
  await Deno.writeTextFile(file, text);
  return await readNumberLists(file);
}

Deno.test("each line is a list of numbers, separated by spaces or tabs", async () => {
  assertEquals(await readLines("0 5 7\r\n\n1\t4294967295 \n"), [
    Uint32Array.of(0, 5, 7),
    Uint32Array.of(1, 4294967295),
  ]);
});

Deno.test("a word that isn't a number is reported with its line", async () => {
  for (const word of ["x", "-1", "1.5", "4294967296"]) {
    await assertRejects(() => readLines(`1 2\n3 ${word}\n`), InputError, `line 2: expected whole`);
  }
});

Deno.test("a missing file is reported with its name", async () => {
  await assertRejects(() => readNumberLists("no/such.txt"), InputError, "Cannot read no/such.txt");
});
