/**
 * Settings in a line of words, in their order; those without a value are omitted.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const settings = { strategy: "personal", brand: ["a", "b"], model: undefined, diversity: 0.2 };
 * assertEquals(settingsText(settings), "strategy personal, brand a or b, diversity 0.2");
 * assertEquals(settingsText({ events: { purchase: { min: 1 } } }), "events (purchase (min 1))");
 * ```
 */
export function settingsText(settings: object): string {
  return Object.entries(settings)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join(", ");
}

/** At most as many of a list are named. */
const MOST_NAMED = 10;

function valueText(value: unknown): string {
  if (Array.isArray(value)) {
    const named = value.slice(0, MOST_NAMED).join(" or ");
    return value.length > MOST_NAMED ? `${named} or ${value.length - MOST_NAMED} others` : named;
  }
  if (typeof value === "object" && value !== null) return `(${settingsText(value)})`;
  return String(value);
}
