/** A program that prints, as JSON, what is computed by kernels where there are some. `--no-workers` takes Workers away. */
import { randomizedSvd } from "../../../src/linalg/kernels/randomized_svd.ts";
import { algorithmNamed } from "../../../src/models/mod.ts";
import { recommendBatch } from "../../../src/models/recommend.ts";
import { historyOf } from "../../../src/interactions/interactions.ts";
import { blockInteractions } from "../../models/block_data.ts";
import { randomCsr } from "../made_at_random.ts";

if (Deno.args.includes("--no-workers")) Reflect.deleteProperty(globalThis, "Worker");

const data = blockInteractions();
const histories = Array.from({ length: data.userIds.size }, (_, user) => historyOf(data, user));
const bests: Record<string, number[]> = {};
for (const name of ["item_knn", "pure_svd", "graph_svd", "svd", "als", "ease"]) {
  const algorithm = algorithmNamed(name);
  const model = await algorithm.fit(data, "factors" in algorithm.defaults ? { factors: 3 } : {});
  bests[name] = recommendBatch(model, histories, { k: 1 }).map(({ indices }) => indices[0]);
}
const options = { rank: 4, iterations: 2, seed: 1, threads: 2 };
const decomposed = [
  await randomizedSvd(randomCsr(60, 40, 0.2, 7), options),
  await randomizedSvd(randomCsr(40, 60, 0.2, 8), options),
];
console.log(JSON.stringify({ bests, decomposed }));
