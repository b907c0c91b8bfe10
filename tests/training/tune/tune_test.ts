import { evaluate } from "../../../src/evaluation/evaluate.ts";
import { InputError } from "../../../src/base/input_error.ts";
import { splitByTime } from "../../../src/interactions/split.ts";
import type { Algorithm } from "../../../src/models/model.ts";
import { content } from "../../../src/models/content.ts";
import { itemKnn } from "../../../src/models/item_knn.ts";
import { popularity } from "../../../src/models/popularity.ts";
import { svd } from "../../../src/models/svd.ts";
import {
  type SearchPlan,
  tune,
  type TuneOptions,
  type Tuning,
} from "../../../src/training/tune/tune.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { interactionsOf } from "../../interactions/made_by_hand.ts";
import { withFolder } from "../../temp_folder.ts";
import { changingShop } from "../changing_shop.ts";

const shop = changingShop();
const HALF_LIVES = [Infinity, 32, 16, 8, 4, 2, 1, 0.5, 0.25];
const SVD_SPACE = { factors: [2, 3], epochs: [2, 4, 6], learningRate: [0.01, 0.02] };

/** Runs a test with the path of a file of tuned options in a folder of its own. */
function withTunedFile(test: (tunedFile: string) => Promise<void>): Promise<void> {
  return withFolder((folder) => test(`${folder}/tuned.json`));
}

/** What must not depend on how the trials ran: everything but their seconds. */
function resultOf({ rungs, candidates, best }: Tuning) {
  const timeless = candidates.map(({ outcome: { seconds: _, ...outcome }, ...candidate }) => ({
    ...candidate,
    outcome,
  }));
  return { rungs, best, candidates: timeless };
}

Deno.test("halving over samples of users finds the same half-life as a full search", () =>
  withTunedFile(async (tunedFile) => {
    const { train: history, validation: truth } = splitByTime(shop);
    const full = await Promise.all(HALF_LIVES.map(async (halfLifeDays) => {
      const model = await popularity.fit(history, { halfLifeDays });
      return evaluate("popularity", model, { history, truth }).tasks.new.ndcg;
    }));
    const planted = HALF_LIVES[full.indexOf(Math.max(...full))];

    const space = { halfLifeDays: HALF_LIVES };
    const { best, baseline, rungs, candidates } = await tune(shop, popularity, {
      ...{ space, tunedFile, minUsers: 1, workers: 1 },
    });
    // The nine, and the default.
    assertEquals(rungs, [{ trials: 10, users: 80 }, { trials: 4, users: 240 }]);
    assertEquals(best?.options, { halfLifeDays: planted });
    assertEquals(best?.figures.ndcg, Math.max(...full));
    // The default is measured on all users too.
    assert(baseline && baseline.users === best?.figures.users, `${baseline?.users}`);
    assert(planted < 2, `${planted}`);
    assertEquals(candidates.length, 10);
  }));

Deno.test("the result doesn't depend on the number of workers", () =>
  withTunedFile(async (tunedFile) => {
    const run = (workers: number) =>
      tune(shop, svd, { space: SVD_SPACE, tunedFile, minUsers: 1, workers, restart: true });
    const [one, three] = [await run(1), await run(3)];
    assertEquals(resultOf(three), resultOf(one));
    assertEquals(three.rungs.length, 2);
  }));

Deno.test("a finished search is answered from its journal, another metric as far as it goes", () =>
  withTunedFile(async (tunedFile) => {
    const options: TuneOptions = { space: SVD_SPACE, tunedFile, minUsers: 1, folds: 2 };
    const plans: SearchPlan[] = [];
    const trials = new Set<string>();
    const run = (more: object) =>
      tune(shop, svd, { ...options, ...more }, {
        onStart: (plan) => plans.push(plan),
        onTrial: (trial) => trials.add(JSON.stringify(trial)),
      });
    const first = await run({});
    const { size } = trials;
    // The defaults and 12 combinations on a third, five and perhaps the defaults on all.
    assert(size === 13 + 5 || size === 13 + 6, `${size}`);
    const again = await run({});
    assertEquals(again.candidates, first.candidates);
    await run({ metric: "recall", trials: 40 });
    await run({ k: 3 });
    assertEquals(plans.map(({ journal }) => journal.found).slice(0, 2), [0, size]);
    assert(plans[2].journal.found === size && plans[2].journal.path === plans[0].journal.path);
    // Lists of another length are another search, with a journal of its own.
    assertEquals([plans[3].journal.found, plans[3].others.length], [0, 1]);
  }));

