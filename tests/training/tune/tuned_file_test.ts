import { InputError } from "../../../src/base/input_error.ts";
import {
  otherDataWarnings,
  readTuned,
  saveTuned,
  tunedDataOf,
  type TunedModel,
} from "../../../src/training/tune/tuned_file.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { interactionsOf } from "../../interactions/made_by_hand.ts";
import { withFolder } from "../../temp_folder.ts";

const tuned: TunedModel = {
  options: { factors: 8, learningRate: 0.01 },
  metric: "ndcg",
  k: 10,
  value: 0.25,
  users: 100,
  defaults: 0.2,
  trials: 12,
  untried: 0,
  seed: 1,
  date: "2019-11-02",
  data: {
    ...{ fingerprint: "00ff", users: 120, products: 40, events: 1234 },
    ...{ from: "2019-10-01", to: "2019-10-31" },
  },
};

Deno.test("each model's options are read back; saving one again keeps the others", () =>
  withFolder(async (folder) => {
    const path = `${folder}/artifacts/tuned.json`;
    await saveTuned(path, "svd", tuned);
    await saveTuned(path, "popularity", { ...tuned, options: { halfLifeDays: Infinity } });
    await saveTuned(path, "svd", { ...tuned, options: { factors: 9 } });
    assertEquals(await readTuned(path), {
      popularity: { ...tuned, options: { halfLifeDays: Infinity } },
      svd: { ...tuned, options: { factors: 9 } },
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

Deno.test("options that were tuned on other data are warned of, with both", () => {
  const shop = interactionsOf([[0, 0, 1, 1_570_000_000], [1, 1, 1, 1_570_100_000]]);
  const same = { ...tuned, data: tunedDataOf(shop) };
  assertEquals(otherDataWarnings("tuned.json", { svd: same }, shop), []);
  assertEquals(otherDataWarnings("tuned.json", {}, shop), []);
  assertEquals(otherDataWarnings("tuned.json", { als: tuned, ease: tuned, svd: same }, shop), [
    "Warning: the options of als, ease in tuned.json were tuned on other data (1,234 events of " +
    "120 users, 2019-10-01 to 2019-10-31; now 2 events of 2 users, 2019-10-02 to 2019-10-03): " +
    "they may not suit these; tune again, or train with another file (--tuned)",
  ]);
});

Deno.test("other weights of the same events are other data", () => {
  const shop = (weight: number) => interactionsOf([[0, 0, weight, 1_570_000_000]]);
  const [one, two] = [tunedDataOf(shop(1)), tunedDataOf(shop(2))];
  assert(one.fingerprint !== two.fingerprint);
  assertEquals({ ...two, fingerprint: one.fingerprint }, one);
});

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
