import fc from "fast-check";

/** As much of JSON Schema as the API's description uses. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** Ids that the shop of the tests knows, and such as break what isn't careful. */
const TEXTS = [
  "ann",
  "bob",
  "100",
  "300",
  "500",
  "__proto__",
  "constructor",
  "<script>",
  "a/b?c#d%",
  "日本",
  "\u0000",
  "\ud800",
  "NaN",
  "-0",
  "1e999",
  "2019-11-02T00:00:00Z",
  "2019-13-99T99:99:99Z",
];

const NUMBERS = [0, -0, -1, 0.1, 1e-320, 1e308, 2 ** 31, 2 ** 53, -(2 ** 53), 1e12, 1572652800];

/** Any text, likely or not. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 20 }),
  repeated([255, 256, 257, 500, 501, 5000]),
);

/** Any JSON, shallow or too deep. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 9, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 3, arbitrary: anyText },
  { weight: 3, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 1, arbitrary: fc.constantFrom(31, 32, 33, 200).map(nested) },
);

/** Of letters that take one byte, or three. */
function repeated(lengths: readonly number[]): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom("y", "日"), fc.constantFrom(...lengths))
    .map(([letter, length]) => letter.repeat(length));
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = [value];
  return value;
}

/** What a schema allows for the most part, what lies at its borders, and now and then anything else. */
export function fromSchema(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 12, arbitrary: allowed(schema) },
    { weight: 1, arbitrary: anyJson },
  );
}

function allowed(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(fromSchema));
  switch (schema.type) {
    case "string":
      return texts(schema);
    case "integer":
    case "number":
      return numbers(schema);
    case "boolean":
      return fc.boolean();
    case "array":
      return fc.array(fromSchema(schema.items ?? {}), { maxLength: 5 });
    case "object":
      return objects(schema);
    default:
      return anyJson;
  }
}

function texts({ minLength = 0, maxLength, pattern }: Schema): fc.Arbitrary<string> {
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  const borders = [minLength, maxLength ?? 100].flatMap((n) => [Math.max(0, n - 1), n, n + 1]);
  return fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...TEXTS) },
    { weight: 1, arbitrary: repeated(borders) },
    { weight: 1, arbitrary: anyText },
  );
}

function numbers({ type, minimum = -1e9, maximum = 1e9 }: Schema): fc.Arbitrary<number> {
  const borders = [minimum, maximum].flatMap((n) => [n - 1, n, n + 1]);
  const inside = type === "integer"
    ? fc.maxSafeInteger().map((n) => minimum + Math.abs(n) % (maximum - minimum + 1))
    : fc.double({ min: minimum, max: maximum, noNaN: true });
  return fc.oneof(
    { weight: 8, arbitrary: inside },
    { weight: 2, arbitrary: fc.constantFrom(...borders, ...NUMBERS) },
  );
}

function objects({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, fromSchema(schema)]),
  );
  const known = fc.record(fields, { requiredKeys: [...required] });
  const unknown = fc.dictionary(anyText, anyJson, { maxKeys: 2 });
  return fc.oneof(
    { weight: 10, arbitrary: known },
    { weight: 1, arbitrary: fc.tuple(known, unknown).map(([a, b]) => ({ ...a, ...b })) },
    { weight: 1, arbitrary: fc.record(fields, { requiredKeys: [] }) },
  );
}
