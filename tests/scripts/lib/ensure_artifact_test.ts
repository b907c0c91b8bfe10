import { quickModels } from "../../../scripts/lib/ensure_artifact.ts";
import { algorithms } from "../../../src/models/mod.ts";
import { assertEquals } from "../../assert.ts";

async function namesFor(served: string): Promise<string[]> {
  return (await quickModels(served)).map(({ name }) => name);
}

Deno.test("the simulated month trains all models but ease, unless it is to be served", async () => {
  const names = algorithms.map(({ name }) => name);
  assertEquals(await namesFor("best"), names.filter((name) => name !== "ease"));
  assertEquals(await namesFor("svd"), names.filter((name) => name !== "ease"));
  assertEquals(await namesFor("ease"), names);
});
