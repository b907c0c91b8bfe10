import { reportSource } from "../../src/analysis/report/source.ts";
import { ArtifactError } from "../../src/artifact/artifact_error.ts";
import { loadArtifact } from "../../src/artifact/load.ts";
import { saveArtifact } from "../../src/artifact/save.ts";
import { writeTensors } from "../../src/artifact/tensor_files.ts";
import { InputError } from "../../src/base/input_error.ts";
import { catalogueFromTensors, catalogueToTensors } from "../../src/artifact/catalogue.ts";
import { textAt, textColumn } from "../../src/interactions/catalogue.ts";
import { historyOf } from "../../src/interactions/interactions.ts";
import { tensor, type TypedArray } from "../../src/linalg/tensor.ts";
import { popularity } from "../../src/models/popularity.ts";
import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "../assert.ts";
import { withFolder } from "../temp_folder.ts";
import {
  affinity,
  affinityModel,
  COUNTS,
  inside,
  TABLE,
  tinyAlgorithms,
  tinyArtifact,
  tinyContents,
  tinyInteractions,
} from "./tiny_shop.ts";
import { editManifest, rewriteInVersion1, rewriteManifest } from "./version_1.ts";

const algorithms = tinyAlgorithms;

/** Saves the tiny shop, does something to its folder, and expects that it can't be loaded. */
function refuses(damage: (path: string) => void | Promise<void>, message: string): Promise<void> {
  return withFolder(async (folder) => {
    const { path } = await saveArtifact(folder, tinyContents());
    await damage(path);
    const error = await assertRejects(() => loadArtifact(folder, { algorithms }), ArtifactError);
    assertStringIncludes(error.message, message);
    assertStringIncludes(error.message, "deno task train --events FILE");
  });
}

Deno.test("a loaded artifact holds what was saved", async () => {
  const { manifest, interactions, models } = await tinyArtifact();
  const { itemIds, catalogue } = interactions;
  const { userIds, packed } = inside({ interactions });
  assertEquals(manifest.defaultModel, "affinity");
  assertEquals([0, 1, 2, 3].map((user) => userIds.idAt(user)), ["ann", "bob", "cleo", "100%/Ünï?"]);
  assertEquals(itemIds.indexOf("400"), 3);
  assertEquals(packed.of(0), {
    items: Uint32Array.of(0, 1),
    weights: Float32Array.of(1, 4),
    times: Uint32Array.of(1572566400, 1572566460),
  });
  assertEquals(packed.of(2).items.length, 0);
  assertEquals(catalogue, tinyInteractions().catalogue);
  assertEquals([...models.keys()], ["popularity", "affinity"]);
  assertEquals(models.get("affinity")?.toTensors().table.data, Float32Array.from(TABLE.flat()));
  assertEquals(models.get("popularity")?.toTensors().counts.data, Float32Array.from(COUNTS));
});

Deno.test("addresses of pictures and pages survive", async () => {
  const { catalogue, ...interactions } = tinyInteractions();
  const imageUrl = textColumn(["https://shop.test/1.png", "", "", "", ""]);
  const url = textColumn(["", "https://shop.test/2", "", "", ""]);
  const loaded = await tinyArtifact({
    interactions: { ...interactions, catalogue: { ...catalogue, imageUrl, url } },
  });
  assertEquals(loaded.interactions.catalogue.imageUrl, imageUrl);
  assertEquals(loaded.interactions.catalogue.url, url);
});

Deno.test("codes of texts take as few bits as they need, and come back in 32", async () => {
  const interactions = tinyInteractions();
  const brand = { codes: Uint32Array.of(0, 256, 255, 256, 1), values: namesOf(257) };
  const url = { codes: Uint32Array.of(0, 65_536, 65_535, 256, 1), values: namesOf(65_537) };
  const catalogue = { ...interactions.catalogue, brand, url };
  const { categoryIdCodes, brandCodes, urlCodes } = catalogueToTensors(catalogue);
  assertEquals(categoryIdCodes.data, Uint8Array.of(0, 1, 2, 1, 0));
  assertEquals(brandCodes.data, Uint16Array.of(0, 256, 255, 256, 1));
  assertEquals(urlCodes.data, url.codes);
  const loaded = await tinyArtifact({ interactions: { ...interactions, catalogue } });
  assertEquals(loaded.interactions.catalogue, catalogue);
});

