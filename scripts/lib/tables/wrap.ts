/** The width of lines outside a terminal, in pipes and files, in characters. */
const DEFAULT_WIDTH = 80;

/** The width of standard output in characters: the terminal's, 80 in a pipe or a file. */
export function outputWidth(): number {
  return Deno.stdout.isTerminal() ? Deno.consoleSize().columns : DEFAULT_WIDTH;
}

/**
 * Breaks lines between words, so that none is longer than a width, except for longer words.
 *
 * @param width In characters. Default that of standard output.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(wrapText("the quick brown fox", 10), "the quick\nbrown fox");
 * ```
 */
export function wrapText(text: string, width: number = outputWidth()): string {
  return text.split("\n").map((line) => wrapLine(line, width)).join("\n");
}

function wrapLine(line: string, width: number): string {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    const longer = current === "" ? word : `${current} ${word}`;
    if (current !== "" && lengthOf(longer) > width) {
      lines.push(current);
      current = word;
    } else current = longer;
  }
  return [...lines, current].join("\n");
}

/** The length of a text's longest line, in characters. */
export function lengthOf(text: string): number {
  return Math.max(...text.split("\n").map((line) => [...line].length));
}
