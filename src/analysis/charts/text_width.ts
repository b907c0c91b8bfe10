/**
 * The widths of Helvetica's characters from space to tilde, in thousandths of the font size
 * (Adobe's metrics).
 */
// deno-fmt-ignore
const WIDTHS = Uint16Array.of(
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
  556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
  1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
  667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
  333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
  556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
);

const OTHER = 600;

/** Where Helvetica and Arial are missing, the fallback font is up to this many times as wide. */
const WIDER = 1.15;

/**
 * Estimates a text's width without a canvas; errs on the wide side.
 *
 * @param fontSize In pixels, like the result.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(textWidth("WWW", 10) > 4 * textWidth("iii", 10), true);
 * ```
 */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const character of text) width += WIDTHS[character.codePointAt(0)! - 32] ?? OTHER;
  return WIDER * width / 1000 * fontSize;
}
