import type { Model } from "../../src/models/model.ts";
import { earlyFits, type FitAll } from "../../src/training/early_fits.ts";
import { assertEquals, assertRejects } from "../assert.ts";

/** Models that know their name; says which were fitted. */
function recording(): { fitted: string[]; fitAll: FitAll } {
  const fitted: string[] = [];
  const fitAll: FitAll = (names, progress) => {
    names.forEach((name, i) => {
      if (name === "bad") throw new RangeError("no");
      fitted.push(name);
      progress((i + 1) / names.length, `${name} fitted`);
    });
    return Promise.resolve(names.map((name) => ({ name }) as unknown as Model));
  };
  return { fitted, fitAll: (...given) => Promise.try(fitAll, ...given) };
}

const named = (...names: string[]) => names.map((name) => ({ name }) as unknown as Model);

Deno.test("models that were begun are fitted once, the others at the end", async () => {
  const { fitted, fitAll } = recording();
  const { begin, finish } = earlyFits(fitAll);
  begin(["b", "d"]);
  const shown: [number, string | undefined][] = [];
  const models = await finish(["a", "b", "c", "d"], (done, note) => shown.push([done, note]));
  assertEquals(models, named("a", "b", "c", "d"));
  assertEquals(fitted, ["b", "d", "a", "c"]);
  assertEquals(shown, [[0.5, "b fitted"], [0.5, "d fitted"], [0.75, "a fitted"], [1, "c fitted"]]);
});

Deno.test("without a beginning all are fitted at the end", async () => {
  const { finish } = earlyFits(recording().fitAll);
  assertEquals(await finish(["a"], () => {}), named("a"));
});

Deno.test("if one that was begun isn't wanted, its failure doesn't count", async () => {
  const { begin, finish } = earlyFits(recording().fitAll);
  begin(["a", "bad"]);
  assertEquals(await finish(["a"], () => {}), named("a"));
  await assertRejects(() => finish(["a", "bad"], () => {}), RangeError, "no");
});
