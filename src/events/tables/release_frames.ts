import v8 from "node:v8";
import vm from "node:vm";

/** Fewer rows than this aren't worth the 20 ms that it takes to free them. */
const WORTH_FREEING = 250_000;

let collect: (() => void) | undefined;
let rowsSince = 0;

/**
 * Frees the memory of tables that nothing refers to any more. Polars frees it when V8 collects what stands for a table
 * in JavaScript, which is so small that V8 sees no reason to: in a loop over pieces ten of them would stay.
 *
 * @param rows How many rows the tables have that are done with; when few have come together, they wait for more.
 */
export function releaseFrames(rows: number): void {
  rowsSince += rows;
  if (rowsSince < WORTH_FREEING) return;
  rowsSince = 0;
  if (collect === undefined) {
    v8.setFlagsFromString("--expose-gc");
    collect = vm.runInNewContext("gc") as () => void;
  }
  collect();
}
