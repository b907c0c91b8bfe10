import { dirname } from "node:path";
import { InputError } from "../../src/interactions/input_error.ts";

/**
 * Writes a value as JSON, indented. The file appears only when it is complete; its folder is made if need be.
 *
 * @throws {InputError} If it can't be written.
 */
export async function writeJson(file: string, value: unknown): Promise<void> {
  try {
    const folder = dirname(file);
    await Deno.mkdir(folder, { recursive: true });
    const unfinished = await Deno.makeTempFile({ dir: folder, prefix: ".unfinished-" });
    await Deno.writeTextFile(unfinished, JSON.stringify(value, null, 2) + "\n");
    await Deno.rename(unfinished, file);
  } catch (error) {
    throw new InputError(`Cannot write ${file}: ${(error as Error).message}; choose another place`);
  }
}
