import { ListMemo } from "../../src/batch/list_memo.ts";
import { assertEquals } from "../assert.ts";

const LIST = { model: "als", strategy: "personalized", items: [] } as const;

function did(...items: number[]) {
  return {
    items: Uint32Array.from(items),
    weights: new Float32Array(items.length).fill(1),
    times: Uint32Array.from(items, (_, i) => i),
  };
}

/** Asks for the lists of some histories, and counts how many are made. */
async function countMade(histories: readonly ReturnType<typeof did>[], until: number) {
  const memo = new ListMemo();
  let made = 0;
  for (const history of histories) {
    await memo.of(history, () => {
      made++;
      return { list: { ...LIST, items: [] }, until };
    });
  }
  return made;
}

Deno.test("a list for a single event is made once for each product and weight", async () => {
  const cart = { ...did(1), weights: Float32Array.of(2) };
  assertEquals(await countMade([did(1), did(1), did(2), cart, did(1)], Infinity), 3);
});

Deno.test("lists for longer histories and none, and those that time changes, aren't reused", async () => {
  assertEquals(await countMade([did(1, 2), did(1, 2), did(), did()], Infinity), 4);
  assertEquals(await countMade([did(1), did(1)], 1_000_000), 2);
});
