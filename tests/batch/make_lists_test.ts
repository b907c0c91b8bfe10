import { loadArtifact } from "../../src/artifact/load.ts";
import { InputError } from "../../src/base/input_error.ts";
import { makeLists } from "../../src/batch/make_lists.ts";
import type { BatchPart, BatchSource } from "../../src/batch/messages.ts";
import { PartFiles } from "../../src/batch/part_files.ts";
import { everybody, partsOf } from "../../src/batch/users.ts";
import { algorithms } from "../../src/models/mod.ts";
import { createHandler } from "../../src/service/handler.ts";
import { openStore } from "../../src/service/open_store.ts";
import { batchQuery } from "../../src/service/schema/lists.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { saveBlockArtifact } from "../running_server.ts";
import { askerOf } from "../service/live_shop.ts";
import { withFolder } from "../temp_folder.ts";

const RULES = batchQuery({ names: ["popularity", "svd"], defaultName: "svd" });

interface Batch {
  readonly source: BatchSource;
  readonly userIds: readonly string[];
  readonly parts: readonly BatchPart[];
  readonly folder: string;
  /** Makes all lists and returns their text. */
  make(
    workers: number,
    source?: Partial<BatchSource>,
    userIds?: readonly string[],
  ): Promise<string>;
}

/** Runs a test with the block pattern's artifact and a batch of all its users. */
function withBatch(run: (batch: Batch) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const artifacts = `${folder}/artifacts`;
    await saveBlockArtifact(artifacts);
    const { version, interactions } = await loadArtifact(artifacts, { algorithms });
    const source = { artifacts, version, format: "ndjson", options: RULES.parse({}) } as const;
    const parts = await everybody(interactions.histories, undefined, 4);
    const userIds = await Array.fromAsync(interactions.histories.walk(), ({ userId }) => userId);
    let runs = 0;
    await run({
      ...{ source, userIds, parts, folder },
      async make(workers, changes, users) {
        const files = await PartFiles.open(`${folder}/parts-${runs++}`, {});
        const run = { parts: users ? partsOf(users, 4) : parts, files, workers };
        await makeLists({ ...source, ...changes }, run);
        return await textOf(files);
      },
    });
  });
}

async function textOf(parts: PartFiles): Promise<string> {
  const bytes = await Array.fromAsync(parts.bytes());
  return bytes.map((part) => new TextDecoder().decode(part)).join("");
}

Deno.test("lists are those of the service, in the users' order, by any number of workers", () =>
  withBatch(async ({ source, userIds, make }) => {
    const ask = askerOf(createHandler(await loadArtifact(source.artifacts, { algorithms })));
    const expected = [];
    for (const userId of userIds) {
      const { store: _, ...list } = await (await ask(`/recommend/${userId}?k=3&exclude=none`))
        .json();
      const items = list.items.map((
        { productId, score, source }: { productId: string; score: number; source: string },
      ) => ({ productId, score, source }));
      expected.push({ ...list, items });
    }
    const options = RULES.parse({ k: "3", exclude: "none" });
    const text = await make(1, { options });
    assertEquals(text.trimEnd().split("\n").map((line) => JSON.parse(line)), expected);
    assertEquals(await make(3, { options }), text);
  }));

Deno.test("events in the store count, and users of whom only the store knows get lists", () =>
  withBatch(async ({ source, folder, make, userIds, parts }) => {
    const path = `${folder}/store.kv`;
    {
      using store = await openStore({ path });
      await store.append([
        { userId: "new", productId: "item-1", type: "purchase", time: Date.now() },
        { userId: userIds[0], productId: "item-9", type: "purchase", time: Date.now() },
      ]);
      const { interactions } = await loadArtifact(source.artifacts, { algorithms });
      const all = await everybody(interactions.histories, store, 4);
      assertEquals(all, [...parts, { userIds: ["new"] }]);
    }
    const [before, after] = [await make(2), await make(2, { store: { path } })];
    assert(before !== after);
    const rest = (text: string) => text.split("\n").slice(1).join("\n");
    assertEquals(rest(before), rest(after));
  }));

