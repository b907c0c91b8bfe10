import { findNotebooks } from "../../../../scripts/lib/notebooks/notebooks.ts";
import { InputError } from "../../../../src/base/input_error.ts";
import { assertEquals, assertRejects } from "../../../assert.ts";

Deno.test("notebooks are found in order, or by the beginnings of their names", async () => {
  const all = await findNotebooks();
  assertEquals(all.map((path) => path.slice(0, 12)), [
    "notebooks/01",
    "notebooks/02",
    "notebooks/03",
    "notebooks/04",
  ]);
  assertEquals(await findNotebooks(["02", "01_cleaning"]), all.slice(0, 2));
});

Deno.test("a name without a notebook is a mistake that lists those there are", async () => {
  await assertRejects(() => findNotebooks(["05"]), InputError, '"05": it must be the beginning');
});
