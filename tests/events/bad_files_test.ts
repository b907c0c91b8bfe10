/** Every message about a bad file names the file, the rule and what the file has instead. */
import pl from "nodejs-polars";
import { readEvents } from "../../src/events/read/read.ts";
import { InputError } from "../../src/base/input_error.ts";
import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "../assert.ts";
import { csv, gzip, HEADER, row, withFiles } from "./raw_files.ts";

const encoder = new TextEncoder();

/** The message of the error that reading a file throws; it must name the file. */
async function errorOf(name: string, content?: string | Uint8Array<ArrayBuffer>): Promise<string> {
  let message = "";
  await withFiles(content === undefined ? {} : { [name]: content }, async (folder) => {
    const error = await assertRejects(() => readEvents([`${folder}/${name}`]), InputError);
    assertStringIncludes(error.message, `${folder}/${name}`);
    message = error.message;
  });
  return message;
}

Deno.test("a missing file", async () => {
  assertStringIncludes(await errorOf("none.csv"), "there is no such file");
});

Deno.test("a pattern without a match", async () => {
  assertStringIncludes(await errorOf("2019-*.csv"), "no file matches this pattern");
});

Deno.test("a folder without files of events", () =>
  withFiles({ "_SUCCESS": "", "notes.md": "" }, async (folder) => {
    const error = await assertRejects(() => readEvents([folder]), InputError);
    assertEquals(
      error.message,
      `Cannot read ${folder}: the folder has no file of events (CSV, JSON lines or Parquet)`,
    );
  }));

Deno.test("an empty file, and one with only a header", async () => {
  assertStringIncludes(await errorOf("empty.csv", ""), "it has no events");
  assertStringIncludes(await errorOf("empty.csv.gz", await gzip(encoder.encode(""))), "is empty");
  assertStringIncludes(await errorOf("header.csv", csv()), "it has no events");
  assertStringIncludes(await errorOf("header.csv", HEADER), "it has no events");
});

Deno.test("a file that isn't CSV", async () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13);
  assertStringIncludes(await errorOf("picture.csv", png), "it has bytes that aren't text");
  assertStringIncludes(
    await errorOf("page.csv", "<!DOCTYPE html>\n<html><body>Sign in</body></html>\n"),
    "it looks like a web page",
  );
  assertStringIncludes(
    await errorOf("array.json", `[\n  {"event_type": "view"}\n]\n`),
    "it is a JSON array; write an object a line",
  );
  const zip = Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0);
  assertStringIncludes(await errorOf("events.csv", zip), "the ZIP archive is damaged");
  const endless = "x".repeat(70_000);
  assertStringIncludes(await errorOf("endless.csv", endless), "its first line is too long");
});

Deno.test("a header without required columns names them and the nearest ones", async () => {
  const message = await errorOf("events.csv", "event_time,event_typ,productId,price\n1,2,3,4\n");
  assertStringIncludes(message, `it lacks "event_type" (did you mean "event_typ"?), "user_id"`);
  assertStringIncludes(message, "event_time | event_typ | productId | price");
  assertStringIncludes(message, "--columns user_id=customer_id");
});

Deno.test("a file without a header, or with a repeated column", async () => {
  assertStringIncludes(await errorOf("no_header.csv", row() + "\n"), `it lacks "event_time"`);
  assertStringIncludes(
    await errorOf("twice.csv", `${HEADER},price\n${row()},1\n`),
    `the column "price" must not be repeated`,
  );
});

Deno.test("gzip that is truncated, damaged, or isn't gzip", async () => {
  const rows = Array.from({ length: 500 }, (_, index) => row({ user: String(index) }));
  const whole = await gzip(encoder.encode(csv(...rows)));
  assertStringIncludes(await errorOf("cut.csv.gz", whole.slice(0, -20)), "the file ends too early");
  assertStringIncludes(await errorOf("header.csv.gz", whole.slice(0, 4)), "ends too early");
  const damaged = whole.map((byte, index) => index === 40 ? byte ^ 0xff : byte);
  assertStringIncludes(await errorOf("damaged.csv.gz", damaged), "is damaged");
  const plain = encoder.encode(csv(row()));
  assertStringIncludes(await errorOf("plain.csv.gz", plain), "its name says gzip");
});

Deno.test("mixed encodings name the line", async () => {
  const latin1 = [...encoder.encode(`${csv(row(), row())}`), ...encoder.encode(row()), 0xe9, 10];
  const expected = /^Cannot read line 4 of .*: it isn't UTF-8; convert the file/;
  assertMatch(await errorOf("mixed.csv", Uint8Array.from(latin1)), expected);
  // The same where the line needs a closer look.
  const quoted = encoder.encode(`${csv(row(), row())}"2019-10-01 00:00:00 UTC",`);
  assertMatch(await errorOf("mixed.csv", Uint8Array.of(...quoted, 0xe9, 10)), expected);
});

Deno.test("Parquet that is damaged, truncated, or lacks columns, rows or times", () =>
  withFiles({}, async (folder) => {
    const path = `${folder}/events.parquet`;
    const good = pl.DataFrame({
      event_time: ["2019-10-01 00:00:00 UTC"],
      event_type: ["view"],
      product_id: ["a"],
      price: [1],
      user_id: ["b"],
    });
    const errorOfFrame = async (frame: pl.DataFrame, change = (bytes: Uint8Array) => bytes) => {
      frame.writeParquet(path);
      await Deno.writeFile(path, change(await Deno.readFile(path)));
      const { message } = await assertRejects(() => readEvents([path]), InputError);
      assertStringIncludes(message, path);
      return message;
    };
    assertStringIncludes(await errorOfFrame(good, (b) => b.slice(0, -10)), "is damaged");
    assertStringIncludes(
      await errorOfFrame(good, (b) => b.map((byte, index) => index > 3 && index < 200 ? 7 : byte)),
      "is damaged",
    );
    assertStringIncludes(
      await errorOfFrame(good, () => encoder.encode(csv(row()))),
      "its name says parquet",
    );
    assertStringIncludes(await errorOfFrame(good.drop("user_id")), `it lacks "user_id"`);
    assertStringIncludes(await errorOfFrame(good.head(0)), "it has no events");
    const withTime = (time: pl.Expr) => good.withColumns(time.alias("event_time"));
    assertStringIncludes(
      await errorOfFrame(withTime(pl.lit("yesterday"))),
      "line 1: event_time isn't a time from 1970 to 2099",
    );
    const nested = pl.DataFrame({ amount: [1] }).toStruct("price");
    assertStringIncludes(
      await errorOfFrame(good.drop("price").withColumns(nested)),
      "price must be a column of plain values, it is nested (Struct)",
    );
  }));

Deno.test("a month without events names the months that have some; --month must be a month", () =>
  withFiles({
    "a.csv": csv(row({ at: "2019-12-01 00:00:00 UTC" }), row({ at: "2019-10-01 00:00:00 UTC" })),
  }, async (folder) => {
    const { message } = await assertRejects(
      () => readEvents([`${folder}/a.csv`], { month: "2019-11" }),
      InputError,
    );
    assertEquals(
      message,
      "Cannot read the events of 2019-11: the files have none, only those of 2019-10, 2019-12",
    );
    await assertRejects(
      () => readEvents([`${folder}/a.csv`], { month: "October" }),
      InputError,
      'it must look like 2019-10, got "October"',
    );
  }));