Deno.test("events in the test window change nothing, not even the journal", () =>
  withTunedFile(async (tunedFile) => {
    const options = { space: { halfLifeDays: [1, 4] }, tunedFile, testDays: 3, workers: 1 };
    const first = await tune(shop, popularity, options);
    let found = 0;
    const other = changingShop({ lastDays: 17 });
    const second = await tune(other, popularity, options, {
      onStart: ({ journal }) => found = journal.found,
    });
    // The default and the two.
    assertEquals(found, 3);
    assertEquals(second.candidates, first.candidates);
  }));

Deno.test("a trial with bad options counts as failed; the search goes on", () =>
  withTunedFile(async (tunedFile) => {
    const space = { halfLifeDays: [-1, 2, 0] };
    const { best, candidates } = await tune(shop, popularity, { space, tunedFile, workers: 1 });
    assertEquals(best?.options, { halfLifeDays: 2 });
    // Behind 2 and the default.
    const failed = candidates.slice(2).map(({ outcome }) => "error" in outcome && outcome.error);
    assertEquals(
      failed,
      [-1, 0].map((value) =>
        `Cannot fit popularity: option "halfLifeDays" must be a number above 0, got ${value}`
      ),
    );
  }));

Deno.test("if every trial fails, the first one's error is reported", () =>
  withTunedFile(async (tunedFile) => {
    const failing = { ...popularity, defaults: { halfLifeDays: -2 } };
    await assertRejects(
      () => tune(shop, failing, { space: { halfLifeDays: [-1, 0] }, tunedFile, workers: 1 }),
      InputError,
      'all trials failed, the first with {"halfLifeDays":-2}: Cannot fit popularity',
    );
  }));

Deno.test("a stopped search has the best so far, and resumes", () =>
  withTunedFile(async (tunedFile) => {
    const options: TuneOptions = { space: SVD_SPACE, tunedFile, minUsers: 1, workers: 1 };
    const controller = new AbortController();
    let ended = 0;
    const stopped = await tune(shop, svd, options, {
      signal: controller.signal,
      onTrial: () => ++ended === 5 && controller.abort(),
    });
    // Of 13 and the 5 or 6 after them, if those were planned at all.
    assertEquals([ended, stopped.candidates.length, stopped.untried >= 8], [5, 5, true]);
    const values = stopped.candidates.map(({ outcome }) =>
      "figures" in outcome ? outcome.figures.ndcg : NaN
    );
    assertEquals(stopped.best?.figures.ndcg, Math.max(...values));
    let found = 0;
    const resumed = await tune(shop, svd, options, {
      onStart: ({ journal }) => found = journal.found,
    });
    assertEquals(found, 5);
    const whole = await tune(shop, svd, { ...options, restart: true });
    assertEquals(resultOf(resumed), resultOf(whole));
    assertEquals(whole.untried, 0);
  }));

Deno.test("a search that begins when its time is up tries nothing", () =>
  withTunedFile(async (tunedFile) => {
    const options = { space: SVD_SPACE, tunedFile, workers: 1, until: performance.now() - 1 };
    const { best, candidates, untried } = await tune(shop, svd, options);
    assertEquals([best, candidates, untried], [undefined, [], 13]);
  }));

Deno.test("the best is never worse than the defaults, which the values needn't have", () =>
  withTunedFile(async (tunedFile) => {
    const space = { factors: [1], epochs: [1], learningRate: [1e-9] };
    const { best, baseline } = await tune(shop, svd, { space, tunedFile, workers: 1 });
    const { factors, epochs, learningRate } = { ...svd.defaults };
    assertEquals(best?.options, { factors, epochs, learningRate });
    assertEquals(best?.figures, baseline);
  }));

