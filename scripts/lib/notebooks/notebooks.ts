import { join, resolve } from "node:path";
import { InputError } from "../../../src/base/input_error.ts";

/** The folder of the notebooks. */
export const NOTEBOOKS = "notebooks";

/**
 * The paths of the notebooks, in order.
 *
 * @param names Prefixes of their names, for example `02`. Default: all notebooks.
 * @throws {InputError} If no notebook has a prefix.
 */
export async function findNotebooks(names: readonly string[] = []): Promise<string[]> {
  const files = (await Array.fromAsync(Deno.readDir(NOTEBOOKS)))
    .map(({ name }) => name)
    .filter((name) => name.endsWith(".ipynb"))
    .sort();
  for (const name of names) {
    if (!files.some((file) => file.startsWith(name))) {
      throw new InputError(
        `Cannot run notebook "${name}": it must be a prefix of one of ${files.join(", ")}`,
      );
    }
  }
  return files
    .filter((file) => names.length === 0 || names.some((name) => file.startsWith(name)))
    .map((file) => join(NOTEBOOKS, file));
}

/**
 * The environment that tells notebooks which events and which month to use. Without, they choose.
 *
 * @param choice `events`: a path or pattern, relative to the folder of this process.
 */
export function eventsEnvironment(
  { events, month }: { events?: string; month?: string },
): Record<string, string> {
  return { ...(events && { EVENTS: resolve(events) }), ...(month && { MONTH: month }) };
}
