import { ArtifactError } from "../../src/artifact/artifact_error.ts";
import { fetchArtifact } from "../../src/artifact/fetch.ts";
import { type Artifact, loadArtifact } from "../../src/artifact/load.ts";
import { saveArtifact } from "../../src/artifact/save.ts";
import { pruneVersions } from "../../src/artifact/versions.ts";
import { HistoriesError } from "../../src/histories/histories_error.ts";
import { sourceOf } from "../../src/histories/in_digest_order.ts";
import { requireInside } from "../../src/histories/inside.ts";
import { InputError } from "../../src/base/input_error.ts";
import { historyOf } from "../../src/interactions/interactions.ts";
import { assert, assertEquals, assertRejects, assertThrows } from "../assert.ts";
import { rangeServer } from "../histories/range_server.ts";
import { withFolder } from "../temp_folder.ts";
import { tinyAlgorithms as algorithms, tinyContents, tinyInteractions } from "./tiny_shop.ts";

const USERS = ["ann", "bob", "cleo", "100%/Ünï?"];

/** Saves the tiny shop with its histories apart. */
async function saveApart(folder: string, day = "03") {
  const created = new Date(`2019-11-${day}T12:00:00Z`);
  const saved = await saveArtifact(folder, tinyContents({ histories: "apart", created }));
  const { manifest } = await loadArtifact(folder, { algorithms, version: saved.version });
  return { ...saved, shards: `${folder}/histories/${manifest.histories!.id}`, manifest };
}

async function assertAllHistories({ interactions: { histories } }: Artifact): Promise<void> {
  for (const [user, userId] of USERS.entries()) {
    assertEquals(await histories.of(userId), historyOf(tinyInteractions(), user));
  }
  assertEquals(await histories.of("dora"), undefined);
}

function bytesIn(folder: string): string {
  return Array.from(
    Deno.readDirSync(folder),
    ({ name }) => new TextDecoder("latin1").decode(Deno.readFileSync(`${folder}/${name}`)),
  ).join("\n");
}

Deno.test("an artifact with histories apart has neither histories nor ids of users", () =>
  withFolder(async (folder) => {
    const { path, manifest } = await saveApart(folder);
    await assertAllHistories(await loadArtifact(folder, { algorithms }));
    assertEquals(manifest.formatVersion, 5);
    assertEquals([manifest.data.users, manifest.data.events], [4, 5]);
    assertEquals(manifest.contents.userIds, []);
    // Ann and Bob have two events each: the first by digest is an example, nobody has 3, 8 or 20.
    assertEquals(manifest.histories!.examples.length, 1);
    const names = Array.from(Deno.readDirSync(path), ({ name }) => name);
    assert(names.every((name) => !name.startsWith("userIds")), names.join());
    const others = USERS.filter((userId) => !manifest.histories!.examples.includes(userId));
    const all = bytesIn(path);
    assertEquals(others.filter((userId) => all.includes(userId)), []);
    const { histories } = (await loadArtifact(folder, { algorithms })).interactions;
    assertThrows(() => requireInside(histories, "test"), InputError, "these are apart");
  }));

Deno.test("the same histories are written once, whatever else is trained", () =>
  withFolder(async (folder) => {
    const first = await saveApart(folder, "03");
    const second = await saveApart(folder, "04");
    assertEquals(first.shards, second.shards);
    assert(first.version !== second.version);
    assertEquals([...Deno.readDirSync(`${folder}/histories`)].length, 1);
    await Deno.writeTextFile(`${first.shards}/00000.shard`, "cut");
    await saveApart(folder, "05");
    await assertAllHistories(await loadArtifact(folder, { algorithms }));
  }));

Deno.test("the next training on the same events repairs shards that are damaged", () =>
  withFolder(async (folder) => {
    const { shards } = await saveApart(folder, "03");
    const before = await loadArtifact(folder, { algorithms });
    const path = `${shards}/00000.shard`;
    const bytes = await Deno.readFile(path);
    await Deno.writeFile(path, bytes.map((byte) => byte ^ 1));
    await assertRejects(() => before.interactions.histories.check(), HistoriesError, "is damaged");
    await saveApart(folder, "04");
    assertEquals(await Deno.readFile(path), bytes);
    // The artifact of before is still the same and reads them, too.
    await assertAllHistories(before);
  }));

