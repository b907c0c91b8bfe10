import { writeWhole } from "../../src/base/write_whole.ts";

/**
 * Writes a value as indented JSON. The file appears only when it is complete; its folder is created
 * if needed.
 *
 * @throws {InputError} If it can't be written.
 */
export async function writeJson(file: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value, null, 2) + "\n";
  await writeWhole(file, (unfinished) => Deno.writeTextFile(unfinished, text));
}
