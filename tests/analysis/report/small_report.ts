import { dataFacts } from "../../../src/artifact/write_contents.ts";
import { SECONDS_PER_DAY as DAY } from "../../../src/base/time.ts";
import { createRandom } from "../../../src/linalg/random.ts";
import { popularity } from "../../../src/models/popularity.ts";
import { svd } from "../../../src/models/svd.ts";
import type { ReportManifest } from "../../../src/analysis/report/source.ts";
import { chooseModels } from "../../../src/training/choose_models.ts";
import { compareModels } from "../../../src/training/compare_models.ts";
import { comparisonFacts, windowRows } from "../../../src/training/comparison_facts.ts";
import { type HandEvent, interactionsOf } from "../../interactions/made_by_hand.ts";

const random = createRandom(6);
const events = Array.from({ length: 1200 }, (_, i): HandEvent => {
  const day = Math.floor(i / 120);
  return [random.integer(day < 7 ? 40 : 50), random.integer(25), 1, day * DAY + i];
});
const interactions = interactionsOf(events, { users: 50, items: 25 });

/**
 * What a manifest says of two models that were compared on a small shop, as it is read back.
 *
 * @param name What popularity's rival is called.
 */
export async function smallManifest(name = "svd"): Promise<ReportManifest> {
  const algorithms = [popularity, { ...svd, name, defaults: { ...svd.defaults, factors: 4 } }];
  const comparison = await compareModels(interactions, algorithms, { k: 5 });
  const { defaultModel, reason: decision, gate } = chooseModels(["popularity", name], comparison);
  const facts = {
    sources: [`${name}.csv`],
    rating: "max",
    sampledUsers: 20_000,
    cleaning: {
      rowsIn: 1300,
      steps: [{ step: "exact duplicates", removed: 100, left: 1200 }],
      rowsOut: 1200,
    },
  };
  return JSON.parse(JSON.stringify({
    created: "2019-11-03T12:00:00.000Z",
    data: dataFacts(interactions, facts),
    ...{ defaultModel, decision, gate },
    evaluation: windowRows(comparison),
    comparison: comparisonFacts(comparison),
  })) as ReportManifest;
}
