import { formatCounted } from "../../../src/base/format.ts";

/** Enough to see that something is happening. */
const EVERY = 15;

/**
 * Turns the lines that `pip install` prints into a few on how far it is: a line for every fifteen
 * packages found, and one when it begins to unpack them.
 *
 * @returns Takes one line of pip after the other.
 */
export function pipProgress(log: (line: string) => void): (line: string) => void {
  let found = 0;
  return (line) => {
    if (line.startsWith("Collecting ") && ++found % EVERY === 0) {
      log(`  ${formatCounted(found, "package")} found and downloaded`);
    } else if (line.startsWith("Installing collected packages")) {
      log(`  Unpacking ${formatCounted(found, "package")}: the last step, about 20 seconds`);
    }
  };
}
