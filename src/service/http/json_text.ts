/**
 * JSON that means nothing to a browser that takes it for HTML: ids come from whoever asks.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(jsonText({ id: "<b>" }), '{"id":"\\u003cb>"}');
 * ```
 */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