function namesOf(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `brand ${i}`);
}

Deno.test("codes of earlier format versions, which have 32 bits, are restored too", () => {
  const { catalogue } = tinyInteractions();
  const tensors = {
    ...catalogueToTensors(catalogue),
    brandCodes: tensor(catalogue.brand.codes),
  };
  assertEquals(catalogueFromTensors(tensors, 5), catalogue);
});

Deno.test("titles survive, whatever is in them", async () => {
  const titles = ["Lotion 5%", 'with "quotes"\n', "日本 \u0000", "", "\ud800"];
  const interactions = tinyInteractions();
  const catalogue = { ...interactions.catalogue, title: textColumn(titles) };
  const loaded = await tinyArtifact({ interactions: { ...interactions, catalogue } });
  const { title } = loaded.interactions.catalogue;
  assert(title);
  assertEquals(titles.map((_, item) => textAt(title, item)), titles);
});

Deno.test("before anything was saved, the error says which command makes an artifact", () =>
  withFolder(async (folder) => {
    for (const directory of [folder, `${folder}/nowhere`]) {
      const error = await assertRejects(
        () => loadArtifact(directory, { algorithms }),
        ArtifactError,
        `there is none in ${directory}; make one: deno task start`,
      );
      assertEquals(error.name, "ArtifactError");
    }
  }));

Deno.test("a missing current artifact is an error that lists the existing ones", () =>
  withFolder(async (folder) => {
    const { version: kept } = await saveArtifact(folder, tinyContents());
    const december = { created: new Date("2019-12-01T00:00:00Z") };
    const { path, version: gone } = await saveArtifact(folder, tinyContents(december));
    await Deno.remove(path, { recursive: true });
    await assertRejects(
      () => loadArtifact(folder, { algorithms }),
      ArtifactError,
      `Cannot load artifact ${gone}: it must be one of those in ${folder}: ${kept}; write the name`,
    );
    await assertRejects(
      () => loadArtifact(folder, { algorithms, version: "../elsewhere" }),
      ArtifactError,
      "Cannot load artifact ../elsewhere",
    );
  }));

Deno.test("an artifact isn't blamed for what the runtime lacks", () =>
  withFolder(async (folder) => {
    await saveArtifact(folder, tinyContents());
    const lacking = algorithms.map((algorithm) => ({
      ...algorithm,
      fromTensors: () => {
        throw new InputError("Cannot run the compiled kernels");
      },
    }));
    const error = await assertRejects(
      () => loadArtifact(folder, { algorithms: lacking }),
      InputError,
    );
    assertEquals(error.message, "Cannot run the compiled kernels");
  }));

Deno.test("a flipped bit in any file is found", () =>
  withFolder(async (folder) => {
    const { path } = await saveArtifact(folder, tinyContents());
    for (const { name } of Deno.readDirSync(path)) {
      const bytes = Deno.readFileSync(`${path}/${name}`);
      for (const position of [0, bytes.length >> 1, bytes.length - 1]) {
        const damaged = bytes.slice();
        damaged[position] ^= 1;
        Deno.writeFileSync(`${path}/${name}`, damaged);
        const error = await assertRejects(
          () => loadArtifact(folder, { algorithms }),
          ArtifactError,
        );
        assertStringIncludes(error.message, `${path}/${name}`);
      }
      Deno.writeFileSync(`${path}/${name}`, bytes);
    }
    await loadArtifact(folder, { algorithms });
  }));

Deno.test("a file that is missing, cut short or too long is found", () =>
  withFolder(async (folder) => {
    const { path } = await saveArtifact(folder, tinyContents());
    for (const { name } of [...Deno.readDirSync(path)]) {
      const file = `${path}/${name}`;
      const bytes = Deno.readFileSync(file);
      for (const length of [0, bytes.length - 1, bytes.length + 1]) {
        const other = new Uint8Array(length);
        other.set(bytes.subarray(0, length));
        Deno.writeFileSync(file, other);
        const error = await assertRejects(
          () => loadArtifact(folder, { algorithms }),
          ArtifactError,
        );
        assertStringIncludes(error.message, file);
      }
      await Deno.remove(file);
      await assertRejects(
        () => loadArtifact(folder, { algorithms }),
        ArtifactError,
        `${file} is missing`,
      );
      Deno.writeFileSync(file, bytes);
    }
    await loadArtifact(folder, { algorithms });
  }));

