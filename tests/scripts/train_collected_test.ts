/** Training includes the events that the service collected, and excludes deleted users. */
import { loadArtifact } from "../../src/artifact/load.ts";
import { writeSimulation } from "../../src/simulate/mod.ts";
import { algorithms } from "../../src/models/mod.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { runToEnd } from "../running_server.ts";
import { withFolder } from "../temp_folder.ts";

Deno.test("deno task train --collected adds collected events and drops deleted users", () =>
  withFolder(async (folder) => {
    const events = `${folder}/events.csv`;
    await writeSimulation(events, { events: 3000, seed: 3 });
    const [, row] = (await Deno.readTextFile(events)).split("\n", 2);
    const forgotten = row.split(",")[7];
    const path = `${folder}/store.kv`;
    {
      using store = await openEventStore({ path });
      const time = Date.UTC(2019, 9, 30);
      await store.changeProduct("777000111", { brand: "new brand", price: 3 });
      await store.append([
        { userId: "a visitor", productId: "777000111", type: "purchase", time },
        { userId: "a visitor", productId: "777000111", type: "cart", time },
      ]);
      await store.forget(forgotten);
    }
    const artifacts = `${folder}/artifacts`;
    const args = [
      ...["scripts/train.ts", "--events", events, "--artifacts", artifacts],
      ...["--models", "popularity,content"],
    ];
    const env = { KV_PATH: path };
    const { code, stderr } = await runToEnd([...args, "--collected"], { env });
    assertEquals([code, code === 0 ? "" : stderr], [0, ""]);
    const { interactions, manifest } = await loadArtifact(artifacts, { algorithms });
    const { histories, itemIds, catalogue } = interactions;
    assert(await histories.of("a visitor"), "the visitor is trained on");
    assertEquals(await histories.of(forgotten), undefined);
    assertEquals(catalogue.price[itemIds.indexOf("777000111")], 3);
    assertEquals(manifest.data.collected, true);

    // Deleted users stay deleted without --collected.
    assertEquals((await runToEnd([...args, "--force"], { env })).code, 0);
    const without = (await loadArtifact(artifacts, { algorithms })).interactions.histories;
    assertEquals(await without.of("a visitor"), undefined);
    assertEquals(await without.of(forgotten), undefined);
  }));

Deno.test("deno task train --collected is refused without a store", () =>
  withFolder(async (folder) => {
    const { code, stderr } = await runToEnd(
      ["scripts/train.ts", "--events", "none.csv", "--artifacts", folder, "--collected"],
      { env: { KV_PATH: `${folder}/no.kv` } },
    );
    assertEquals(code, 1);
    assertStringIncludes(stderr, "error: Cannot train on collected events: there is no store at");
  }));

Deno.test("training names a damaged store in one line, with and without --collected", () =>
  withFolder(async (folder) => {
    const path = `${folder}/store.kv`;
    {
      using store = await openEventStore({ path });
      const view = { productId: "1", type: "view", time: 1000 } as const;
      await store.append(
        Array.from({ length: 1000 }, (_, i) => ({ ...view, userId: `user ${i}` })),
      );
    }
    const bytes = await Deno.readFile(path);
    crypto.getRandomValues(bytes.subarray(-4096));
    await Deno.writeFile(path, bytes);
    for (const flags of [[], ["--collected"]]) {
      const { code, stderr } = await runToEnd(
        ["scripts/train.ts", "--events", "none.csv", "--artifacts", folder, ...flags],
        { env: { KV_PATH: path } },
      );
      assertEquals([code, stderr.trim().split("\n").length], [1, 1], stderr);
      assertStringIncludes(stderr, `error: Cannot train: Cannot open the store of events, ${path}`);
    }
  }));
