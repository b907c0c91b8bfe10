import { resolve } from "node:path";
import { eventsEnvironment, findNotebooks } from "../../../../scripts/lib/notebooks/notebooks.ts";
import { InputError } from "../../../../src/base/input_error.ts";
import { assertEquals, assertRejects } from "../../../assert.ts";

Deno.test("notebooks are found in order, all or by prefixes of their names", async () => {
  const all = await findNotebooks();
  assertEquals(all.map((path) => path.slice(0, 12)), [
    "notebooks/01",
    "notebooks/02",
    "notebooks/03",
    "notebooks/04",
  ]);
  assertEquals(await findNotebooks(["02", "01_cleaning"]), all.slice(0, 2));
});

Deno.test("a prefix without a notebook is refused with the notebooks' names", async () => {
  await assertRejects(() => findNotebooks(["05"]), InputError, '"05": it must be a prefix');
});

Deno.test("notebooks find their events from any folder", () => {
  assertEquals(eventsEnvironment({ events: "data/*.csv", month: "2019-10" }), {
    EVENTS: resolve("data/*.csv"),
    MONTH: "2019-10",
  });
  assertEquals(eventsEnvironment({}), {});
});