Deno.test("a cut file's error says how long it must be", () =>
  refuses(
    (path) => Deno.truncate(`${path}/models.affinity.table.bin`, 96),
    "models.affinity.table.bin must have 100 bytes, it has 96",
  ));

Deno.test("two swapped files are found, though each is intact", () =>
  refuses(async (path) => {
    await Deno.rename(`${path}/models.popularity.counts.bin`, `${path}/swap`);
    await Deno.rename(`${path}/catalogue.price.bin`, `${path}/models.popularity.counts.bin`);
    await Deno.rename(`${path}/swap`, `${path}/catalogue.price.bin`);
  }, "is damaged, its SHA-256 isn't the manifest's"));

Deno.test("a folder in the place of a file is refused", () =>
  refuses(async (path) => {
    await Deno.remove(`${path}/userIds.bytes.bin`);
    await Deno.mkdir(`${path}/userIds.bytes.bin`);
  }, "userIds.bytes.bin must be a file"));

for (const file of ["userIds.bytes.bin", "manifest.json", "../current"]) {
  Deno.test({
    name: `a named pipe in the place of ${file} is refused instead of waited for`,
    ignore: Deno.build.os === "windows",
    fn: () =>
      refuses(async (path) => {
        await Deno.remove(`${path}/${file}`);
        await new Deno.Command("mkfifo", { args: [`${path}/${file}`] }).output();
      }, "must be a file"),
  });
}

Deno.test("a file that the manifest doesn't name is refused, unless it is hidden", () =>
  withFolder(async (folder) => {
    const { path } = await saveArtifact(folder, tinyContents());
    await Deno.writeTextFile(`${path}/.DS_Store`, "");
    await loadArtifact(folder, { algorithms });
    await Deno.writeTextFile(`${path}/models.als.itemFactors.bin`, "");
    await assertRejects(
      () => loadArtifact(folder, { algorithms }),
      ArtifactError,
      `${path}/models.als.itemFactors.bin isn't in its manifest; remove it, or restore`,
    );
  }));

Deno.test("a manifest that isn't JSON is refused", () =>
  refuses(
    (path) => editManifest(path, (text) => text.slice(0, 100)),
    "manifest.json isn't a manifest",
  ));

Deno.test("a manifest of something else is refused", () =>
  refuses(
    (path) => editManifest(path, () => '{"format":"onnx","formatVersion":1}'),
    'expected "clickstream-recommender"',
  ));

Deno.test("a newer format is refused, whatever else changed in it", () =>
  refuses(
    (path) => editManifest(path, () => '{"format":"clickstream-recommender","formatVersion":6}'),
    "is of format version 6, this program reads versions 1, 2, 3, 4, and 5; use the newer program",
  ));

Deno.test("an older format is refused", () =>
  refuses(
    (path) =>
      editManifest(path, (text) => text.replace('"formatVersion": 5', '"formatVersion": 0')),
    "is of format version 0, this program reads versions 1, 2, 3, 4, and 5; make a new artifact",
  ));

Deno.test("an edited manifest is refused", () =>
  refuses(
    (path) => editManifest(path, (text) => text.replace('"ndcg": 0.5', '"ndcg": 0.9')),
    "it was changed, or its folder renamed",
  ));

Deno.test("an older artifact loads, but a report needs facts that it lacks", () =>
  withFolder(async (folder) => {
    const { path, version } = await saveArtifact(folder, tinyContents());
    // Rows without window, Gini and intervals, a gate without tests, and no comparison.
    const evaluation = [{ model: "affinity", task: "seen", ndcg: 0.5, coverage: 1 }];
    const gate = { candidate: "affinity", passed: true };
    const older = await rewriteManifest(path, version, (manifest) => {
      Object.assign(manifest, { evaluation, gate });
    });
    const { manifest, models } = await loadArtifact(folder, { algorithms, version: older });
    assertEquals([manifest.evaluation, manifest.gate], [evaluation, gate]);
    assertEquals([...models.keys()], ["popularity", "affinity"]);
    const error = assertThrows(() => reportSource(manifest, older), InputError);
    assertStringIncludes(error.message, `Cannot report on ${older}: it lacks what a report`);
  }));

