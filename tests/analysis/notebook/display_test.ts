import { display } from "../../../src/analysis/notebook/display.ts";
import { assertRejects } from "../../assert.ts";

Deno.test("outside of a notebook nothing can be displayed", async () => {
  await assertRejects(
    () => display({ "text/plain": "x" }),
    Error,
    "only available in `deno jupyter`",
  );
});
