import { readEvents } from "../../../../src/events/read/read.ts";
import { assertEquals } from "../../../assert.ts";
import { column, csv, readRows, row, withFiles } from "../../raw_files.ts";

async function users(...ids: string[]) {
  return column(await readRows(...ids.map((user) => row({ user }))), "user_id");
}

Deno.test("an integer that a data frame wrote with .0 is that integer", async () => {
  assertEquals(await users("400003586.0", "7", "9007199254740993.00"), [
    ...["400003586", "7", "9007199254740993"],
  ]);
  assertEquals(await users("ann", "7.0", "7.5", "007.0"), ["ann", "7", "7.5", "007.0"]);
});

Deno.test("users aren't split between a file with .0 and one without", () =>
  withFiles({
    "a.csv": csv(row({ user: "400003586", session: "a" })),
    "b.csv": csv(row({ user: "400003586.0", session: "b" })),
  }, async (folder) => {
    const { events } = await readEvents([`${folder}/*.csv`]);
    assertEquals(column(events, "user_id"), ["400003586", "400003586"]);
    assertEquals(String(events.getColumn("user_id").dtype), "DataType(Int64)");
  }));

Deno.test("nulls of programs are missing ids, brands and sessions, not values", async () => {
  const nulls = ["NULL", "null", "\\N", "nan", "NaN", "NA", "N/A", "<NA>", "None", ""];
  assertEquals(await users("5", ...nulls), ["5", ...nulls.map(() => null)]);
  // Also in a file whose numbers are all plain.
  const events = await readRows(...nulls.map((brand) => row({ brand, session: brand })));
  assertEquals(column(events, "brand"), nulls.map(() => null));
  assertEquals(column(events, "user_session"), nulls.map(() => null));
});

Deno.test("ids that a spreadsheet rounded get a warning", () =>
  withFiles({ "a.csv": csv(row({ user: "4.00E+08" }), row({ user: "7" })) }, async (folder) => {
    const { events, reading } = await readEvents([`${folder}/a.csv`]);
    assertEquals(column(events, "user_id"), ["4.00E+08", "7"]);
    assertEquals(
      reading.notes.at(-1),
      "1 value of user_id like 4.00E+08: a spreadsheet rounded ids; export them as text",
    );
  }));