Deno.test("a model that this program doesn't have is refused", () =>
  withFolder(async (folder) => {
    await saveArtifact(folder, tinyContents());
    await assertRejects(
      () => loadArtifact(folder, { algorithms: [popularity] }),
      ArtifactError,
      'this program has no model "affinity"',
    );
  }));

Deno.test("a model whose tensors are not what it needs is refused", () =>
  withFolder(async (folder) => {
    await saveArtifact(folder, tinyContents());
    const other = { ...affinity, fromTensors: popularity.fromTensors };
    await assertRejects(
      () => loadArtifact(folder, { algorithms: [popularity, other] }),
      ArtifactError,
      'Cannot read tensors: "counts" is missing, there are: table ' +
        "(models.affinity.table.bin)",
    );
    const larger = {
      ...affinity,
      fromTensors: () => ({ ...affinityModel(), itemCount: 6 }),
    };
    await assertRejects(
      () => loadArtifact(folder, { algorithms: [popularity, larger] }),
      ArtifactError,
      'model "affinity" must score 5 items, it scores 6',
    );
  }));

/**
 * Arrays that don't fit together, each as a change to the tiny shop's, and what is said of them.
 */
const MISFITS: readonly [string, object, string][] = [
  [
    "indptr that falls",
    { indptr: Uint32Array.of(0, 2, 1, 4, 5) },
    "indptr must ascend from 0 to 5",
  ],
  ["indptr that ends early", { indptr: Uint32Array.of(0, 2, 4, 4, 4) }, "must ascend from 0 to 5"],
  ["indptr of other users", { indptr: Uint32Array.of(0, 5) }, "indptr must hold 5 numbers"],
  ["an item too high", { items: Uint32Array.of(0, 1, 2, 2, 5) }, "items must hold numbers below 5"],
  ["weights too few", { weights: Float32Array.of(1) }, "weights must hold 5 numbers, it holds 1"],
  ["times too many", { times: new Uint32Array(6) }, "times must hold 5 numbers, it holds 6"],
];

for (const [name, change, message] of MISFITS) {
  Deno.test(`histories with ${name} can't be saved`, () =>
    withFolder(async (folder) => {
      const interactions = { ...tinyInteractions(), ...change };
      await assertRejects(
        () => saveArtifact(folder, tinyContents({ interactions })),
        RangeError,
        message,
      );
    }));
}

Deno.test("an artifact of format version 1 loads, with the same contents", () =>
  withFolder(async (folder) => {
    const { path, version } = await saveArtifact(folder, tinyContents());
    const older = await rewriteInVersion1(path, version, tinyInteractions());
    const { interactions, manifest, models } = await loadArtifact(folder, {
      algorithms,
      version: older,
    });
    assertEquals(manifest.formatVersion, 1);
    const { itemIds, catalogue } = interactions;
    const { userIds, packed } = inside({ interactions });
    assertEquals([0, 1, 2, 3].map((user) => userIds.idAt(user)), [
      "ann",
      "bob",
      "cleo",
      "100%/Ünï?",
    ]);
    assertEquals(itemIds.indexOf("400"), 3);
    for (let user = 0; user < 4; user++) {
      assertEquals(packed.of(user), historyOf(tinyInteractions(), user));
    }
    assertEquals(catalogue, tinyInteractions().catalogue);
    assertEquals([...models.keys()], ["popularity", "affinity"]);
  }));

for (const [name, change, message] of MISFITS) {
  Deno.test(`histories of format version 1 with ${name} are refused`, () =>
    withFolder(async (folder) => {
      const { path, version } = await saveArtifact(folder, tinyContents());
      const wrong = { ...tinyInteractions(), ...change };
      const older = await rewriteInVersion1(path, version, wrong);
      await assertRejects(
        () => loadArtifact(folder, { algorithms, version: older }),
        ArtifactError,
        message,
      );
    }));
}

