/** Cleaning in parts, as for files larger than memory, must not change the result. */
import pl from "nodejs-polars";
import { MS_PER_HOUR } from "../../../src/base/time.ts";
import { type LoadOptions, openEvents } from "../../../src/events/load.ts";
import type { OpenedEvents } from "../../../src/events/loaded_events.ts";
import { toInteractions } from "../../../src/events/to_interactions.ts";
import { InputError } from "../../../src/base/input_error.ts";
import { createRandom, type Random } from "../../../src/linalg/random.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "../../assert.ts";
import { csv, gzip, HEADER, row, withFiles } from "../raw_files.ts";

/** About a hundred rows in a piece. */
const PARTS = { bytesAtOnce: 20_000 };

const OPTIONS: readonly LoadOptions[] = [
  {},
  { month: "2019-11" },
  { users: 7, seed: 3 },
  { maxEventsPerUser: 60, users: 9 },
  { forgotten: new Map([["3", Date.parse("2019-11-01T00:00:00Z")]]) },
];

/**
 * Random rows with everything that cleaning handles: few users, products and sessions, for
 * duplicates and cancelled carts, some sharing a session with another user; few times, for ties.
 */
function messyRows(random: Random, count: number, user: (number: number) => string): string[] {
  const one = <T>(values: readonly T[]): T => values[random.integer(values.length)];
  return Array.from({ length: count }, () => {
    const number = Math.floor(15 * random.next() ** 2);
    return row({
      at: `2019-1${one(["0", "1"])}-0${one([1, 2, 3])} 0${one([0, 1, 2])}:${one([10, 50])}:00 UTC`,
      type: random.next() < 0.02
        ? "wishlist"
        : one(["View", "cart", "cart", "remove_from_cart", "purchase"]),
      product: `${random.integer(9)}`,
      price: one(["6.27", "0.00", "-1", "2.5", "", "?"]),
      brand: one(["runail", "irisk", ""]),
      path: one(["", "apparel.glove"]),
      user: one([user(number), user(number), ""]),
      session: one(["", `s${number}`, `s${number}`, "shared"]),
    });
  });
}

/**
 * Files of several formats with such rows, malformed ones among them; only the last has a text id.
 */
async function messyFiles(seed: number) {
  const random = createRandom(seed);
  const plain = (number: number) => `${number}`;
  const malformed = "2019-10-01 00:00:00 UTC,view,1";
  const first = messyRows(random, 700, plain).toSpliced(650, 0, malformed, "");
  const titled = messyRows(random, 150, plain).map((row, i) => `${row},"Lamp, ${i % 2}"`);
  return {
    "1.csv": csv(...first),
    "2.csv.gz": await gzip(
      new TextEncoder().encode([`${HEADER},title`, ...titled, malformed].join("\r\n")),
    ),
    "3.csv": csv(...messyRows(random, 100, (number) => number === 2 ? "user two" : plain(number))),
  };
}

/** The whole result of a cleaning, for comparisons; ids with all digits. */
async function shown({ pieces, files, report, rejects, reading }: OpenedEvents) {
  const events = await pl.concat([...pieces]).collect();
  const { userIds, itemIds, ...arrays } = await toInteractions(pieces);
  return {
    ...{ files, report, rejects, reading, arrays },
    ids: [userIds.toTensors(), itemIds.toTensors()],
    types: events.dtypes.map(String),
    rows: events.writeCSV().toString().split("\n"),
  };
}

for (const seed of [1, 2]) {
  Deno.test(`cleaning in parts gives the result of cleaning at once, seed ${seed}`, async () => {
    await withFiles(await messyFiles(seed), async (folder) => {
      for (const options of OPTIONS) {
        const patterns = [`${folder}/*.csv*`];
        await using atOnce = await openEvents(patterns, options);
        await using inParts = await openEvents(patterns, { ...options, ...PARTS });
        assertEquals([atOnce.pieces.length, inParts.pieces.length > 5], [1, true]);
        assertEquals(await shown(inParts), await shown(atOnce), JSON.stringify(options));
      }
    });
  });
}

/** Rows with titles of several lines, some quotes that are never closed, and wrong clocks. */
function longRows(random: Random, count: number): string[] {
  return messyRows(random, count, String).map((row, index) => {
    if (index % 50 === 7) return `${row},"Cream\n${"x\n".repeat(random.integer(40))}""new"" one"`;
    if (index % 50 === 9) return `${row},"`;
    return `${row},${index % 3 ? "Cream" : '"a, b"'}`;
  }).toSpliced(40, 0, `${row({ at: "1970-01-01 00:00:00 UTC" })},""`)
    .toSpliced(170, 0, `${row({ at: "2098-01-01 00:00:00 UTC", user: "5" })},""`);
}

Deno.test("rows of several lines and wrong clocks are the same in parts, whatever the format", () =>
  withFiles({}, async (folder) => {
    const rows = longRows(createRandom(12), 1200);
    const content = [`${HEADER},title`, ...rows, ""].join("\n");
    const events = messyRows(createRandom(13), 900, String).map((row) => row.split(","));
    const json = events.map(([at, type, product, , , brand, price, user, session], line) =>
      line % 70 === 3 ? "{" : JSON.stringify({
        ...{ event_time: `${at.slice(0, 19)}+02:00`, event_type: type, item_id: Number(product) },
        ...{ user_id: user, brand, session_id: session },
        ...(line > 600 && { price, title: "late\ntitle" }),
      })
    );
    await Deno.writeFile(`${folder}/1.csv.gz`, await gzip(new TextEncoder().encode(content)));
    await Deno.writeTextFile(`${folder}/2.json`, json.join("\n"));
    await Deno.writeTextFile(`${folder}/3.csv`, content.replaceAll("view", "Product Viewed"));
    for (const files of [["1.csv.gz"], ["3.csv"], ["2.json"], ["2.json", "3.csv"]]) {
      const paths = files.map((file) => `${folder}/${file}`);
      await using atOnce = await openEvents(paths);
      await using inParts = await openEvents(paths, { bytesAtOnce: 40_000 });
      assertEquals(inParts.pieces.length > 2, true);
      assertEquals(await shown(inParts), await shown(atOnce), `${files}`);
      const reasons = new Set(atOnce.rejects.map(({ reason }) => reason));
      assertEquals(
        reasons.size,
        { "1.csv.gz": 3, "3.csv": 3, "2.json": 1, "2.json,3.csv": 4 }[
          `${files}`
        ],
      );
    }
  }));

