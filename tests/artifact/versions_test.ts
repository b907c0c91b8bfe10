import { ArtifactError } from "../../src/artifact/artifact_error.ts";
import { currentVersion, listVersions } from "../../src/artifact/current.ts";
import { saveArtifact } from "../../src/artifact/save.ts";
import { describeVersions, pruneVersions, useVersion } from "../../src/artifact/versions.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "../assert.ts";
import { withFolder } from "../temp_folder.ts";
import { tinyAlgorithms as algorithms, tinyContents } from "./tiny_shop.ts";

/** Runs a test in a folder with a version from each of `days` days, the last one current. */
function withVersions(
  days: number,
  run: (folder: string, versions: string[]) => Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    const versions: string[] = [];
    for (let day = 1; day <= days; day++) {
      const created = new Date(Date.UTC(2019, 10, day));
      versions.push((await saveArtifact(folder, tinyContents({ created }))).version);
    }
    await run(folder, versions);
  });
}

Deno.test("versions are described oldest first, with what their manifests say", () =>
  withVersions(2, async (folder, versions) => {
    const entries = await describeVersions(folder);
    assertEquals(entries.map(({ version }) => version), versions);
    assertEquals(entries.map(({ current }) => current), [false, true]);
    assertEquals(entries.map(({ manifest }) => manifest?.defaultModel), ["affinity", "affinity"]);
  }));

Deno.test("a version that can't be read is listed with the reason", () =>
  withVersions(2, async (folder, [damaged]) => {
    await Deno.writeTextFile(`${folder}/${damaged}/manifest.json`, "{");
    const [first, second] = await describeVersions(folder);
    assertStringIncludes(first.error ?? "", `${damaged}/manifest.json isn't a manifest`);
    assertEquals([first.manifest, second.error], [undefined, undefined]);
  }));

Deno.test("a missing folder has no versions, and nothing to remove", () =>
  withFolder(async (folder) => {
    assertEquals(await describeVersions(`${folder}/nowhere`), []);
    assertEquals(await pruneVersions(`${folder}/nowhere`, 1), []);
  }));

Deno.test("rolling back makes an older version current", () =>
  withVersions(2, async (folder, [older]) => {
    const manifest = await useVersion(folder, { version: older, algorithms });
    assertEquals(manifest.created, "2019-11-01T00:00:00.000Z");
    assertEquals(await currentVersion(folder), older);
  }));

Deno.test("a version that doesn't load never becomes current", () =>
  withVersions(2, async (folder, [older, current]) => {
    await Deno.writeFile(`${folder}/${older}/models.affinity.table.bin`, new Uint8Array(100));
    await assertRejects(
      () => useVersion(folder, { version: older, algorithms }),
      ArtifactError,
      "models.affinity.table.bin",
    );
    assertEquals(await currentVersion(folder), current);
  }));

Deno.test("an unknown version is refused with a list of the existing ones", () =>
  withVersions(1, async (folder, [version]) => {
    await assertRejects(
      () => useVersion(folder, { version: "20200101T000000Z-000000000000", algorithms }),
      ArtifactError,
      `it must be one of those in ${folder}: ${version}`,
    );
    await assertRejects(
      () => useVersion(`${folder}/nowhere`, { version, algorithms }),
      ArtifactError,
      `there is none in ${folder}/nowhere; make one`,
    );
  }));

Deno.test("pruning keeps the last versions and the current one, wherever it is in the list", () =>
  withVersions(5, async (folder, versions) => {
    const [first, second, third, fourth, fifth] = versions;
    await useVersion(folder, { version: second, algorithms });
    assertEquals(await pruneVersions(folder, 2), [first, third]);
    assertEquals(await listVersions(folder), [second, fourth, fifth]);
    assertEquals(await pruneVersions(folder, 2), []);
    assertEquals(await currentVersion(folder), second);
    assertEquals(
      [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => /^\.tmp/.test(name)),
      [],
    );
  }));

Deno.test("at least one version stays, and none is removed if the current one is unknown", () =>
  withVersions(2, async (folder, versions) => {
    await assertRejects(() => pruneVersions(folder, 0), RangeError, "at least 1, got 0");
    await Deno.writeTextFile(`${folder}/current`, "latest");
    await assertRejects(
      () => pruneVersions(folder, 1),
      ArtifactError,
      "must hold a version's name",
    );
    assertEquals(await listVersions(folder), versions);
  }));
