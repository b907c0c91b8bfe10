import { currentVersion } from "../../src/artifact/current.ts";
import { loadArtifact } from "../../src/artifact/load.ts";
import { saveArtifact } from "../../src/artifact/save.ts";
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "../assert.ts";
import { withFolder } from "../temp_folder.ts";
import { affinityModel, tinyAlgorithms, tinyContents, windowRow } from "./tiny_shop.ts";
import { ArtifactError } from "../../src/artifact/artifact_error.ts";
import { InputError } from "../../src/base/input_error.ts";
import { scalar, tensor, type Tensors } from "../../src/linalg/tensor.ts";

const algorithms = tinyAlgorithms;

function namesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

Deno.test("a saved artifact is named after its time and contents, and is current", () =>
  withFolder(async (folder) => {
    const { version, path } = await saveArtifact(folder, tinyContents());
    assertMatch(version, /^20191103T120000Z-[0-9a-f]{12}$/);
    assertEquals(path, `${folder}/${version}`);
    assertEquals(await currentVersion(folder), version);
    assertEquals(Deno.readTextFileSync(`${folder}/current`), `${version}\n`);
    assertEquals(namesIn(folder), [".lock", version, "current"]);
  }));

Deno.test("an artifact can be saved without becoming current", () =>
  withFolder(async (folder) => {
    const { version } = await saveArtifact(folder, tinyContents(), { makeCurrent: false });
    assertEquals(await currentVersion(folder), undefined);
    assertEquals((await loadArtifact(folder, { version, algorithms })).version, version);
  }));

Deno.test("the manifest has what a model chose for options that were auto", () =>
  withFolder(async (folder) => {
    const [first, ...others] = tinyContents().models;
    const model = { ...first.model, chosen: { neighbors: 5 } };
    const models = [{ ...first, options: { neighbors: "auto", k: 3 }, model }, ...others];
    const { path } = await saveArtifact(folder, { ...tinyContents(), models });
    const manifest = JSON.parse(Deno.readTextFileSync(`${path}/manifest.json`));
    assertEquals(manifest.models[0].options, { neighbors: 5, k: 3 });
  }));

Deno.test("an artifact is a manifest and one little-endian file per tensor", () =>
  withFolder(async (folder) => {
    const { path } = await saveArtifact(folder, tinyContents());
    assertEquals(namesIn(path), [
      "catalogue.brandCodes.bin",
      "catalogue.brandValues.bin",
      "catalogue.categoryCodeCodes.bin",
      "catalogue.categoryCodeValues.bin",
      "catalogue.categoryIdCodes.bin",
      "catalogue.categoryIdValues.bin",
      "catalogue.price.bin",
      "complements.baskets.bin",
      "complements.categoryTotals.bin",
      "complements.companions.bin",
      "complements.lifts_bytes.bin",
      "complements.lifts_columns.bin",
      "complements.lifts_lengths.bin",
      "complements.lifts_units.bin",
      "complements.pairs_bytes.bin",
      "complements.pairs_columns.bin",
      "complements.pairs_lengths.bin",
      "complements.pairs_units.bin",
      "histories.bytes.bin",
      "histories.first.bin",
      "histories.lengths.bin",
      "histories.weights.bin",
      "itemIds.bytes.bin",
      "itemIds.lengths.bin",
      "manifest.json",
      "models.affinity.table.bin",
      "models.popularity.counts.bin",
      "userIds.bytes.bin",
      "userIds.lengths.bin",
    ]);
    // The weights 1 and 4, in single precision.
    assertEquals(
      [...Deno.readFileSync(`${path}/histories.weights.bin`)],
      [0, 0, 128, 63, 0, 0, 128, 64],
    );
    // Ann: after 0 s a view of item 0; after 60 s a purchase, 2·60 + 1, of item 1.
    assertEquals([...Deno.readFileSync(`${path}/histories.bytes.bin`)].slice(0, 4), [0, 0, 121, 1]);
    assertEquals([...Deno.readFileSync(`${path}/histories.lengths.bin`)], [4, 4, 0, 4]);
    assertEquals(
      Deno.readTextFileSync(`${path}/catalogue.brandValues.bin`),
      '["runail","unknown","irisk"]',
    );
  }));

