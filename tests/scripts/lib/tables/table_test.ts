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

Deno.test("columns that don't fit go to tables below, with the first column", () => {
  const text = formatTable(["model", "first", "second"], [["svd", 1, 2], ["als", 3, 4]], {
    width: 20,
  });
  assertEquals(text.split("\n"), [
    "┌───────┬───────┐",
    "│ model │ first │",
    "├───────┼───────┤",
    "│ svd   │     1 │",
    "│ als   │     3 │",
    "└───────┴───────┘",
    "┌───────┬────────┐",
    "│ model │ second │",
    "├───────┼────────┤",
    "│ svd   │      2 │",
    "│ als   │      4 │",
    "└───────┴────────┘",
  ]);
  assertEquals(
    formatTable(["model", "first", "second"], [["svd", 1, 2]], { width: 26 }).split("\n").length,
    5,
  );
});

Deno.test("a text that doesn't fit is broken into lines", () => {
  const rows = [["note", "a text that is too long"], ["rows", 7]];
  assertEquals(formatTable(["events", ""], rows, { width: 24, align: "left" }).split("\n"), [
    "┌────────┬─────────────┐",
    "│ events │             │",
    "├────────┼─────────────┤",
    "│ note   │ a text that │",
    "│        │ is too long │",
    "│ rows   │ 7           │",
    "└────────┴─────────────┘",
  ]);
});
