import { quickModels } from "../../../scripts/lib/ensure_artifact.ts";
import { algorithms } from "../../../src/models/mod.ts";
import { assertEquals } from "../../assert.ts";

async function namesFor(served: string): Promise<string[]> {
  return (await quickModels(served)).map(({ name }) => name);
}

Deno.test("the simulated month trains the slow models only if they are to be served", async () => {
  const names = algorithms.map(({ name }) => name);
  const without = (...slow: string[]) => names.filter((name) => !slow.includes(name));
  assertEquals(await namesFor("best"), without("ease", "sasrec"));
  assertEquals(await namesFor("svd"), without("ease", "sasrec"));
  assertEquals(await namesFor("ease"), without("sasrec"));
});