Deno.test("histories apart give the same lists, part by part in the order of their shards", () =>
  withBatch(async ({ source, folder, make }) => {
    const artifacts = `${folder}/apart`;
    await saveBlockArtifact(artifacts, { histories: "apart" });
    const { version, interactions } = await loadArtifact(artifacts, { algorithms });
    const files = await PartFiles.open(`${folder}/parts`, {});
    const parts = await everybody(interactions.histories, undefined, 4);
    await makeLists({ ...source, artifacts, version }, { parts, files, workers: 2 });
    const lines = (text: string) => text.trimEnd().split("\n").toSorted();
    assertEquals(lines(await textOf(files)), lines(await make(1)));

    const { id } = (await loadArtifact(artifacts, { algorithms })).manifest.histories!;
    await Deno.writeFile(`${artifacts}/histories/${id}/00000.shard`, new Uint8Array(1000));
    const broken = await PartFiles.open(`${folder}/broken`, {});
    const making = () => makeLists({ ...source, artifacts, version }, { parts, files: broken });
    await assertRejects(making, InputError, "its histories are apart, and");
  }));

Deno.test("users who did a single and the same thing get the same list", () =>
  withBatch(async ({ make, folder, userIds }) => {
    const path = `${folder}/store.kv`;
    const others = [["ann", "view"], ["ben", "view"], ["cy", "cart"]] as const;
    {
      using store = await openStore({ path });
      await store.append(others.map(([userId, type], i) => ({
        ...{ userId, productId: "item-1", type },
        time: Date.now() - i * 3_600_000,
      })));
      // His only event of a product that the artifact knows is hers, but he has bought something.
      await store.append([
        { userId: "dan", productId: "item-1", type: "view", time: Date.now() },
        { userId: "dan", productId: "unknown", type: "purchase", time: Date.now() },
      ]);
    }
    const ids = [...userIds.slice(0, 1), "ann", "ben", "cy", "dan"];
    const lists = (await make(1, { store: { path } }, ids)).trimEnd().split("\n")
      .map((line) => JSON.parse(line));
    assertEquals(lists.map(({ userId }) => userId), ids);
    const [, ann, ben, cy, dan] = lists.map(({ items }) => items);
    assertEquals(ben, ann);
    assertEquals(dan, ann);
    assert(JSON.stringify(cy) !== JSON.stringify(ann));
  }));

Deno.test("finished parts aren't made again, and others' parts aren't used", () =>
  withBatch(async ({ source, userIds, parts, folder, make }) => {
    const whole = await make(2);
    const first = await PartFiles.open(`${folder}/parts`, { version: 1 });
    await first.add(0, "made before\n");
    const files = await PartFiles.open(`${folder}/parts`, { version: 1 });
    assertEquals(files.found, 1);
    const shares: number[] = [];
    const progress = (done: number) => void shares.push(done);
    await makeLists(source, { parts, files, workers: 2, progress });
    assertEquals(await textOf(files), `made before\n${whole.split("\n").slice(4).join("\n")}`);
    assertEquals([shares.length, shares.at(-1)], [Math.ceil(userIds.length / 4) - 1, 1]);

    const other = await PartFiles.open(`${folder}/parts`, { version: 2 });
    assertEquals(other.found, 0);
    await other.remove();
    await assertRejects(() => Deno.stat(`${folder}/parts`), Deno.errors.NotFound);
  }));

Deno.test("a batch fails if its artifact can't be read, and keeps the finished parts", () =>
  withBatch(async ({ source, parts, folder }) => {
    const files = await PartFiles.open(`${folder}/parts`, {});
    await files.add(0, "made before\n");
    await Deno.remove(`${source.artifacts}/${source.version}/manifest.json`);
    await assertRejects(
      () => makeLists(source, { parts, files }),
      InputError,
      "Cannot load",
    );
    assertEquals((await PartFiles.open(`${folder}/parts`, {})).found, 1);
  }));
