import { assertEquals } from "../../assert.ts";
import { usesOf } from "./promql.ts";

Deno.test("metrics, label matchers and grouping labels are read", () => {
  const { selections, groups } = usesOf(
    "histogram_quantile(0.99, sum by (le, route) (" +
      'rate(a_bucket{route="/x/{id}",status=~"5.."}[5m])))' +
      " / ignoring (kind) group_left sum(b) > 1e3 and c == 0",
  );
  assertEquals(selections, [
    {
      metric: "a_bucket",
      matchers: [
        { label: "route", operator: "=", value: "/x/{id}" },
        { label: "status", operator: "=~", value: "5.." },
      ],
    },
    { metric: "b", matchers: [] },
    { metric: "c", matchers: [] },
  ]);
  assertEquals(groups, ["le", "route", "kind"]);
});