Deno.test("the manifest describes what is in an artifact and how it was made", () =>
  withFolder(async (folder) => {
    const { path } = await saveArtifact(folder, tinyContents());
    const manifest = JSON.parse(Deno.readTextFileSync(`${path}/manifest.json`));
    assertEquals(manifest.format, "clickstream-recommender");
    assertEquals(manifest.formatVersion, 5);
    assertEquals(manifest.created, "2019-11-03T12:00:00.500Z");
    assertEquals(manifest.data, {
      sources: ["2019-Nov.csv"],
      rows: 7,
      users: 4,
      items: 5,
      events: 5,
      from: "2019-11-01T00:00:00.000Z",
      to: "2019-11-02T00:00:00.000Z",
    });
    assertEquals(manifest.eventWeights, { view: 1, cart: 2, purchase: 4 });
    assertEquals(manifest.defaultModel, "affinity");
    assertEquals(manifest.decision, "affinity ranks best");
    assertEquals(manifest.evaluation, [windowRow()]);
    assertEquals(manifest.models[0].options, { halfLifeDays: "Infinity" });
    assertEquals(manifest.models[1].figures, { seconds: 0.25 });
    assertEquals(manifest.models[1].tensors[0], {
      name: "table",
      file: "models.affinity.table.bin",
      type: "Float32Array",
      shape: [5, 5],
      bytes: 100,
      // From Python: hashlib.sha256(struct.pack('<25f', *table)).hexdigest()
      sha256: "ac7e59895e3dcae7aa676e6fcd4c8206e4ca571fde539ec515c938a45820a27d",
    });
  }));

Deno.test("the same contents give the same files, byte for byte", () =>
  withFolder(async (folder) => {
    const first = await saveArtifact(folder, tinyContents());
    const later = { created: new Date("2019-12-01T00:00:00Z") };
    const second = await saveArtifact(folder, tinyContents(later));
    for (const name of namesIn(first.path).filter((name) => name.endsWith(".bin"))) {
      assertEquals(
        Deno.readFileSync(`${second.path}/${name}`),
        Deno.readFileSync(`${first.path}/${name}`),
      );
    }
  }));

Deno.test("versions sort by time, and the last one saved is served", () =>
  withFolder(async (folder) => {
    const december = { created: new Date("2019-12-01T00:00:00Z") };
    const { version: first } = await saveArtifact(folder, tinyContents());
    const { version: second } = await saveArtifact(folder, tinyContents(december));
    assert(first < second);
    assertEquals((await loadArtifact(folder, { algorithms })).version, second);
    assertEquals((await loadArtifact(folder, { algorithms, version: first })).version, first);
  }));

Deno.test("saving the same artifact again keeps the existing one", () =>
  withFolder(async (folder) => {
    const { version } = await saveArtifact(folder, tinyContents());
    assertEquals((await saveArtifact(folder, tinyContents())).version, version);
    assertEquals(namesIn(folder), [".lock", version, "current"]);
  }));

Deno.test("two concurrent saves are both complete", () =>
  withFolder(async (folder) => {
    const december = { created: new Date("2019-12-01T00:00:00Z") };
    const saved = await Promise.all([
      saveArtifact(folder, tinyContents()),
      saveArtifact(folder, tinyContents(december)),
    ]);
    for (const { version } of saved) await loadArtifact(folder, { algorithms, version });
    assertEquals(namesIn(folder), [".lock", ...saved.map(({ version }) => version), "current"]);
  }));

Deno.test("a save that fails leaves the old artifact served and nothing half-written", () =>
  withFolder(async (folder) => {
    const { version } = await saveArtifact(folder, tinyContents());
    const failing = {
      ...affinityModel(),
      toTensors: () => {
        throw new Error("out of memory");
      },
    };
    const models = [...tinyContents().models, { name: "failing", options: {}, model: failing }];
    await assertRejects(
      () => saveArtifact(folder, tinyContents({ models })),
      Error,
      "out of memory",
    );
    assertEquals(namesIn(folder), [".lock", version, "current"]);
    assertEquals((await loadArtifact(folder, { algorithms })).version, version);
  }));

Deno.test("a process that dies while saving leaves the old artifact served", () =>
  withFolder(async (folder) => {
    const { version } = await saveArtifact(folder, tinyContents());
    const { code } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", new URL("./dying_save.ts", import.meta.url).href, folder],
      cwd: new URL("../..", import.meta.url),
      stderr: "inherit",
    }).output();
    assertEquals(code, 9);
    const left = namesIn(folder).filter((name) => name.startsWith(".tmp-"));
    assertEquals(left.length, 1);
    assert(namesIn(`${folder}/${left[0]}`).includes("histories.bytes.bin"));
    assertEquals((await loadArtifact(folder, { algorithms })).version, version);

    const december = { created: new Date("2019-12-01T00:00:00Z") };
    const { version: next } = await saveArtifact(folder, tinyContents(december));
    assertEquals(namesIn(folder), [".lock", version, next, "current"]);
  }));

