import { JUPYTER_DISPLAY } from "../../src/charts/display.ts";
import { showFindings } from "../../src/charts/show_findings.ts";
import { assertEquals } from "../assert.ts";

Deno.test("findings are a list", async () => {
  const forms = await showFindings("Cheap things sell.", "Few come back.")[JUPYTER_DISPLAY]();
  assertEquals(forms["text/markdown"], "- Cheap things sell.\n- Few come back.");
});
