import { InputError } from "../../../../src/base/input_error.ts";

/**
 * Reads a text file with a list of whole numbers on each line, separated by spaces or tabs. Empty
 * lines are skipped.
 *
 * @throws {InputError} If the file is missing or a word isn't a whole number from 0 to 4294967295;
 * the message has file and line.
 */
export async function readNumberLists(file: string): Promise<Uint32Array[]> {
  const text = await readText(file);
  return text.split("\n").flatMap((line, index) => {
    const words = line.trim().split(/\s+/);
    return words[0] === "" ? [] : [parseNumbers(words, `${file}, line ${index + 1}`)];
  });
}

async function readText(file: string): Promise<string> {
  try {
    return await Deno.readTextFile(file);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new InputError(`Cannot read ${file}: there is no such file; pass its folder with --data`);
  }
}

function parseNumbers(words: readonly string[], place: string): Uint32Array {
  return Uint32Array.from(words, (word) => {
    const number = Number(word);
    if (!/^\d+$/.test(word) || number > 0xffff_ffff) {
      throw new InputError(
        `Cannot read ${place}: expected whole numbers from 0 to 4294967295, got "${word}"`,
      );
    }
    return number;
  });
}
