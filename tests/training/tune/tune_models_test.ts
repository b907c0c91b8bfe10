import { InputError } from "../../../src/base/input_error.ts";
import { algorithmNamed } from "../../../src/models/mod.ts";
import { popularity } from "../../../src/models/popularity.ts";
import type { TrialOptions } from "../../../src/training/tune/search_space.ts";
import { tune, type Tuning } from "../../../src/training/tune/tune.ts";
import { tuneModels } from "../../../src/training/tune/tune_models.ts";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "../../assert.ts";
import { withFolder } from "../../temp_folder.ts";
import { changingShop } from "../changing_shop.ts";

const shop = changingShop();
const blend = algorithmNamed("blend");
const content = algorithmNamed("content");

Deno.test("several models are tuned as each would be alone", () =>
  withFolder(async (folder) => {
    const options = { trials: 3, workers: 1, minUsers: 1 };
    const found = new Map<string, TrialOptions | undefined>();
    await tuneModels(shop, [content, popularity], { ...options, tunedFile: `${folder}/a.json` }, {
      onTuned: ({ name }, { best }) => void found.set(name, best?.options),
    });
    assertEquals([...found.keys()], ["content", "popularity"]);
    for (const algorithm of [content, popularity]) {
      const alone = await tune(shop, algorithm, { ...options, tunedFile: `${folder}/b.json` });
      assertEquals(found.get(algorithm.name), alone.best?.options);
    }
  }));

Deno.test("a blend comes last; a stopped search tries no more, and says how much is left", () =>
  withFolder(async (folder) => {
    const controller = new AbortController();
    const begun: string[] = [];
    const tunings = new Map<string, Tuning>();
    await tuneModels(shop, [blend, popularity], {
      ...{ trials: 2, workers: 1, tunedFile: `${folder}/tuned.json` },
    }, {
      signal: controller.signal,
      onModel({ name }) {
        begun.push(name);
        if (name === "blend") controller.abort();
        return {};
      },
      onTuned: ({ name }, tuning) => void tunings.set(name, tuning),
    });
    assertEquals(begun, ["popularity", "blend"]);
    assert(tunings.get("popularity")?.best);
    const { best, candidates, untried } = tunings.get("blend")!;
    assertEquals([best, candidates, untried], [undefined, [], 2]);
  }));

Deno.test("models that can't be tuned are skipped with the reason, a single one is a mistake", () =>
  withFolder(async (folder) => {
    const options = {
      ...{ metric: "rmse", trials: 1, workers: 1, tunedFile: `${folder}/tuned.json` } as const,
    };
    const skipped: string[] = [];
    await tuneModels(shop, [content, popularity], options, {
      onSkipped: (_, reason) => skipped.push(reason),
    });
    assertEquals(skipped.length, 2);
    assertStringIncludes(skipped[0], "Cannot tune content by rmse: it predicts no ratings");
    await assertRejects(() => tuneModels(shop, [content], options), InputError, "no ratings");
  }));
