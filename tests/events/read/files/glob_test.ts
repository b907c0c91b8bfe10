import { findFiles } from "../../../../src/events/read/files/glob.ts";
import { InputError } from "../../../../src/base/input_error.ts";
import { assertEquals, assertRejects } from "../../../assert.ts";
import { withFiles } from "../../raw_files.ts";

Deno.test("patterns expand to files sorted by name, without repeats", () =>
  withFiles({ "b.csv": "", "a.csv": "", "c.csv.gz": "", "a[1].csv": "" }, async (folder) => {
    const found = async (...patterns: string[]) => {
      const files = await findFiles(patterns.map((pattern) => `${folder}/${pattern}`));
      return files.map((file) => file.slice(folder.length + 1));
    };
    assertEquals(await found("c.csv.gz", "*.csv"), ["c.csv.gz", "a.csv", "a[1].csv", "b.csv"]);
    assertEquals(await found("b.csv", "?.csv", "{a,c}.*"), ["b.csv", "a.csv", "c.csv.gz"]);
    // A file whose name looks like a pattern is taken by its name.
    assertEquals(await found("a[1].csv"), ["a[1].csv"]);
    await Deno.mkdir(`${folder}/deep/er`, { recursive: true });
    await Deno.writeTextFile(`${folder}/deep/er/d.csv`, "");
    assertEquals(await found("**/d.csv"), ["deep/er/d.csv"]);
    await assertRejects(() => found("*.csv", "x*.csv"), InputError, "no file matches");
    await Deno.mkdir(`${folder}/empty`);
    await assertRejects(() => found("em*"), InputError, "the folder has no file of events");
    const spark = `${folder}/events.parquet`;
    await Deno.mkdir(`${spark}/type=cart`, { recursive: true });
    for (const name of ["_SUCCESS", ".part-0.crc", "part-1.snappy.parquet", "type=cart/part-0"]) {
      await Deno.writeTextFile(`${spark}/${name}`, "");
    }
    assertEquals(await found("events.parquet"), [
      "events.parquet/part-1.snappy.parquet",
      "events.parquet/type=cart/part-0",
    ]);
  }));
