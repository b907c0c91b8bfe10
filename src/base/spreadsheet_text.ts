/** C0 and C1 control characters but the tab, which terminals obey. */
// deno-lint-ignore no-control-regex
const CONTROL = /[\x00-\x08\x0a-\x1f\x7f-\x9f]/g;

/** What spreadsheets take for the start of a formula. */
const FORMULA = /^[\t=+\-@]/;

/**
 * Text without control characters (but the tab), which could change what a terminal shows or does:
 * they are written as `\x1b`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(visibleText("a\x1b[2Jb"), "a\\x1b[2Jb");
 * ```
 */
export function visibleText(text: string): string {
  return text.replace(
    CONTROL,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

/**
 * Text for a cell that spreadsheets show and never evaluate as a formula: it is preceded by an
 * apostrophe where they would, and holds no control characters but the tab.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(spreadsheetText("=1+1"), "'=1+1");
 * assertEquals(spreadsheetText("1+1"), "1+1");
 * ```
 */
export function spreadsheetText(text: string): string {
  const visible = visibleText(text);
  return FORMULA.test(visible) ? `'${visible}` : visible;
}