Deno.test("progress rises from 0 to 1 over all rounds, counting only remaining trials", () =>
  withTunedFile(async (tunedFile) => {
    const options: TuneOptions = { space: SVD_SPACE, tunedFile, minUsers: 1, workers: 1 };
    const run = async () => {
      const reported: number[] = [];
      await tune(shop, svd, options, { progress: (done) => reported.push(done) });
      return reported;
    };
    const reported = await run();
    assertEquals(reported, reported.toSorted((a, b) => a - b));
    assertEquals(reported.at(-1), 1);
    assertEquals(await run(), []);
  }));

Deno.test("options that change nothing in lists of new products aren't tried", () =>
  withTunedFile(async (tunedFile) => {
    const { candidates } = await tune(shop, itemKnn, { tunedFile, trials: 2, workers: 1 });
    const tried = new Set(candidates.flatMap(({ options }) => Object.keys(options)));
    assertEquals(
      tried,
      new Set(Object.keys(itemKnn.searchSpace)).difference(
        new Set(["selfSimilarity"]),
      ),
    );
  }));

const MISTAKES: readonly [why: string, algorithm: Algorithm, options: object, message: string][] = [
  ["nothing to try", { ...popularity, searchSpace: {} }, {}, "it declares no values worth trying"],
  ["RMSE of a model without ratings", content, { metric: "rmse" }, "it predicts no ratings"],
  ["folds of another model than svd", content, { folds: 3 }, "only svd can"],
  [
    "RMSE over different kinds of rating",
    svd,
    { metric: "rmse", space: { rating: ["max", "sum"] } },
    'option "rating" must be fixed',
  ],
];

for (const [why, algorithm, options, message] of MISTAKES) {
  Deno.test(`${why} is a user's mistake`, () =>
    withTunedFile(async (tunedFile) => {
      await assertRejects(
        () => tune(shop, algorithm, { tunedFile, workers: 1, ...options }),
        InputError,
        message,
      );
    }));
}

Deno.test("no user to measure is a user's mistake", () =>
  withTunedFile(async (tunedFile) => {
    const newUsers = interactionsOf([[0, 0, 1, 0], [1, 0, 1, 800], [2, 0, 1, 1000]]);
    await assertRejects(
      () => tune(newUsers, popularity, { tunedFile }),
      InputError,
      "no user has both a history and new products in the validation window",
    );
  }));

Deno.test("a round whose trials are slow takes the time of those after it, if that is enough", () =>
  withTunedFile(async (tunedFile) => {
    const space = { halfLifeDays: HALF_LIVES };
    const options = { space, tunedFile, minUsers: 1, workers: 1 };
    const paths: string[] = [];
    const search = (until?: number) =>
      tune(shop, popularity, { ...options, until }, {
        onStart: ({ journal }) => paths.push(journal.path),
      });
    const whole = await search();
    const [path] = paths;
    /** Leaves the first round's trials in the journal, as if each had taken some seconds. */
    const slowDown = async (seconds: number) => {
      const [head, ...lines] = (await Deno.readTextFile(path)).trim().split("\n");
      const first = lines.map((line) => JSON.parse(line)).filter(({ users }) => users === 80);
      const slow = first.map((trial) => JSON.stringify({ ...trial, seconds }));
      await Deno.writeTextFile(path, `${[head, ...slow].join("\n")}\n`);
    };
    // A trial on 240 users is expected to take 90 of the 100 s; the round ends after 67.
    await slowDown(30);
    assertEquals((await search(performance.now() + 100_000)).best, whole.best);
    // It is expected to take 120 s: the first round decides.
    await slowDown(40);
    const { candidates, untried } = await search(performance.now() + 100_000);
    assertEquals(candidates.map(({ rung }) => rung), Array(10).fill(0));
    // The best four and the defaults.
    assertEquals(untried, 5);
  }));
