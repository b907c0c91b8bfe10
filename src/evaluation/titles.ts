import type { BreakdownBy } from "./breakdown_rows.ts";
import type { Task } from "./evaluate.ts";

/** Titles of the tables of tasks. */
export const TASK_TITLES: Readonly<Record<Task, string>> = {
  new: "New products (known ones are neither shown nor expected)",
  repeats: "Repeats (known products that users come back to, in unfiltered lists)",
  all: "All products (returning to a known one counts)",
};

/** Titles of the tables of breakdowns. */
export const BREAKDOWN_TITLES: Readonly<Record<BreakdownBy, string>> = {
  history:
    "NDCG of new products, by events in the history; users with 0 are shown popular products",
  day: "Recall of new products, by days since training",
  popularity: "Recall of new products, by popularity: the most popular tenth is 1",
};
