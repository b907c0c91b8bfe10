import { z } from "zod";

/** At most 15 digits before the point and 20 after it, such as 0.30000000000000004; no exponent. */
const NUMBER = /^-?\d{1,15}(\.\d{1,20})?$/;

/**
 * The same fields as query parameters: numbers, `true` and `false` are read from text, and a list
 * is a parameter that may be repeated. So a field that is declared once serves both queries and
 * JSON bodies.
 *
 * @example
 * ```ts
 * import { z } from "zod";
 * import { assertEquals } from "@std/assert";
 *
 * const query = inQuery({ k: z.int().default(10), not: z.array(z.string()).optional() });
 * assertEquals(query.parse({ k: "5", not: "a,b" } as object), { k: 5, not: ["a,b"] });
 * ```
 */
export function inQuery<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape> {
  const rules = Object.entries<z.ZodType>(shape).map(([name, rule]) => [name, fromText(rule)]);
  return z.object(Object.fromEntries(rules)) as z.ZodObject<Shape>;
}

function fromText(rule: z.ZodType): z.ZodType {
  if (rule instanceof z.ZodDefault) {
    return describedAs(rule, fromText(rule.unwrap() as z.ZodType).default(rule.def.defaultValue));
  }
  if (rule instanceof z.ZodOptional) {
    return describedAs(rule, fromText(rule.unwrap() as z.ZodType).optional());
  }
  const read = readerOf(rule);
  return read
    ? z.preprocess((value) => typeof value === "string" ? read(value) : value, rule)
    : rule;
}

/** Reads text as the rule's type; other text is returned as it is, for the rule to refuse. */
function readerOf(rule: z.ZodType): ((text: string) => unknown) | undefined {
  if (rule instanceof z.ZodNumber) return (text) => NUMBER.test(text) ? Number(text) : text;
  if (rule instanceof z.ZodBoolean) return (text) => FLAGS.get(text) ?? text;
  if (rule instanceof z.ZodArray) return (text) => [text];
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([["true", true], ["false", false]]);

function describedAs(rule: z.ZodType, other: z.ZodType): z.ZodType {
  const meta = rule.meta();
  return meta ? other.meta(meta) : other;
}
