/** The contract of every model. That lists are right is tested in `rank_test.ts`. */
import { EMPTY_HISTORY, type History } from "../../src/interactions/history.ts";
import { InputError } from "../../src/base/input_error.ts";
import { historyOf, sliceByTime } from "../../src/interactions/interactions.ts";
import type { Algorithm, Model } from "../../src/models/model.ts";
import { algorithms } from "../../src/models/mod.ts";
import { AUTO } from "../../src/models/options/option.ts";
import { readOptions } from "../../src/models/options/saved_options.ts";
import { popularity } from "../../src/models/popularity.ts";
import { rank } from "../../src/models/rank.ts";
import { scoreItems } from "../../src/models/scoring/score_items.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { BLOCK, blockInteractions, purchasesOf } from "./block_data.ts";
import { assertRounded, scoresOf } from "./scores_of.ts";
import { inVersion1 } from "./version_1.ts";

/** Options that suit fifteen users; the defaults are made for a shop. */
const SMALL: Readonly<Record<string, object>> = {
  svd: { factors: 4, epochs: 200, learningRate: 0.05, foldInRegularization: 0.1 },
  pure_svd: { factors: 3 },
  graph_svd: { factors: 3 },
  ease: { regularization: 5 },
  als: { factors: 3, unobservedRatio: 0.25, regularization: 0.02 },
  sasrec: {
    ...{ factors: 16, minHistories: 1, batchSize: 12, maxLength: 3 },
    ...{ epochs: 50, patience: 50, learningRate: 0.01 },
  },
};

/** Once stored other numbers, from which the ratings that it stores now can't be told. */
const ONCE_NORMALIZED = "graph_svd";

/** The bounds of a model that knows none. */
const ANY = { least: -Infinity, largest: Infinity };

const data = blockInteractions();
const items = data.itemIds.size;

for (const algorithm of algorithms) {
  const fit = async () => await algorithm.fit(data, SMALL[algorithm.name]);

  Deno.test(`${algorithm.name} finds the item missing from a block`, async () => {
    const model = await fit();
    if (algorithm.name === popularity.name) return assertSameForAll(model);
    for (let user = 0; user < data.userIds.size; user++) {
      assertEquals(rank(model, historyOf(data, user), { k: 1 }).indices, Uint32Array.of(user));
    }
  });

  Deno.test(`${algorithm.name} serves a visitor who wasn't in the training data`, async () => {
    const { indices } = rank(await fit(), purchasesOf([5, 6, 7]), { k: 2 });
    if (algorithm.name !== popularity.name) {
      assertEquals([...indices].sort((a, b) => a - b), [8, 9]);
    }
    assertEquals(indices.length, 2);
  });

  Deno.test(`${algorithm.name} gives finite scores and overwrites the buffer`, async () => {
    const model = await fit();
    for (const history of [EMPTY_HISTORY, historyOf(data, 3), purchasesOf([0]), longHistory()]) {
      const scores = scoresOf(model, history);
      assert(scores.every(Number.isFinite));
      assertEquals(scores, scoresOf(model, history, 1e9));
    }
  });

  Deno.test(`${algorithm.name} sees times by their distances alone`, async () => {
    const model = await fit();
    for (const history of [purchasesOf([0]), historyOf(data, 3), longHistory()]) {
      const later = { ...history, times: history.times.map((time) => time + 1_000_003) };
      assertEquals(scoresOf(model, later), scoresOf(model, history));
    }
  });

  Deno.test(`${algorithm.name} needs a history to recommend anything`, async () => {
    const model = await fit();
    if (model.noSignal === undefined) return;
    assertEquals(new Set(scoresOf(model, EMPTY_HISTORY)), new Set([model.noSignal]));
  });

  Deno.test(`${algorithm.name} ignores unknown items`, async () => {
    const model = await fit();
    const known = purchasesOf([5, 6]);
    const withUnknown: History = {
      items: Uint32Array.of(5, 6, items, 4_000_000_000),
      weights: Float32Array.of(4, 4, 4, 1),
      times: Uint32Array.of(...known.times, known.times[1], known.times[1]),
    };
    assertEquals(scoresOf(model, withUnknown), scoresOf(model, known));
    assertEquals(scoresOf(model, purchasesOf([items])), scoresOf(model, EMPTY_HISTORY));
  });

  Deno.test(`${algorithm.name} scores a few items as it scores them among all`, async () => {
    const model = await fit();
    const few = Uint32Array.of(7, 0, items - 1);
    for (const history of [historyOf(data, 0), EMPTY_HISTORY, longHistory()]) {
      const all = scoresOf(model, history);
      assertEquals(scoreItems(model, history, few), Float32Array.from(few, (item) => all[item]));
    }
  });

  Deno.test(`${algorithm.name} gives no score beyond the bounds that it knows`, async () => {
    const model = await fit();
    for (const history of [historyOf(data, 0), EMPTY_HISTORY, longHistory()]) {
      const ranged = model.scoreLazily?.(history) ?? model.scoreOnDemand?.(history);
      const { least, largest } = ranged?.bounds() ?? ANY;
      for (const score of scoresOf(model, history)) assert(score >= least && score <= largest);
    }
  });

  Deno.test(`${algorithm.name} is determined by data, options and seed`, async () => {
    assertEquals((await fit()).toTensors(), (await fit()).toTensors());
  });

  Deno.test(`${algorithm.name} survives saving and loading`, async () => {
    const model = await fit();
    const again = algorithm.fromTensors(structuredClone(model.toTensors()));
    assertEquals(again.itemCount, items);
    assertEquals(again.predictsRatings, model.predictsRatings);
    for (const history of [historyOf(data, 7), EMPTY_HISTORY]) {
      assertRounded(scoresOf(again, history), scoresOf(model, history));
    }
  });

  Deno.test(`${algorithm.name} is rounded once, by the first saving`, async () => {
    const tensors = (await fit()).toTensors();
    const again = algorithm.fromTensors(structuredClone(tensors)).toTensors();
    assertEquals(new Map(Object.entries(again)), new Map(Object.entries(tensors)));
  });

  Deno.test(`${algorithm.name} is restored from format version 1 too`, async () => {
    const tensors = (await fit()).toTensors();
    const [older, current] = [inVersion1(tensors), tensors].map(algorithm.fromTensors);
    for (const history of [historyOf(data, 7), longHistory()]) {
      const [before, after] = [older, current].map((model) => scoresOf(model, history));
      if (algorithm.name === ONCE_NORMALIZED) assertRounded(before, after);
      else assertEquals(before, after);
    }
    if (algorithm.name === ONCE_NORMALIZED) return;
    assertEquals(
      new Map(Object.entries(older.toTensors())),
      new Map(Object.entries(current.toTensors())),
    );
  });

  Deno.test(`${algorithm.name} can't be fitted to nothing`, async () => {
    const nothing = sliceByTime(data, { to: 0 });
    await assertFitFails(algorithm, () => algorithm.fit(nothing), "no views, carts or purchases");
  });

  Deno.test(`${algorithm.name} rejects unknown options`, async () => {
    const options = { nosuch: 1 } as object;
    await assertFitFails(algorithm, () => algorithm.fit(data, options), `no option "nosuch"`);
  });

  Deno.test(`${algorithm.name} rejects missing tensors`, async () => {
    await assertRejects(() => Promise.try(() => algorithm.fromTensors({})), TypeError, "missing");
  });
}

