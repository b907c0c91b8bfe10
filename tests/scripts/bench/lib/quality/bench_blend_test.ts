import {
  fixedOptions,
  shownOptions,
} from "../../../../../scripts/bench/lib/quality/bench_blend.ts";
import { algorithmNamed } from "../../../../../src/models/mod.ts";
import { assertEquals } from "../../../../assert.ts";

const members = [{ name: "item_knn", options: { neighbors: 5 } }, { name: "popularity" }];

Deno.test("a blend combines the models before it, for the benchmark's task", () => {
  assertEquals(fixedOptions(algorithmNamed("blend"), members, { k: 20 }), { members, k: 20 });
  assertEquals(fixedOptions(algorithmNamed("blend"), [], { k: 20 }), { k: 20 });
  assertEquals(fixedOptions(algorithmNamed("item_knn"), members, { k: 20 }), {});
});

Deno.test("members are shown by name, other options unchanged", () => {
  const [blended, single]: object[] = [{ members, k: 20 }, { neighbors: 5 }];
  assertEquals(shownOptions(blended), { members: ["item_knn", "popularity"], k: 20 });
  assertEquals(shownOptions(single), { neighbors: 5 });
});
