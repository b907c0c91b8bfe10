import type { Algorithm } from "../../src/models/model.ts";
import { firstTuning, withTuned } from "../../src/training/first_tuning.ts";
import { assertEquals } from "../assert.ts";

const named = (name: string, tunesOptions: boolean) => ({ name, tunesOptions }) as Algorithm;

Deno.test("who asks for tuned options gets them once they are there, the first alone", async () => {
  const tuning = firstTuning([named("blend", true), named("svd", false)]);
  const asked = tuning.of("blend");
  assertEquals(tuning.found(), {});
  tuning.settle("blend", { weights: [1] });
  tuning.settle("blend", { weights: [2] });
  assertEquals(await asked, { weights: [1] });
  assertEquals(tuning.found(), { blend: { weights: [1] } });
});

Deno.test("models that never tune, or found nothing to tune, have no such options", async () => {
  const tuning = firstTuning([named("blend", true), named("svd", false)]);
  assertEquals(await tuning.of("svd"), undefined);
  tuning.settle("svd", { factors: 3 });
  tuning.settle("blend");
  assertEquals(await tuning.of("blend"), undefined);
  assertEquals(tuning.found(), {});
});

Deno.test("options that a fit tuned go before those found earlier for the same model", () => {
  assertEquals(
    withTuned({ blend: { k: 5, weights: [] }, svd: { factors: 3 } }, { blend: { weights: [1] } }),
    { blend: { k: 5, weights: [1] }, svd: { factors: 3 } },
  );
  assertEquals(withTuned(), {});
});
