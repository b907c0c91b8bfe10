import { join } from "node:path";
import { type BenchRow, formatRows, reportRows } from "../../../../scripts/bench/lib/results.ts";
import { TempFolder } from "../../../../src/base/temp_folder.ts";
import { assertEquals, assertStringIncludes } from "../../../assert.ts";

const rows: BenchRow[] = [
  {
    bench: "ranking",
    name: "als",
    metric: "recall@20",
    value: 0.16834,
    unit: "share",
    options: { factors: 8 },
  },
  {
    bench: "ranking",
    name: "als",
    metric: "fit",
    value: 12.345,
    unit: "s",
    peer: "implicit",
    peerValue: 20,
    options: { factors: 8 },
  },
  { bench: "ranking", name: "ease", metric: "recall@20", value: 0.2, unit: "share", options: {} },
];

Deno.test("a table has a row for each name and a column for each metric and peer", () => {
  const lines = formatRows(rows).split("\n").filter((line) => /[a-z]/.test(line));
  const cells = lines.map((line) => line.split("│").slice(1, -1).map((cell) => cell.trim()));
  assertEquals(cells, [
    ["", "recall@20", "fit [s]", "fit [s] of implicit", "options"],
    ["als", "0.1683", "12.3", "20", "factors 8"],
    ["ease", "0.2000", "", "", ""],
  ]);
});

Deno.test("figures are written as a JSON array, without temporary files", async () => {
  using temporary = new TempFolder();
  const folder = temporary.path;
  await reportRows(rows, { json: join(folder, "new", "rows.json") });
  const names = Array.from(Deno.readDirSync(join(folder, "new")), ({ name }) => name);
  assertEquals(names, ["rows.json"]);
  const text = await Deno.readTextFile(join(folder, "new", "rows.json"));
  assertEquals(JSON.parse(text), rows);
  assertStringIncludes(text, `"peerValue": 20`);
});
