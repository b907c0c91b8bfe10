/**
 * The whole way: shoppers see lists of a placement that explores, over HTTP, and the log of it says
 * what another model would have earned.
 */
import { loadArtifact } from "../../../src/artifact/load.ts";
import { replay } from "../../../src/experiments/replay/replay.ts";
import { algorithms } from "../../../src/models/mod.ts";
import { openEventStore } from "../../../src/service/store/open_event_store.ts";
import { type LiveService, LiveShoppers } from "../../../src/simulate/live/live_days.ts";
import { inventWorld } from "../../../src/simulate/live/world.ts";
import {
  overHttp,
  startOf,
  startShop,
  trainModels,
  writeHistory,
} from "../../../scripts/lib/experiments/live_service.ts";
import { openPolicy } from "../../../scripts/lib/experiments/policy.ts";
import { ReplayedLog } from "../../../scripts/lib/experiments/replayed_log.ts";
import { assert, assertEquals } from "../../assert.ts";
import { withFolder } from "../../temp_folder.ts";

const DAYS = 7;
const POLICY = "item_knn";

/** Shows a random product at the first place, then what is popular. */
const HOME = {
  strategy: "personal",
  model: "popularity",
  k: 5,
  explore: { places: [1], method: "epsilonGreedy", epsilon: 1, candidates: 100 },
};

Deno.test("what a model would have earned with the lists of a placement that explores", () =>
  withFolder(async (folder) => {
    const world = inventWorld({ shoppers: 1200, products: 30, seed: 4 });
    const start = startOf(DAYS), artifacts = `${folder}/artifacts`;
    const history = `${folder}/history.csv`, placements = `${folder}/placements.json`;
    await writeHistory(history, world, start);
    await trainModels(artifacts, { file: history, models: [POLICY], served: "popularity" });
    await Deno.writeTextFile(placements, JSON.stringify({ placements: { home: HOME } }));
    const path = `${folder}/store.kv`;
    let truth = 0, lists = 0;
    {
      await using shop = await startShop(artifacts, { start, store: path, placements });
      const shoppers = new LiveShoppers(world);
      const service: LiveService = {
        ...overHttp(shop),
        async list(userId) {
          const { items, listId } = await shop.client.placement("home", { userId });
          const productIds = items.map(({ productId }) => productId);
          const others = new Set(productIds.slice(1));
          const wanted = await shop.client.recommendIds(userId, { model: POLICY, k: 10 });
          const choice = wanted.find((productId) => !others.has(productId)) ?? "";
          truth += shoppers.clickChance(Number(userId.slice("shopper-".length)), choice, 1);
          lists++;
          return { productIds, listId };
        },
      };
      for (let day = 0; day < DAYS; day++) {
        await shoppers.visit(service, { day, start, clock: shop.clock });
      }
    }
    truth /= lists;
    const artifact = await loadArtifact(artifacts, { algorithms });
    using store = await openEventStore({ path });
    const policy = await openPolicy(artifact, POLICY, { store, placements });
    const log = new ReplayedLog(artifact, store, { placement: "home", hours: 0 });
    const { evaluation, logged, ...counted } = await replay(
      log.lists(),
      ({ at, productIds }) => policy(log.eventsBefore(at), 2 * productIds.length),
    );
    // Few know so many products that only one is left for the place.
    const { fixed } = counted.leftOut;
    assertEquals([counted.lists + fixed, evaluation.rounds + fixed], [lists, lists]);
    assert(fixed < lists / 100, `${fixed} lists without chance`);
    const { value, refusal } = evaluation;
    assert(value, refusal);
    // What is explored differs in each run, and of intervals of 95% one in twenty misses: their
    // whole width is four standard errors.
    for (const [name, { estimate, low, high }] of Object.entries(value)) {
      const gap = Math.abs(estimate - truth);
      assert(gap <= high - low, `${name}: ${low} to ${high}, the truth is ${truth}`);
    }
    // The model is better than chance, and the log says so; an interval of a week may reach chance.
    assert(value.snips.estimate > logged.value!.ips.estimate);
  }));
