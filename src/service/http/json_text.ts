/**
 * JSON that is harmless if a browser mistakes it for HTML; ids come from clients.
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
