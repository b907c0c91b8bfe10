import { z } from "zod";
import type { Declaration } from "../../../../scripts/lib/client_types/declarations.ts";
import { toTypeScript } from "../../../../scripts/lib/client_types/to_typescript.ts";
import { timeRule } from "../../../../src/service/schema/rules.ts";
import { assertEquals, assertThrows } from "../../../assert.ts";

/** What is written of declarations, without the file's header. */
function written(requests: readonly Declaration[], answers: readonly Declaration[] = []): string {
  const text = toTypeScript({ requests, answers });
  return text.slice(text.indexOf(" */\n") + 5);
}

const page = {
  name: "Page",
  doc: "Which page.",
  rule: z.object({
    limit: z.int().min(1).max(1000).describe("The most to return").default(100),
    tags: z.array(z.enum(["a", "b"])).max(3).optional(),
  }),
};

Deno.test("an option with a default may be omitted, and its comment says its limits", () => {
  assertEquals(
    written([page]),
    `/** Which page. */
export interface Page {
  /** The most to return. From 1 to 1,000. Default \`100\`. */
  limit?: number;
  /** At most 3. */
  tags?: readonly ("a" | "b")[];
}
`,
  );
});

Deno.test("a type writes only the fields that its base lacks", () => {
  const search = {
    name: "Search",
    doc: "Which products.",
    rule: z.object({ since: timeRule, ...page.rule.shape }),
    bases: ["Page"],
  };
  assertEquals(
    written([page, search]).split("\n\n")[1],
    `/** Which products. */
export interface Search extends Page {
  /** ISO 8601, in UTC without a time zone, or seconds to nanoseconds since 1970; from 2000 on. */
  since: string | number;
}
`,
  );
  const other = { ...search, rule: z.object({ limit: z.string() }) };
  assertThrows(
    () => written([page, other]),
    TypeError,
    "Cannot declare Search: its field limit must be that of Page",
  );
});

Deno.test("answers refer to one another by name, and belong to the caller", () => {
  const item = { name: "Item", doc: "An item.", rule: z.object({ count: z.int() }) };
  const list = {
    name: "List",
    doc: "A list.",
    rule: z.object({
      items: z.array(item.rule),
      best: item.rule.optional(),
      window: z.object({ from: z.string().describe("Its start") }),
    }).describe("Never empty"),
  };
  assertEquals(
    written([], [item, list]),
    `/** An item. */
export interface Item {
  count: number;
}

/** A list. Never empty. */
export interface List {
  items: Item[];
  best?: Item;
  window: {
    /** Its start. */
    from: string;
  };
}
`,
  );
});

Deno.test("comments wrap at 100 columns", () => {
  const words = Array(30).fill("word").join(" ");
  const rule = z.object({ text: z.string().describe(words) });
  const lines = written([{ name: "Long", doc: "Long.", rule }]).split("\n");
  // "   * " and nineteen words of five columns, the last without its space: 5 + 94 = 99.
  assertEquals(lines.slice(2, 6), [
    "  /**",
    `   * ${Array(19).fill("word").join(" ")}`,
    `   * ${Array(11).fill("word").join(" ")}.`,
    "   */",
  ]);
});

Deno.test("values by name are read-only where they are sent", () => {
  const rule = z.object({ fields: z.record(z.string(), z.number()) });
  assertEquals(
    written([{ name: "Sent", doc: "Sent.", rule }]),
    `/** Sent. */
export interface Sent {
  fields: {
    readonly [name: string]: number;
  };
}
`,
  );
});

Deno.test("a rule that has no type here is refused", () => {
  for (const odd of [z.unknown(), z.null()]) {
    const declaration = { name: "Odd", doc: "Odd.", rule: z.object({ odd }) };
    assertThrows(() => written([declaration]), TypeError, "Cannot write as TypeScript: {");
  }
});
