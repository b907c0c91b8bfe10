import { oncePer } from "../../src/base/once_per.ts";
import { assertEquals } from "../assert.ts";

Deno.test("each object has a result of its own, even undefined, computed once", () => {
  const asked: object[] = [];
  const find = oncePer((given: { readonly at?: number }) => {
    asked.push(given);
    return given.at;
  });
  const [none, one, same] = [{}, { at: 1 }, { at: 1 }];
  assertEquals([none, one, same, none, one].map(find), [undefined, 1, 1, undefined, 1]);
  assertEquals(asked.length, 3);
});

Deno.test("what fails is tried again", () => {
  let attempts = 0;
  const fail = oncePer((_: object): number => {
    if (++attempts === 1) throw new RangeError("no");
    return 7;
  });
  const given = {};
  try {
    fail(given);
  } catch { /* The next attempt succeeds. */ }
  assertEquals([fail(given), fail(given), attempts], [7, 7, 2]);
});
