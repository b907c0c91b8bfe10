import { algorithms } from "../../../src/models/mod.ts";
import { placeByLength } from "../../../src/training/jobs/longest_first.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("the longest jobs come first, popularity last, and others in between as they are", () => {
  const names = algorithms.map(({ name }) => name);
  const sorted = names.toSorted((a, b) => {
    const [first, second] = [placeByLength(a), placeByLength(b)];
    return first === second ? 0 : first - second;
  });
  assertEquals(sorted.slice(0, 5), ["ease", "blend", "graph_svd", "als", "svd"]);
  assertEquals(sorted.at(-1), "popularity");
  const others = names.filter((name) =>
    !sorted.slice(0, 5).includes(name) && name !== "popularity"
  );
  assertEquals(sorted.slice(5, -1), others);
});
