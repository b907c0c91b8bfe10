import { writeWhole } from "../../src/base/write_whole.ts";

/**
 * Writes a value as JSON, indented. The file appears only when it is complete; its folder is made if need be.
 *
 * @throws {InputError} If it can't be written.
 */
export async function writeJson(file: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value, null, 2) + "\n";
  await writeWhole(file, (unfinished) => Deno.writeTextFile(unfinished, text));
}
