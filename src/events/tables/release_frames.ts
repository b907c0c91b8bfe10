import { collectGarbage } from "../../base/collect_garbage.ts";

/** Freeing takes 20 ms, which fewer rows than this aren't worth. */
const WORTH_FREEING = 250_000;

let rowsPending = 0;

/**
 * Frees the memory of unreachable tables. Polars frees a table when V8 collects its JavaScript
 * handle, which is so small that V8 sees no need to: a loop over pieces would keep about ten of
 * them in memory.
 *
 * @param rows The rows of the tables that are no longer used; nothing is freed until enough have
 * added up.
 */
export function releaseFrames(rows: number): void {
  rowsPending += rows;
  if (rowsPending < WORTH_FREEING) return;
  rowsPending = 0;
  collectGarbage();
}
