import { readEvents } from "../../../../src/events/read/read.ts";
import { checkRejects, writeRejects } from "../../../../src/events/read/files/rejects.ts";
import { InputError } from "../../../../src/base/input_error.ts";
import {
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "../../../assert.ts";
import { column, csv, row, withFiles } from "../../raw_files.ts";

/** Enough good rows to keep a few bad ones below 5%. */
const good = Array.from({ length: 200 }, (_, index) => row({ session: `good ${index}` }));

/** The malformed rows of a file, as line and reason. */
async function rejectsOf(text: string): Promise<(string | number)[][]> {
  let found: (string | number)[][] = [];
  await withFiles({ "events.csv": text }, async (folder) => {
    const { events, rejects } = await readEvents([`${folder}/events.csv`]);
    assertEquals(column(events, "user_session"), good.map((_, index) => `good ${index}`));
    const lines = text.split(/\r?\n/);
    for (const { file, line, text } of rejects) {
      assertEquals([file, text], [`${folder}/events.csv`, lines[line - 1]]);
    }
    found = rejects.map(({ line, reason }) => [line, reason]);
  });
  return found;
}

Deno.test("malformed rows are rejected with line and reason, all others are kept", async () => {
  const bad = {
    short: "2019-10-01 00:00:00 UTC,view,12",
    shortByOne: row().slice(0, row().lastIndexOf(",")),
    long: `${row()},one more`,
    unclosed: row({ brand: '"f.o.x' }),
    unclosedAtTheEnd: row({ session: '"s1' }),
    inside: row({ brand: 'f.o."x"' }),
    after: row({ brand: '"f.o."x' }),
    noTime: row({ at: "yesterday" }),
    noDay: row({ at: "2019-02-29 00:00:00 UTC" }),
    noHour: row({ at: "2019-10-01 24:00:00 UTC" }),
    elsewhere: row({ at: "2019-10-01T00:00:00 MSK" }),
  };
  const noTime = "event_time isn't a time from 1970 to 2099 in a known form";
  const text = csv(...good.slice(0, 100), "", ...Object.values(bad), ...good.slice(100));
  const expected = [
    [103, "3 fields, not 9"],
    [104, "8 fields, not 9"],
    [105, "10 fields, not 9"],
    [106, "unclosed quote"],
    [107, "unclosed quote"],
    [108, "quote inside an unquoted field"],
    [109, "text after a closing quote"],
    [110, noTime],
    [111, noTime],
    [112, noTime],
    [113, noTime],
  ];
  assertEquals(await rejectsOf(text.replace(`${bad.elsewhere}\n`, "")), expected.slice(0, -1));
  assertEquals(await rejectsOf(text.replaceAll("\n", "\r\n").replace(`${bad.short}\r\n`, "")), [
    ...expected.slice(1).map(([line, reason]) => [Number(line) - 1, reason]),
  ]);
});

Deno.test("a truncated last row is malformed", async () => {
  const whole = csv(...good, row());
  assertEquals(await rejectsOf(whole.slice(0, whole.lastIndexOf("s1") - 5)), [
    [202, "8 fields, not 9"],
  ]);
});

Deno.test("over 5% malformed rows are an error that quotes the first three", () => {
  const rejects = (count: number) =>
    Array.from({ length: count }, (_, index) => (
      { file: "a.csv", line: index + 2, reason: "8 fields, not 9", text: `row ${index}` }
    ));
  checkRejects(rejects(5), 100);
  const { message } = assertThrows(() => checkRejects(rejects(6), 100), InputError);
  assertEquals(
    message,
    "Cannot read these events: at most 5% of the rows may be malformed, 6 of 100 are (6.0%):\n" +
      "  a.csv, line 2: 8 fields, not 9: row 0\n" +
      "  a.csv, line 3: 8 fields, not 9: row 1\n" +
      "  a.csv, line 4: 8 fields, not 9: row 2",
  );
});

Deno.test("the share of malformed rows is that of all files together", () =>
  withFiles({ "good.csv": csv(...good), "bad.csv": csv(row(), "too,short") }, async (folder) => {
    const { rejects } = await readEvents([`${folder}/*.csv`]);
    assertEquals(rejects.map(({ line }) => line), [3]);
    await assertRejects(
      () => readEvents([`${folder}/bad.csv`]),
      InputError,
      "1 of 2 are (50.0%)",
    );
  }));

Deno.test("a file of malformed rows only", () =>
  withFiles({ "bad.csv": csv("too,short", row({ brand: '"' })) }, async (folder) => {
    const { message } = await assertRejects(
      () => readEvents([`${folder}/bad.csv`]),
      InputError,
    );
    assertStringIncludes(message, "2 of 2 are (100.0%)");
    assertStringIncludes(message, "line 3: unclosed quote");
  }));

Deno.test("malformed rows are written as CSV with quoting", () =>
  withFiles({}, async (folder) => {
    const path = `${folder}/rejects.csv`;
    await writeRejects(path, [
      { file: "a.csv", line: 7, reason: "8 fields, not 9", text: 'x,"y\tz' },
    ]);
    assertEquals(
      await Deno.readTextFile(path),
      'file,line,reason,text\r\na.csv,7,"8 fields, not 9","x,""y\tz"\r\n',
    );
    await writeRejects(path, []);
    assertStringIncludes(await Deno.readTextFile(path), "file,line,reason,text");
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["rejects.csv"]);
  }));

Deno.test("malformed rows can't run formulas in a spreadsheet, nor control a terminal", () =>
  withFiles({}, async (folder) => {
    const reject = (text: string) => ({ file: "a.csv", line: 2, reason: "too short", text });
    const texts = ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "\x1b[2J\x07", "a=1", "größer"];
    await writeRejects(`${folder}/rejects.csv`, texts.map(reject));
    const rows = (await Deno.readTextFile(`${folder}/rejects.csv`)).split("\r\n").slice(1, -1);
    assertEquals(
      rows.map((row) => row.slice("a.csv,2,too short,".length)),
      ["'=HYPERLINK(1)", "'+1", "'-1", "'@SUM(1)", "'\t=1", "\\x1b[2J\\x07", "a=1", "größer"],
    );
    const { message } = assertThrows(() => checkRejects([reject("\x1b[2J")], 1), InputError);
    assertStringIncludes(message, "line 2: too short: \\x1b[2J");
  }));