Deno.test("an artifact that was renamed but not yet named as current isn't served", () =>
  withFolder(async (folder) => {
    const { version } = await saveArtifact(folder, tinyContents());
    const december = { created: new Date("2019-12-01T00:00:00Z") };
    await saveArtifact(folder, tinyContents(december));
    await Deno.writeTextFile(`${folder}/current`, `${version}\n`);
    assertEquals((await loadArtifact(folder, { algorithms })).version, version);
  }));

Deno.test("an artifact without popularity or its default model can't be saved", () =>
  withFolder(async (folder) => {
    const [counts, table] = tinyContents().models;
    await assertRejects(
      () => saveArtifact(folder, tinyContents({ models: [table] })),
      TypeError,
      'without model "popularity": it has affinity',
    );
    await assertRejects(
      () => saveArtifact(folder, tinyContents({ models: [counts] })),
      TypeError,
      'without model "affinity": it has popularity',
    );
    assertEquals(namesIn(folder), []);
  }));

Deno.test("models with repeated or invalid names, or for another catalogue, can't be saved", () =>
  withFolder(async (folder) => {
    const { models, interactions } = tinyContents();
    const { model } = models[1];
    await assertRejects(
      () => saveArtifact(folder, tinyContents({ models: [...models, models[1]] })),
      TypeError,
      'Cannot save model "affinity": its name must match',
    );
    await assertRejects(
      () =>
        saveArtifact(
          folder,
          tinyContents({ models: [...models, { name: "../up", options: {}, model }] }),
        ),
      TypeError,
      'Cannot save model "../up"',
    );
    const other = { ...model, itemCount: 6 };
    await assertRejects(
      () =>
        saveArtifact(
          folder,
          tinyContents({ models: [...models, { name: "other", options: {}, model: other }] }),
        ),
      TypeError,
      "it scores 6 items, the data has 5",
    );
    const named = { ...model, toTensors: () => ({ "a b": tensor(Float32Array.of(1)) }) };
    await assertRejects(
      () =>
        saveArtifact(
          folder,
          tinyContents({ models: [...models, { name: "named", options: {}, model: named }] }),
        ),
      TypeError,
      'Cannot save tensor "a b" of models.named',
    );
    const nothing = {
      ...interactions,
      indptr: new Uint32Array(5),
      items: new Uint32Array(0),
      weights: new Float32Array(0),
      times: new Uint32Array(0),
    };
    await assertRejects(
      () => saveArtifact(folder, tinyContents({ interactions: nothing })),
      TypeError,
      "without a single event",
    );
  }));

Deno.test("parameters must be finite to be saved, options may be infinite", () =>
  withFolder(async (folder) => {
    const contents = tinyContents();
    const savedWith = (tensors: Tensors) =>
      saveArtifact(folder, {
        ...contents,
        models: contents.models.map((trained) =>
          trained.name === "affinity"
            ? { ...trained, model: { ...trained.model, toTensors: () => tensors } }
            : trained
        ),
      });
    for (const wrong of [NaN, Infinity, -Infinity]) {
      const table = affinityModel().toTensors().table.data.slice();
      table[7] = wrong;
      const error = await assertRejects(() => savedWith({ table: tensor(table) }), InputError);
      assertEquals(
        error.message,
        'Cannot save model "affinity": its parameters must be finite, number 7 of its "table" ' +
          `is ${wrong}; train it with other options, or omit it`,
      );
    }
    await assertRejects(() => savedWith({ bias: scalar(NaN) }), InputError, '"bias" is NaN');
    assertEquals(namesIn(folder).filter((name) => name !== ".lock"), []);
    await savedWith({ halfLifeDays: scalar(Infinity) });
  }));

Deno.test("a folder that can't be written is a clear error", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    const error = await assertRejects(
      () => saveArtifact(`${folder}/file`, tinyContents()),
      ArtifactError,
    );
    assertStringIncludes(error.message, `Cannot save an artifact in ${folder}/file: `);
    assertStringIncludes(error.message, "choose another folder");
  }));