for (const algorithm of algorithms) {
  const { name, options } = algorithm;

  Deno.test(`${name} says what each option means`, () => {
    for (const [option, { meaning }] of Object.entries(options)) {
      assert(/^\S.{5,160}[^.\s]$/.test(meaning), `${option}: ${meaning}`);
    }
  });

  Deno.test(`${name} has defaults and search values that keep the options' rules`, () => {
    for (const [option, { accepts, rule, search, default: value }] of Object.entries(options)) {
      for (const one of [value, ...search]) {
        assert(accepts(one), `${option}: ${one} is not ${rule}`);
      }
      assert(search.length !== 1 && new Set(search).size === search.length, option);
    }
  });

  Deno.test(`${name} says what it chose for options that are auto, and saves it`, async () => {
    const automatic = Object.entries(options).filter(([, option]) => option.default === AUTO);
    const given = { ...algorithm.defaults, ...SMALL[name] };
    const model = await algorithm.fit(data, given);
    const isAuto = ([option]: [string, unknown]) =>
      Object.entries(given)
        .some(([name, value]) => name === option && value === AUTO);
    const names = automatic.filter(isAuto).map(([option]) => option);
    assertEquals(Object.keys(model.chosen ?? {}), names);
    for (const [option, value] of Object.entries(model.chosen ?? {})) {
      assert(value !== AUTO && options[option].accepts(value), `${option}: ${value}`);
    }
    const again = algorithm.fromTensors(structuredClone(model.toTensors()));
    assertEquals(again.chosen ?? {}, model.chosen ?? {});
  });

  Deno.test(`${name} saves the options that it needs to score`, async () => {
    const chosen = Object.fromEntries(
      Object.entries(options).filter(([, { saved }]) => saved)
        .map(([option, { search, default: value }]) => [option, search.find((v) => v !== value)]),
    );
    const model = await algorithm.fit(data, { ...SMALL[name], ...chosen });
    const tensors = model.toTensors();
    assertEquals(readOptions(options, tensors), chosen);
    const again = algorithm.fromTensors(structuredClone(tensors));
    assertEquals(Object.entries(again.toTensors()), Object.entries(tensors));
    assertRounded(scoresOf(again, longHistory()), scoresOf(model, longHistory()));
  });
}

/** More events than there are items, repeats among them. */
function longHistory(): History {
  return purchasesOf(Array.from({ length: 4 * items }, (_, i) => (i * 7) % items));
}

function assertSameForAll(model: Model): void {
  assertEquals(scoresOf(model, historyOf(data, 0)), scoresOf(model, historyOf(data, BLOCK)));
}

async function assertFitFails(
  algorithm: Algorithm,
  run: () => Model | Promise<Model>,
  message: string,
): Promise<void> {
  const error = await assertRejects(() => Promise.try(run), InputError, message);
  assert(error.message.startsWith(`Cannot fit ${algorithm.name}: `), error.message);
}
