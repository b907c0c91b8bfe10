import { InputError } from "../../../base/input_error.ts";
import { visitLines } from "./lines.ts";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Decodes the bytes of a line, without its end.
 *
 * @param place What to call the line in a message.
 * @throws {InputError} If they aren't UTF-8.
 */
export function decodeLine(bytes: Uint8Array, place: string): string {
  try {
    const text = decoder.decode(bytes);
    return text.endsWith("\r") ? text.slice(0, -1) : text;
  } catch {
    throw new InputError(
      `Cannot read ${place}: it isn't UTF-8; convert the file, for example with ` +
        "iconv -f latin1 -t utf-8",
    );
  }
}

/**
 * Makes sure that a whole file is UTF-8.
 *
 * @param name What to call the file in messages.
 * @param before Where it is a piece of another file, how many lines that one has between its header
 * and this piece.
 * @throws {InputError} If a line isn't; it names the first such line.
 */
export function checkEncoding(path: string, name: string, before: number = 0): void {
  let line = before;
  visitLines(path, {
    from: 0,
    name,
    visit: (bytes, { start }) => {
      const end = bytes.indexOf(10, start);
      decodeLine(bytes.subarray(start, end), `line ${++line} of ${name}`);
      return end;
    },
  });
}
