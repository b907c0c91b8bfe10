import { cleanEvents } from "../../src/events/clean/clean.ts";
import { openEvents } from "../../src/events/load.ts";
import { readEvents } from "../../src/events/read/read.ts";
import { writeClean } from "../../src/events/write_clean.ts";
import { InputError } from "../../src/base/input_error.ts";
import { assertEquals, assertRejects } from "../assert.ts";
import { column, csv, row, withFiles } from "./raw_files.ts";

const rows = Array.from({ length: 40 }, (_, index) => row({ session: `s${index}` }));

Deno.test("cleaned events, their report and malformed rows are written to one folder", () =>
  withFiles({ "raw.csv": csv(...rows, "too,short") }, async (folder) => {
    await using opened = await openEvents([`${folder}/raw.csv`]);
    const files = await writeClean(`${folder}/new/clean.parquet`, opened);
    assertEquals(files, {
      events: `${folder}/new/clean.parquet`,
      report: `${folder}/new/clean.parquet.report.json`,
      rejects: `${folder}/new/clean.parquet.rejects.csv`,
    });
    assertEquals(
      [...Deno.readDirSync(`${folder}/new`)].map(({ name }) => name).sort(),
      ["clean.parquet", "clean.parquet.rejects.csv", "clean.parquet.report.json"],
    );
    const again = cleanEvents(await readEvents([files.events])).events;
    assertEquals(column(again, "user_session"), rows.map((_, index) => `s${index}`));
    const report = JSON.parse(await Deno.readTextFile(files.report));
    assertEquals([report.files, report.rowsIn, report.rowsOut], [[`${folder}/raw.csv`], 41, 40]);
    assertEquals(report.steps[0], { step: "malformed rows", removed: 1, left: 40 });
    assertEquals(
      await Deno.readTextFile(files.rejects),
      `file,line,reason,text\r\n${folder}/raw.csv,42,"2 fields, not 9","too,short"\r\n`,
    );
  }));

Deno.test("the output may replace an input file", () =>
  withFiles({ "raw.csv": csv(...rows) }, async (folder) => {
    const path = `${folder}/clean.parquet`;
    await writeClean(path, await openEvents([`${folder}/raw.csv`]));
    await writeClean(path, await openEvents([path], { users: 1 }));
    assertEquals((await readEvents([path])).events.height, 40);
  }));

Deno.test("a failed write leaves nothing behind", () =>
  withFiles({ "raw.csv": csv(...rows) }, async (folder) => {
    await using opened = await openEvents([`${folder}/raw.csv`]);
    await assertRejects(
      () => writeClean(`${folder}/clean.csv`, opened),
      InputError,
      "the name must end in .parquet",
    );
    await assertRejects(
      () => writeClean(`${folder}/raw.csv/clean.parquet`, opened),
      InputError,
      `Cannot write ${folder}/raw.csv/clean.parquet.rejects.csv`,
    );
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["raw.csv"]);
  }));
