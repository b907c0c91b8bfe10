import { formatTable } from "../../../../scripts/lib/tables/table.ts";
import { assertEquals } from "../../../assert.ts";

Deno.test("the first column is left-aligned, the others right-aligned, without colors", () => {
  const lines = formatTable(["model", "ndcg"], [["svd", 0.5], ["popularity", "0.125"]]).split("\n");
  assertEquals(lines, [
    "┌────────────┬───────┐",
    "│ model      │  ndcg │",
    "├────────────┼───────┤",
    "│ svd        │   0.5 │",
    "│ popularity │ 0.125 │",
    "└────────────┴───────┘",
  ]);
});

Deno.test("a table without rows shows its header", () => {
  assertEquals(formatTable(["model"], []).includes("model"), true);
});
