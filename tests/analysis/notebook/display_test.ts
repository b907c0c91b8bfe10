import { display } from "../../../src/analysis/notebook/display.ts";
import { assertRejects } from "../../assert.ts";

Deno.test("displaying outside a notebook throws", async () => {
  await assertRejects(
    () => display({ "text/plain": "x" }),
    Error,
    "only available in `deno jupyter`",
  );
});
