import { z } from "zod";
import { inQuery } from "../../../src/service/schema/in_query.ts";
import { assertEquals } from "../../assert.ts";

/** The values that a query of these rules makes of texts. */
function read(rules: z.core.$ZodLooseShape, texts: Readonly<Record<string, string>>): unknown {
  return inQuery(rules).parse(texts);
}

Deno.test("numbers, flags and lists are read from text, text stays text", () => {
  const rules = { k: z.int(), price: z.number(), rotate: z.boolean(), not: z.array(z.string()) };
  assertEquals(
    read({ ...rules, brand: z.string() }, {
      ...{ k: "12", price: "-0.30000000000000004", rotate: "false", not: "a,b" },
      brand: "12",
    }),
    { k: 12, price: -0.30000000000000004, rotate: false, not: ["a,b"], brand: "12" },
  );
});

Deno.test("omitted parameters get their defaults or stay omitted", () => {
  const rules = { k: z.int().default(10), rotate: z.boolean().optional() };
  assertEquals(read(rules, {}), { k: 10 });
  assertEquals(read(rules, { k: "3", rotate: "true" }), { k: 3, rotate: true });
});

Deno.test("text that isn't a plain number, true or false is refused by the rule", () => {
  for (const k of ["", " 1", "1e1", "0x1", "+1", "1.", "ten", "9".repeat(16)]) {
    assertEquals(inQuery({ k: z.number() }).safeParse({ k }).success, false, k);
  }
  assertEquals(inQuery({ flag: z.boolean() }).safeParse({ flag: "yes" }).success, false);
});

Deno.test("descriptions are the same in a query and in a body", () => {
  const rules = {
    inner: z.int().describe("inner").default(1),
    outer: z.int().optional().describe("outer"),
    text: z.string().describe("text").optional(),
  };
  const describe = (schema: z.ZodType) =>
    z.toJSONSchema(schema, { io: "output" }).properties as Record<string, { description: string }>;
  for (const schema of [z.object(rules), inQuery(rules)]) {
    for (const [name, { description }] of Object.entries(describe(schema))) {
      assertEquals(description, name);
    }
  }
});