const EVIDENCE = {
  events: Uint8Array.of(9, 9, 9, 9, 1),
  newcomers: Uint32Array.of(4),
  needed: Uint8Array.of(1),
  starts: Uint32Array.of(0, 2),
  standIns: Uint32Array.of(1, 3),
};

Deno.test("what training found out of products is loaded as it was saved", () =>
  withFolder(async (folder) => {
    await saveArtifact(folder, tinyContents({ evidence: EVIDENCE }));
    const { interactions } = await loadArtifact(folder, { algorithms });
    assertEquals(interactions.evidence, EVIDENCE);
  }));

for (
  const [evidence, message] of [
    [{ needed: Uint8Array.of(3) }, "needed must be from 1 to the number of stand-ins"],
    [{ needed: Uint8Array.of(0) }, "needed must be from 1 to the number of stand-ins"],
    [{ events: Uint8Array.of(9) }, "events must"],
    [{ newcomers: Uint32Array.of(5) }, "newcomers"],
    [{ standIns: Uint32Array.of(1, 5) }, "standIns"],
    [{ starts: Uint32Array.of(0, 3) }, "starts"],
  ] as const
) {
  Deno.test(`evidence with ${JSON.stringify(evidence)} is refused`, () =>
    withFolder(async (folder) => {
      await saveArtifact(folder, tinyContents({ evidence: { ...EVIDENCE, ...evidence } }));
      await assertRejects(() => loadArtifact(folder, { algorithms }), ArtifactError, message);
    }));
}

/** Tensors of an artifact that don't fit the others, and what is said of them. */
const MISFITTING_TENSORS: readonly [string, TypedArray, string][] = [
  ["histories.lengths", Uint8Array.of(4, 4, 0, 5), "lengths must sum to 12, the sum is 13"],
  ["histories.lengths", Uint8Array.of(12), "lengths must hold 4 numbers, it holds 1"],
  ["userIds.lengths", Uint8Array.of(3, 3, 4, 1), "lengths must sum to"],
  ["itemIds.lengths", Uint8Array.of(15), "lengths must hold 5 numbers, it holds 1"],
  ["catalogue.brandCodes", Uint16Array.of(0, 1, 0, 2, 3), "brandCodes must hold numbers below 3"],
];

for (const [name, data, message] of MISFITTING_TENSORS) {
  Deno.test(`${name} of ${data} is refused`, () =>
    withFolder(async (folder) => {
      const { path, version } = await saveArtifact(folder, tinyContents());
      const [prefix, tensorName] = name.split(".");
      await Deno.remove(`${path}/${name}.bin`);
      const [file] = await writeTensors(path, prefix, { [tensorName]: tensor(data) });
      const changed = await rewriteManifest(path, version, (manifest) => {
        const files = manifest.contents[prefix as keyof typeof manifest.contents];
        files!.splice(files!.findIndex((other) => other.name === tensorName), 1, file);
      });
      await assertRejects(
        () => loadArtifact(folder, { algorithms, version: changed }),
        ArtifactError,
        message,
      );
    }));
}

Deno.test("a catalogue that doesn't fit the items is refused", () =>
  withFolder(async (folder) => {
    const interactions = tinyInteractions();
    for (
      const [change, message] of [
        [{ price: Float32Array.of(1) }, "price must hold 5 numbers, it holds 1"],
        [{ brand: textColumn(["a"]) }, "brandCodes must hold 5 numbers, it holds 1"],
        [
          { brand: { codes: Uint32Array.of(0, 0, 0, 0, 1), values: ["a"] } },
          "brandCodes must hold numbers below 1, it holds 1",
        ],
        [
          { brand: { codes: new Uint32Array(5), values: [7] } },
          "brandValues must be a JSON array of texts",
        ],
      ] as const
    ) {
      const catalogue = { ...interactions.catalogue, ...change as object };
      await saveArtifact(folder, tinyContents({ interactions: { ...interactions, catalogue } }));
      await assertRejects(() => loadArtifact(folder, { algorithms }), ArtifactError, message);
    }
  }));
