import { unmeasuredWarning } from "../../src/artifact/unmeasured.ts";
import type { Training } from "../../src/training/train.ts";

/**
 * Prints a warning on standard error if training could not measure any user, so that nothing is
 * exported unmeasured in silence.
 *
 * @returns Whether it warned.
 */
export function warnIfUnmeasured(
  { unmeasured, choice: { defaultModel } }: Pick<Training, "unmeasured" | "choice">,
): boolean {
  const warning = unmeasuredWarning({ unmeasured, defaultModel });
  if (warning !== undefined) console.error(warning);
  return warning !== undefined;
}
