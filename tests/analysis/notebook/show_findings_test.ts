import { findingsForms } from "../../../src/analysis/notebook/show_findings.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("findings are shown as a list", () => {
  const forms = findingsForms(["Cheap things sell.", "Few come back."]);
  assertEquals(forms["text/markdown"], "- Cheap things sell.\n- Few come back.");
});
