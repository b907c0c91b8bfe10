import { modelOptions } from "../../../src/training/jobs/model_options.ts";
import { assertEquals } from "../../assert.ts";

const svd = { name: "svd", defaults: { factors: 9, rating: "max", seed: 1 } };
const content = { name: "content", defaults: { priceBands: 10 } };

Deno.test("rating mode and seed go to the models with these options", () => {
  const options = { rating: "sum", seed: 7 } as const;
  assertEquals(modelOptions(svd, options), { factors: 9, rating: "sum", seed: 7 });
  assertEquals(modelOptions(content, options), { priceBands: 10 });
  assertEquals(modelOptions(svd), svd.defaults);
});

Deno.test("tuned options take precedence, for their own model only", () => {
  const tuned = { svd: { factors: 3, rating: "logsum" } };
  const options = { rating: "sum", tuned } as const;
  assertEquals(modelOptions(svd, options), { factors: 3, rating: "logsum", seed: 1 });
  assertEquals(modelOptions(content, options), { priceBands: 10 });
});

Deno.test("a blend's members have the options found for them, except those they name", () => {
  const members = [{ name: "svd", options: { factors: 9 } }, { name: "content" }, { name: "als" }];
  const tuned = { svd: { factors: 3, epochs: 5 }, content: { priceBands: 4 }, ease: { a: 1 } };
  assertEquals(modelOptions({ name: "blend", defaults: { members, k: 10 } }, { tuned }), {
    k: 10,
    members: [
      { name: "svd", options: { factors: 9, epochs: 5 } },
      { name: "content", options: { priceBands: 4 } },
      { name: "als" },
    ],
  });
});
