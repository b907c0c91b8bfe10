import { InputError } from "../../../src/base/input_error.ts";
import { readTuned, saveTuned, type TunedModel } from "../../../src/training/tune/tuned_file.ts";
import { assertEquals, assertRejects } from "../../assert.ts";
import { withFolder } from "../../temp_folder.ts";

const tuned: TunedModel = {
  options: { factors: 8, learningRate: 0.01 },
  metric: "ndcg",
  k: 10,
  value: 0.25,
  users: 100,
  trials: 12,
};

Deno.test("each model's options are read back; saving one again keeps the others", () =>
  withFolder(async (folder) => {
    const path = `${folder}/artifacts/tuned.json`;
    await saveTuned(path, "svd", tuned);
    await saveTuned(path, "popularity", { ...tuned, options: { halfLifeDays: Infinity } });
    await saveTuned(path, "svd", { ...tuned, options: { factors: 9 } });
    assertEquals(await readTuned(path), {
      popularity: { halfLifeDays: Infinity },
      svd: { factors: 9 },
    });
    const names = Array.fromAsync(Deno.readDir(`${folder}/artifacts`), ({ name }) => name);
    assertEquals((await names).sort(), [".lock", "tuned.json"]);
  }));

Deno.test("the file doesn't depend on the order of tuning or of the options", () =>
  withFolder(async (folder) => {
    const turned = { ...tuned, options: { learningRate: 0.01, factors: 8 } };
    await saveTuned(`${folder}/a.json`, "svd", tuned);
    await saveTuned(`${folder}/a.json`, "content", { ...tuned, options: {} });
    await saveTuned(`${folder}/b.json`, "content", { ...tuned, options: {} });
    await saveTuned(`${folder}/b.json`, "svd", turned);
    assertEquals(
      await Deno.readTextFile(`${folder}/a.json`),
      await Deno.readTextFile(`${folder}/b.json`),
    );
  }));

Deno.test("a missing file is a mistake, unless it is optional", () =>
  withFolder(async (folder) => {
    const path = `${folder}/tuned.json`;
    await assertRejects(() => readTuned(path), InputError, "there is no file");
    assertEquals(await readTuned(path, { optional: true }), {});
  }));

const MISTAKES: readonly [why: string, text: string, message: string][] = [
  ["isn't JSON", '{"svd": ', "it isn't a file that deno task tune wrote"],
  ["has no options", '{"svd": {"metric": "ndcg"}}', "at svd.options"],
  [
    "has options of no kind",
    JSON.stringify({ svd: { ...tuned, options: { factors: [8] } } }),
    "at svd.options.factors",
  ],
  ["names an unknown model", JSON.stringify({ svt: tuned }), 'Cannot find model "svt"'],
  [
    "names an unknown option",
    JSON.stringify({ svd: { ...tuned, options: { factor: 8 } } }),
    'svd has no option "factor", did you mean "factors"?',
  ],
];

for (const [why, text, message] of MISTAKES) {
  Deno.test(`a file of tuned options that ${why} is refused, naming what is wrong`, () =>
    withFolder(async (folder) => {
      const path = `${folder}/tuned.json`;
      await Deno.writeTextFile(path, text);
      await assertRejects(() => readTuned(path, { optional: true }), InputError, message);
    }));
}

Deno.test("a file that tuning didn't write is not overwritten", () =>
  withFolder(async (folder) => {
    const path = `${folder}/notes.json`;
    await Deno.writeTextFile(path, "my notes");
    await assertRejects(() => saveTuned(path, "svd", tuned), InputError, "move it away");
    assertEquals(await Deno.readTextFile(path), "my notes");
  }));

Deno.test("an unwritable path is a user's mistake", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    await assertRejects(
      () => saveTuned(`${folder}/file/tuned.json`, "svd", tuned),
      InputError,
      "choose another path",
    );
  }));
