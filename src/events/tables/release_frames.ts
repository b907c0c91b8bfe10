import { collectGarbage } from "../../base/collect_garbage.ts";

/** Freeing takes 30 ms, which fewer rows than this aren't worth. */
const WORTH_FREEING = 250_000;

let rowsPending = 0;

/**
 * Frees the memory of unreachable tables. Polars frees a table when V8 collects its JavaScript
 * handle, which is so small that V8 sees no need to: a loop over pieces would keep about ten of
 * them in memory. And it frees them in a task of its own, so a loop that never waits keeps all.
 *
 * @param rows The rows of the tables that are no longer used; nothing is freed until enough have
 * added up.
 */
export async function releaseFrames(rows: number): Promise<void> {
  rowsPending += rows;
  if (rowsPending < WORTH_FREEING) return;
  rowsPending = 0;
  collectGarbage();
  await new Promise((resolve) => setTimeout(resolve));
}
