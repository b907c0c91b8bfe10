import fc from "fast-check";

/** The part of JSON Schema that the OpenAPI document uses. */
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
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** Ids that the tiny shop knows, and texts that break careless code. */
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

/** Text of letters that take one byte, or three. */
function repeated(lengths: readonly number[]): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom("y", "日"), fc.constantFrom(...lengths))
    .map(([letter, length]) => letter.repeat(length));
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = [value];
  return value;
}

/** Makes values of a schema. */
export type FromSchema = (schema: Schema) => fc.Arbitrary<unknown>;

/** Values that a schema allows, including its limits. */
export const validValues: FromSchema = (schema) =>
  valuesOf(schema, {
    inner: validValues,
    texts: ({ minLength = 0, maxLength = 100 }) =>
      fc.oneof(
        fc.constantFrom(...TEXTS.filter((text) => text.isWellFormed())),
        repeated([Math.max(1, minLength), maxLength]),
      ),
    numbers: ({ type, minimum = -1e9, maximum = 1e9 }) =>
      fc.oneof(
        // A query takes no exponents.
        {
          weight: 4,
          arbitrary: inside({ type, minimum, maximum }).map((n) => Number(n.toFixed(4))),
        },
        { weight: 1, arbitrary: fc.constantFrom(minimum, maximum) },
      ),
    objects: ({ properties = {}, required = [] }) =>
      fc.record(fieldsOf(properties, validValues), { requiredKeys: [...required] }),
  });

/** Mostly values that a schema allows, those at and beyond its limits, and sometimes anything. */
export const looseValues: FromSchema = (schema) =>
  fc.oneof(
    {
      weight: 12,
      arbitrary: valuesOf(schema, {
        inner: looseValues,
        texts: looseTexts,
        numbers: looseNumbers,
        objects: looseObjects,
      }),
    },
    { weight: 1, arbitrary: anyJson },
  );

/** How values of each type are made, and the values inside others. */
interface Makers {
  readonly inner: FromSchema;
  readonly texts: FromSchema;
  readonly numbers: FromSchema;
  readonly objects: FromSchema;
}

function valuesOf(schema: Schema, make: Makers): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(make.inner));
  switch (schema.type) {
    case "string":
      return schema.pattern === undefined
        ? make.texts(schema)
        : fc.stringMatching(new RegExp(schema.pattern));
    case "integer":
    case "number":
      return make.numbers(schema);
    case "boolean":
      return fc.boolean();
    case "array":
      return fc.array(make.inner(schema.items ?? {}), {
        minLength: schema.minItems,
        maxLength: 5,
      });
    case "object":
      return make.objects(schema);
    default:
      return anyJson;
  }
}

function looseTexts({ minLength = 0, maxLength = 100 }: Schema): fc.Arbitrary<string> {
  const limits = [minLength, maxLength].flatMap((n) => [Math.max(0, n - 1), n, n + 1]);
  return fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...TEXTS) },
    { weight: 1, arbitrary: repeated(limits) },
    { weight: 1, arbitrary: anyText },
  );
}

function looseNumbers({ type, minimum = -1e9, maximum = 1e9 }: Schema): fc.Arbitrary<number> {
  const limits = [minimum, maximum].flatMap((n) => [n - 1, n, n + 1]);
  return fc.oneof(
    { weight: 8, arbitrary: inside({ type, minimum, maximum }) },
    { weight: 2, arbitrary: fc.constantFrom(...limits, ...NUMBERS) },
  );
}

function inside(
  { type, minimum, maximum }: { type?: string; minimum: number; maximum: number },
): fc.Arbitrary<number> {
  return type === "integer"
    ? fc.maxSafeInteger().map((n) => minimum + Math.abs(n) % (maximum - minimum + 1))
    : fc.double({ min: minimum, max: maximum, noNaN: true });
}

function looseObjects({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const fields = fieldsOf(properties, looseValues);
  const known = fc.record(fields, { requiredKeys: [...required] });
  const unknown = fc.dictionary(anyText, anyJson, { maxKeys: 2 });
  return fc.oneof(
    { weight: 10, arbitrary: known },
    { weight: 1, arbitrary: fc.tuple(known, unknown).map(([a, b]) => ({ ...a, ...b })) },
    { weight: 1, arbitrary: fc.record(fields, { requiredKeys: [] }) },
  );
}

function fieldsOf(
  properties: Readonly<Record<string, Schema>>,
  make: FromSchema,
): Record<string, fc.Arbitrary<unknown>> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, make(schema)]),
  );
}
