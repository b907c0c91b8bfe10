import { formatCount, formatCounted } from "../base/format.ts";
import { InputError } from "../base/input_error.ts";
import type { CleanReport } from "./clean/clean_report.ts";

/** The error of cleaning that leaves no events; it says which step removed how many. */
export function nothingLeft({ rowsIn, steps }: CleanReport): InputError {
  const removed = steps.filter(({ removed }) => removed > 0)
    .map(({ step, removed }) => `${step} (${formatCount(removed)})`).join(", ");
  return new InputError(
    `Cannot clean these events: nothing is left of ${formatCounted(rowsIn, "row")}; removed: ` +
      removed,
  );
}
