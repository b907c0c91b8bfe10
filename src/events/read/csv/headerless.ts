import { LAYOUTS } from "../layouts/layouts.ts";
import { splitQuoted } from "./quotes.ts";

const SEPARATORS = [",", "\t"];

/**
 * Recognises a CSV file that has no header, as some data sets are published.
 *
 * @param head The file's first bytes.
 * @returns The header that the file lacks; nothing if it has one or isn't known.
 */
export function headerlessNames(head: Uint8Array): string | undefined {
  const [line] = new TextDecoder().decode(head.subarray(0, 1000)).split(/\r?\n/);
  for (const separator of SEPARATORS) {
    const fields = splitQuoted(line, separator);
    if (typeof fields === "string") continue;
    const layout = LAYOUTS.find(({ headerless }) =>
      headerless?.fits.length === fields.length &&
      headerless.fits.every((form, index) => form.test(fields[index]))
    );
    if (layout?.headerless) return layout.headerless.names.join(separator);
  }
  return undefined;
}
