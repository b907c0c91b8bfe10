import { z } from "zod";
import { describeAsSent } from "../../../src/service/schema/json_schema.ts";
import type { Declaration } from "./declarations.ts";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Values sent may be read-only; those answered belong to the caller. */
type Direction = "sent" | "answered";

const HEADER = `/**
 * The requests and answers of the API. Written by \`deno task client\` from the rules of the
 * service: change those, not this file.
 */
`;
const LINE_WIDTH = 100;

/**
 * Writes declarations as TypeScript interfaces that import nothing, formatted as `deno fmt` does.
 *
 * @throws {TypeError} If a rule has no TypeScript type here, or lacks a field of its base.
 */
export function toTypeScript(
  { requests, answers }: { requests: readonly Declaration[]; answers: readonly Declaration[] },
): string {
  const all = [...requests, ...answers];
  const names = z.registry<{ id: string }>();
  for (const { name, rule } of all) names.add(rule, { id: name });
  const { schemas } = z.toJSONSchema(names, {
    io: "output",
    uri: (name) => name,
    override: describeAsSent,
  });
  const declare = (direction: Direction) => (declaration: Declaration) =>
    toInterface(declaration, schemas, direction);
  return [HEADER, ...requests.map(declare("sent")), ...answers.map(declare("answered"))]
    .join("\n");
}

function toInterface(
  { name, doc, bases = [] }: Declaration,
  schemas: Readonly<Record<string, JsonSchema>>,
  direction: Direction,
): string {
  const { description } = schemas[name];
  const fields = { ...schemas[name].properties };
  for (const base of bases) removeFields(fields, { name, base, of: schemas[base].properties });
  const heritage = bases.length > 0 ? ` extends ${bases.join(", ")}` : "";
  const body = toFields({ ...schemas[name], properties: fields }, direction, "  ");
  return `${comment([doc, description])}export interface ${name}${heritage} {\n${body}}\n`;
}

function removeFields(
  fields: Record<string, unknown>,
  { name, base, of = {} }: { name: string; base: string; of?: Readonly<Record<string, unknown>> },
): void {
  for (const [field, schema] of Object.entries(of)) {
    if (JSON.stringify(fields[field]) !== JSON.stringify(schema)) {
      throw new TypeError(`Cannot declare ${name}: its field ${field} must be that of ${base}`);
    }
    delete fields[field];
  }
}

/** One line per field, besides its comment. Fields with defaults may be omitted. */
function toFields(schema: JsonSchema, direction: Direction, indent: string): string {
  const { properties = {}, required = [] } = schema;
  return Object.entries(properties as Record<string, JsonSchema>).map(([name, field]) => {
    const isOptional = !required.includes(name) || field.default !== undefined;
    const start = `${indent}${name}${isOptional ? "?" : ""}:`;
    const line = `${start} ${toType(field, direction, indent)};`;
    const isLong = field.enum !== undefined && line.length > LINE_WIDTH;
    const declared = isLong ? `${start}${toLines(field.enum!, indent)};` : line;
    return `${comment(meaning(field), indent)}${declared}\n`;
  }).join("");
}

/** One line per value. */
function toLines(values: readonly unknown[], indent: string): string {
  return values.map((value) => `\n${indent}  | ${JSON.stringify(value)}`).join("");
}

function toType(schema: JsonSchema, direction: Direction, indent: string): string {
  if (schema.$ref !== undefined) return schema.$ref;
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (values) return values.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.anyOf) {
    const options = schema.anyOf as JsonSchema[];
    return options.map((option) => toType(option, direction, indent)).join(" | ");
  }
  switch (schema.type) {
    case "integer":
    case "number":
      return "number";
    case "string":
    case "boolean":
      return schema.type;
    case "array": {
      const items = schema.items as JsonSchema;
      const element = toType(items, direction, indent);
      const array = items.enum || items.anyOf ? `(${element})[]` : `${element}[]`;
      return direction === "sent" ? `readonly ${array}` : array;
    }
    case "object":
      if (typeof schema.additionalProperties === "object") {
        const readonly = direction === "sent" ? "readonly " : "";
        const inner = `${indent}  `;
        const value = toType(schema.additionalProperties as JsonSchema, direction, inner);
        return `{\n${inner}${readonly}[name: string]: ${value};\n${indent}}`;
      }
      if (!schema.properties) break;
      return `{\n${toFields(schema, direction, `${indent}  `)}${indent}}`;
  }
  throw new TypeError(`Cannot write as TypeScript: ${JSON.stringify(schema)}`);
}

/** What a field's comment says. */
function meaning(schema: JsonSchema): (string | undefined)[] {
  const { description, minimum, maximum, maxItems, default: defaultValue } = schema;
  const isLimited = isLimit(minimum) && isLimit(maximum);
  return [
    description,
    isLimited ? `From ${grouped(minimum)} to ${grouped(maximum)}` : undefined,
    maxItems === undefined ? undefined : `At most ${grouped(maxItems)}`,
    // An empty default is one that only the service knows, such as that of `model`.
    defaultValue === undefined || defaultValue === ""
      ? undefined
      : `Default \`${JSON.stringify(defaultValue)}\``,
  ];
}

/** Whole numbers without a limit of their own have the largest safe integer. */
function isLimit(value: number | undefined): value is number {
  return value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
}

function grouped(value: number): string {
  return value.toLocaleString("en");
}

/** A doc comment of these sentences; empty without sentences. */
function comment(texts: readonly (string | undefined)[], indent = ""): string {
  const sentences = texts.filter((text) => text !== undefined)
    .map((text) => text.endsWith(".") ? text : `${text}.`);
  if (sentences.length === 0) return "";
  const short = `${indent}/** ${sentences.join(" ")} */\n`;
  if (short.length <= LINE_WIDTH + 1) return short;
  const lines = wrap(sentences.join(" "), LINE_WIDTH - indent.length - " * ".length);
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join("")}${indent} */\n`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
