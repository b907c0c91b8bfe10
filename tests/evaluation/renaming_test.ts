/** Figures say how good a model is, not how the shop names its products. */
import { evaluate } from "../../src/evaluation/evaluate.ts";
import { LIST_METRIC_NAMES } from "../../src/evaluation/list_metrics.ts";
import { cleanEvents } from "../../src/events/clean/clean.ts";
import { toInteractions } from "../../src/events/to_interactions.ts";
import { splitByTime } from "../../src/interactions/split.ts";
import { createRandom } from "../../src/linalg/random.ts";
import { als } from "../../src/models/als.ts";
import { content } from "../../src/models/content.ts";
import { ease } from "../../src/models/ease.ts";
import { itemKnn } from "../../src/models/item_knn.ts";
import { popularity } from "../../src/models/popularity.ts";
import { sequentialRules } from "../../src/models/sequential_rules.ts";
import { sessionKnn } from "../../src/models/session_knn.ts";
import { assert, assertEquals } from "../assert.ts";
import { readRows, row } from "../events/raw_files.ts";

const PRODUCTS = 60;

/** Events of an hour, most of them with a few products, so that models find little to recommend. */
function events(nameOf: (product: number) => string): string[] {
  const random = createRandom(5);
  return Array.from({ length: 900 }, (_, i) => {
    const product = Math.floor(PRODUCTS * random.next() ** 3);
    const at = new Date(Date.UTC(2019, 9, 1) + 4000 * i).toISOString();
    return row({
      at: at.replace("T", " ").replace(".000Z", " UTC"),
      user: `${random.integer(150)}`,
      product: nameOf(product),
      category: `${product % 7}`,
      brand: `b${product % 5}`,
      path: "",
      price: `${1 + product % 9}`,
      session: `s${i % 200}`,
      type: random.next() < 0.2 ? "purchase" : "view",
    });
  });
}

/** The metrics of several models. */
async function figures(nameOf: (product: number) => string) {
  const interactions = await toInteractions(
    cleanEvents({ events: await readRows(...events(nameOf)) }).events,
  );
  const { trainAndValidation, test } = splitByTime(interactions);
  const rows: Record<string, number[]> = {};
  const models = [popularity, content, itemKnn, sequentialRules, sessionKnn, ease, als];
  for (const { name, fit } of models) {
    const model = await fit(trainAndValidation);
    const { tasks } = evaluate(name, model, { history: trainAndValidation, truth: test });
    rows[name] = Object.values(tasks).flatMap((task) =>
      LIST_METRIC_NAMES.map((name) => task[name])
    );
  }
  return rows;
}

Deno.test("renaming products changes no metric of any model", async () => {
  const before = await figures((product) => `${1000 + product}`);
  // 17 and 60 have no common divisor, so every product gets another name.
  const after = await figures((product) => `${1000 + (17 * product + 5) % PRODUCTS}`);
  assertEquals(after, before);
  for (const [name, metrics] of Object.entries(before)) {
    assert(metrics.some((metric) => metric > 0 && metric < 1), name);
  }
});
