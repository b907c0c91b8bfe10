import { cleaningFindings } from "../../../src/analysis/findings/cleaning_findings.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("the findings on cleaning state shares and counts", () => {
  const findings = cleaningFindings({
    issues: [
      { issue: "category path missing", share: .98 },
      { issue: "brand missing", share: .4234 },
      { issue: "exact duplicate of an earlier row", share: .054 },
    ],
    heavy: { from: 1000, userShare: .001, eventShare: .05, purchases: 1234 },
    report: {
      rowsIn: 1000,
      rowsOut: 946,
      sessionsDerived: 3,
      removals: 5000,
      cartsCancelled: 1200,
    },
  });
  assertEquals(findings, [
    "98% of rows have no category path and 42.3% no brand.",
    "5.4% of rows are exact copies of an earlier one. Cleaning keeps 94.6% of all rows.",
    "The 0.1% of users with 1,000 events or more make 5% of events and 1,234 purchases.",
    "1,200 of 5,000 removals cancel a cart of the same session, which then doesn't count.",
  ]);
});
