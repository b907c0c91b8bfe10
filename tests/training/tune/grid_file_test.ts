import { InputError } from "../../../src/base/input_error.ts";
import { TempFolder } from "../../../src/base/temp_folder.ts";
import { popularity } from "../../../src/models/popularity.ts";
import { svd } from "../../../src/models/svd.ts";
import { readGrid } from "../../../src/training/tune/grid_file.ts";
import { assertEquals, assertRejects } from "../../assert.ts";

async function withGrid<Result>(
  text: string,
  read: (path: string) => Promise<Result>,
): Promise<Result> {
  using folder = new TempFolder();
  const path = `${folder.path}/grid.json`;
  await Deno.writeTextFile(path, text);
  return await read(path);
}

Deno.test("a grid lists values for options, infinity as text", async () => {
  const text = '{"factors": [8, 16], "implicit": [true, false], "rating": ["sum"]}';
  assertEquals(await withGrid(text, (path) => readGrid(path, svd)), {
    factors: [8, 16],
    implicit: [true, false],
    rating: ["sum"],
  });
  const halfLives = '{"halfLifeDays": [7, "Infinity"]}';
  assertEquals(await withGrid(halfLives, (path) => readGrid(path, popularity)), {
    halfLifeDays: [7, Infinity],
  });
});

const MISTAKES: readonly [why: string, text: string, message: string][] = [
  ["text that isn't JSON", '{"factors": [8', "it isn't JSON"],
  ["a list", "[8]", "it must name options and list their values"],
  ["nothing", "{}", "it must name at least one option"],
  ["a value that isn't in a list", '{"factors": 8}', 'option "factors" must be a list of values'],
  ["an empty list", '{"epochs": [5], "factors": []}', 'option "factors" must list at least one'],
  [
    "a value of an unsupported type",
    '{"factors": [8, null]}',
    'option "factors" must be a number, a text',
  ],
  [
    "text for a number",
    '{"factors": ["many"]}',
    'option "factors" must be a whole number of at least 1, got "many"',
  ],
  [
    "a number for text",
    '{"rating": [1]}',
    'option "rating" must be one of max, sum, logsum, got 1',
  ],
  ["a repeated value", '{"factors": [8, 9, 8]}', 'option "factors" must list each value once, 8'],
  ["a mistyped option", '{"factor": [8]}', 'svd has no option "factor", did you mean "factors"?'],
];

for (const [why, text, message] of MISTAKES) {
  Deno.test(`a grid with ${why} is refused, naming what is wrong`, async () => {
    const error = await withGrid(
      text,
      (path) => assertRejects(() => readGrid(path, svd), InputError, message),
    );
    assertEquals(error.message.startsWith("Cannot read the grid "), true);
  });
}

Deno.test("a missing grid file is named", async () => {
  await assertRejects(() => readGrid("/no/such/grid.json", svd), InputError, "/no/such/grid.json");
});