Deno.test("Parquet files, raw or cleaned before, are cleaned in parts too", () =>
  withFiles({ "raw.csv": csv(...messyRows(createRandom(4), 500, String)) }, async (folder) => {
    await using raw = await openEvents([`${folder}/raw.csv`]);
    const cleaned = await pl.concat([...raw.pieces]).collect();
    cleaned.writeParquet(`${folder}/cleaned.parquet`);
    for (const files of [["cleaned.parquet"], ["cleaned.parquet", "raw.csv"]]) {
      const paths = files.map((file) => `${folder}/${file}`);
      await using atOnce = await openEvents(paths);
      await using inParts = await openEvents(paths, PARTS);
      assertEquals(inParts.pieces.length > 1, true);
      assertEquals(await shown(inParts), await shown(atOnce));
    }
  }));

Deno.test("events cleaned in parts are cached as one file", () =>
  withFiles({ "raw.csv": csv(...messyRows(createRandom(5), 14_000, String)) }, async (folder) => {
    const options = {
      cache: `${folder}/cache`,
      bytesAtOnce: 300_000,
      scratch: `${folder}/scratch`,
    };
    const open = () => openEvents([`${folder}/raw.csv`], options);
    await using first = await open();
    await using second = await open();
    assertEquals([first.pieces.length > 3, first.cached], [true, undefined]);
    assertEquals(second.cached?.startsWith(options.cache), true);
    assertEquals(await shown(second), await shown(first));
  }));

Deno.test("rejected rows have their line number in the whole file", () =>
  withFiles({
    "a.csv": csv(...messyRows(createRandom(6), 300, String), "too,short", "", "two,short"),
    "b.csv": csv(...messyRows(createRandom(7), 300, String), '1,"never closed'),
  }, async (folder) => {
    await using opened = await openEvents([`${folder}/a.csv`, `${folder}/b.csv`], PARTS);
    assertEquals(opened.rejects, [
      { file: `${folder}/a.csv`, line: 302, reason: "2 fields, not 9", text: "too,short" },
      { file: `${folder}/a.csv`, line: 304, reason: "2 fields, not 9", text: "two,short" },
      {
        file: `${folder}/b.csv`,
        line: 302,
        reason: "unclosed quote",
        text: '1,"never closed',
      },
    ]);
  }));

Deno.test("errors have the same messages as for whole files, and leave nothing on disk", () =>
  withFiles({
    "good.csv": csv(...messyRows(createRandom(8), 300, String)),
    "latin.csv": new Uint8Array([
      ...new TextEncoder().encode(csv(...messyRows(createRandom(9), 300, String))),
      ...[0xe9, 0x0a],
    ]),
    "short.csv": csv(...messyRows(createRandom(10), 300, String), ...Array(40).fill("too,short")),
    "empty.csv": `${HEADER}\n${"\n".repeat(20_000)}`,
  }, async (folder) => {
    const scratch = `${folder}/scratch`;
    const wrong: [string, LoadOptions][] = [
      ["good", { month: "2020-01" }],
      ["latin", {}],
      ["short", {}],
      ["empty", {}],
    ];
    for (const [name, options] of wrong) {
      const messages = await Promise.all([{}, { bytesAtOnce: 12_000, scratch }].map(async (how) => {
        const open = () => openEvents([`${folder}/${name}.csv`], { ...options, ...how });
        return (await assertRejects(open, InputError)).message;
      }));
      assertEquals(messages[1], messages[0]);
    }
    await Deno.writeTextFile(`${folder}/large.csv`, csv(...Array(14_000).fill(row())));
    const open = () =>
      openEvents([`${folder}/large.csv`], {
        scratch,
        cache: `${folder}/good.csv/cache`,
        bytesAtOnce: 600_000,
      });
    assertStringIncludes((await assertRejects(open, InputError)).message, "--no-cache");
    assertEquals([...Deno.readDirSync(scratch)], []);
  }));

Deno.test("temporary files go on disposal, those of killed runs before, with a note", () =>
  withFiles({ "a.csv": csv(...messyRows(createRandom(11), 300, String)) }, async (folder) => {
    const scratch = `${folder}/scratch`;
    for (const name of [".unfinished-old", "mine"]) {
      await Deno.mkdir(`${scratch}/${name}`, { recursive: true });
      const then = new Date(Date.now() - MS_PER_HOUR);
      await Deno.utime(`${scratch}/${name}`, then, then);
    }
    const notes: string[] = [];
    {
      await using _ = await openEvents(
        [`${folder}/a.csv`],
        { ...PARTS, scratch },
        (_, note) => note && notes.push(note),
      );
      assertEquals([...Deno.readDirSync(scratch)].length, 2);
    }
    assertEquals([...Deno.readDirSync(scratch)].map(({ name }) => name), ["mine"]);
    assertEquals(notes, [`Removed ${scratch}/.unfinished-old: a killed run left it`]);
  }));
