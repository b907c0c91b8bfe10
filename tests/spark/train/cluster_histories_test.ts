/** Histories written from a cluster's events, beside those written from the events themselves. */
import { sourceOf } from "../../../src/histories/in_digest_order.ts";
import { writeShards } from "../../../src/histories/write_shards.ts";
import { openEvents } from "../../../src/events/load.ts";
import { toInteractions } from "../../../src/events/to_interactions.ts";
import { openShopOnSpark } from "../../../src/spark/train/open_shop_on_spark.ts";
import { assert, assertEquals } from "../../assert.ts";
import { withFiles } from "../../events/raw_files.ts";
import { simulatedText } from "../../simulate/simulated_events.ts";
import { withFolder } from "../../temp_folder.ts";
import { master, needsServer } from "../spark_server.ts";

const FILES = {
  "a.csv": simulatedText({ events: 4000, days: 10, seed: 3 }),
  "b.csv": simulatedText({ events: 1500, days: 4, seed: 3, start: "2019-10-21" }),
};
const SIZES = { blockBytes: 512, shardBytes: 4096 };

Deno.test(
  "histories from a cluster have the very bytes of those from this machine",
  needsServer,
  () =>
    withFiles(FILES, (files) =>
      withFolder(async (folder) => {
        const paths = Object.keys(FILES).map((name) => `${files}/${name}`);
        await using opened = await openEvents(paths);
        const local = await toInteractions([...opened.pieces]);
        await using cluster = await openShopOnSpark(paths, {
          ...{ master: master!, sampledUsers: 50, rowsAtOnce: 1000 },
        });
        assertEquals(cluster.interactions.userIds.size, 50);
        for (const until of [Infinity, local.times.toSorted()[2000]]) {
          const folders = [`${folder}/local-${until}`, `${folder}/cluster-${until}`];
          await Promise.all(folders.map((path) => Deno.mkdir(path)));
          const ours = await writeShards(folders[0], sourceOf(local, until), SIZES);
          const theirs = await writeShards(folders[1], await cluster.histories(until), SIZES);
          assertEquals(theirs, ours);
          assert(ours.shardBytes.length > 2);
          for (const { name } of Deno.readDirSync(folders[0])) {
            const [here, there] = folders.map((path) => Deno.readFileSync(`${path}/${name}`));
            assertEquals(there, here);
          }
        }
      })),
);
