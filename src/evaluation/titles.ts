import type { BreakdownBy } from "./breakdown_rows.ts";
import type { Task } from "./evaluate.ts";

/** What a table of each task is headed. */
export const TASK_TITLES: Readonly<Record<Task, string>> = {
  new: "New products (those a user knew are neither shown nor expected)",
  repeats: "Repeats (known products that users come back to, among all that is shown)",
  all: "All products (coming back to a known one counts)",
};

/** What a table of each breakdown is headed. */
export const BREAKDOWN_TITLES: Readonly<Record<BreakdownBy, string>> = {
  history: "NDCG of new products, by events in the history; users with 0 are shown what is popular",
  day: "Recall of new products, by days since training",
  popularity: "Recall of new products, by their popularity: the most popular tenth is 1",
};
