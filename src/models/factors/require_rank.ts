import { formatCounted } from "../../base/format.ts";
import { InputError } from "../../base/input_error.ts";

/**
 * Checks that a matrix has enough singular vectors.
 *
 * @throws {InputError} If it has fewer rows or columns than that; names the model and what to do.
 */
export function requireRank(
  model: string,
  factors: number,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): void {
  if (factors <= Math.min(rows, columns)) return;
  throw new InputError(
    `Cannot fit ${model}: option "factors" must be at most ${Math.min(rows, columns)} (the data ` +
      `has ${formatCounted(rows, "user")} and ${
        formatCounted(columns, "product")
      }), got ${factors}; ` +
      "choose fewer",
  );
}
