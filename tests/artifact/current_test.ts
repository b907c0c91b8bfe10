import { ArtifactError } from "../../src/artifact/artifact_error.ts";
import { currentVersion, listVersions, setCurrentVersion } from "../../src/artifact/current.ts";
import { assertEquals, assertRejects } from "../assert.ts";
import { withFolder } from "../temp_folder.ts";

const FIRST = "20191101T120000Z-0123456789ab";
const SECOND = "20191201T000000Z-ba9876543210";

Deno.test("there is no current version before anything was saved", () =>
  withFolder(async (folder) => {
    assertEquals(await currentVersion(folder), undefined);
    assertEquals(await currentVersion(`${folder}/nowhere`), undefined);
    assertEquals(await listVersions(`${folder}/nowhere`), []);
  }));

Deno.test("the current version is the one set last, and no other file stays", () =>
  withFolder(async (folder) => {
    await setCurrentVersion(folder, FIRST);
    await setCurrentVersion(folder, SECOND);
    assertEquals(await currentVersion(folder), SECOND);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["current"]);
  }));

Deno.test("a version that was written by hand, with Windows' line ends, is understood", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/current`, `${FIRST}\r\n`);
    assertEquals(await currentVersion(folder), FIRST);
  }));

Deno.test("a current version that isn't one is an error that names the file", () =>
  withFolder(async (folder) => {
    for (const text of ["", "latest", "../..", `${FIRST} ${SECOND}`]) {
      await Deno.writeTextFile(`${folder}/current`, text);
      await assertRejects(
        () => currentVersion(folder),
        ArtifactError,
        `${folder}/current must hold a version's name`,
      );
    }
  }));

Deno.test("a current version that can't be read is an error that names the file", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/current`);
    await assertRejects(
      () => currentVersion(folder),
      ArtifactError,
      `${folder}/current can't be read`,
    );
  }));

Deno.test("versions are listed in the order of time, other files are omitted", () =>
  withFolder(async (folder) => {
    for (const name of [SECOND, FIRST, ".tmp-1", "README"]) await Deno.mkdir(`${folder}/${name}`);
    assertEquals(await listVersions(folder), [FIRST, SECOND]);
  }));