Deno.test("an artifact whose shards are missing or cut is refused, with what to do", () =>
  withFolder(async (folder) => {
    const { shards } = await saveApart(folder);
    const load = () => loadArtifact(folder, { algorithms });
    const bytes = await Deno.readFile(`${shards}/00000.shard`);
    await Deno.writeFile(`${shards}/00000.shard`, bytes.subarray(1));
    await assertRejects(load, ArtifactError, `must have ${bytes.length} bytes, it has`);
    await Deno.rename(shards, `${folder}/elsewhere`);
    await assertRejects(load, ArtifactError, "its histories are apart, and");
    await assertRejects(load, ArtifactError, "set HISTORIES to the folder");
    // Whoever has histories from elsewhere doesn't need them.
    await loadArtifact(folder, { algorithms, histories: { areNeeded: false } });
  }));

Deno.test("histories may be elsewhere: in another folder, or on another machine", () =>
  withFolder(async (folder) => {
    const { shards, version } = await saveApart(folder);
    await Deno.mkdir(`${folder}/else`);
    await Deno.rename(shards, `${folder}/else/${shards.split("/").at(-1)}`);
    const place = `${folder}/else`;
    await assertAllHistories(await loadArtifact(folder, { algorithms, histories: { place } }));
    await using server = rangeServer(place);
    const histories = { place: `${server.url}/?key=secret` };
    await assertAllHistories(await loadArtifact(folder, { algorithms, histories }));
    await Deno.rename(place, `${folder}/histories-2`);
    await Deno.remove(`${folder}/histories`);
    await Deno.rename(`${folder}/histories-2`, `${folder}/histories`);
    await using whole = rangeServer(folder);
    for (const url of [whole.url, `${whole.url}/${version}`]) {
      await assertAllHistories(await fetchArtifact(url, { algorithms }));
    }
  }));

Deno.test("histories of more users than the models' are written from a source of their own", () =>
  withFolder(async (folder) => {
    const { userIds, items, weights, times, ...rest } = tinyInteractions();
    // The models are of ann alone.
    const sample = {
      ...rest,
      userIds,
      ...{ indptr: Uint32Array.of(0, 2, 2, 2, 2), items: items.slice(0, 2) },
      ...{ weights: weights.slice(0, 2), times: times.slice(0, 2) },
    };
    await saveArtifact(
      folder,
      tinyContents({
        interactions: sample,
        histories: (until) => sourceOf(tinyInteractions(), until),
      }),
    );
    const artifact = await loadArtifact(folder, { algorithms });
    await assertAllHistories(artifact);
    assertEquals([artifact.manifest.data.users, artifact.manifest.data.events], [4, 5]);
  }));

Deno.test("pruning removes the histories of the versions that it removes, and no others", () =>
  withFolder(async (folder) => {
    const old = await saveApart(folder, "03");
    const interactions = tinyInteractions();
    const changed = { ...interactions, items: interactions.items.map((item) => 4 - item) };
    await saveArtifact(
      folder,
      tinyContents({
        histories: "apart",
        interactions: changed,
        created: new Date("2019-11-04T12:00:00Z"),
      }),
    );
    const folders = () => Array.from(Deno.readDirSync(`${folder}/histories`), ({ name }) => name);
    assertEquals(folders().length, 2);
    assertEquals(await pruneVersions(folder, 1), [old.version]);
    assertEquals(folders().length, 1);
    await loadArtifact(folder, { algorithms });
  }));

Deno.test("pruning also removes histories that a crash left, and nothing else beside them", () =>
  withFolder(async (folder) => {
    const { shards } = await saveApart(folder);
    const left = `${folder}/histories/0123456789abcdef`;
    await Deno.mkdir(left);
    await Deno.writeTextFile(`${left}/00000.shard`, "left");
    await Deno.writeTextFile(`${folder}/histories/README.md`, "copied to the bucket every night");
    assertEquals(await pruneVersions(folder, 1), []);
    const names = Array.from(Deno.readDirSync(`${folder}/histories`), ({ name }) => name);
    assertEquals(names.sort(), [shards.split("/").at(-1)!, "README.md"].sort());
  }));

Deno.test("pruning removes no histories while a version is unreadable that may need them", () =>
  withFolder(async (folder) => {
    const damaged = await saveApart(folder, "03");
    await saveArtifact(folder, tinyContents({ created: new Date("2019-11-04T12:00:00Z") }));
    await Deno.writeTextFile(`${damaged.path}/manifest.json`, "{");
    assertEquals(await pruneVersions(folder, 2), []);
    assertEquals([...Deno.readDirSync(damaged.shards)].length, 1);
  }));
