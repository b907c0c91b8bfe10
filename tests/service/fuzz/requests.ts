import fc from "fast-check";
import { AUTHORIZED } from "../live_shop.ts";
import { anyText, type FromSchema, looseValues, type Schema, validValues } from "./from_schema.ts";

const KNOWN: Readonly<Record<string, string>> = AUTHORIZED;

/** The part of an OpenAPI operation that a request is made from. */
export interface Operation {
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema: Schema;
  }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
  readonly responses: Readonly<Record<string, unknown>>;
}

/** The paths of an OpenAPI document. */
export type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** A request, and the path of the operation it was made for. */
export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Requests of all operations: valid, borderline and invalid ones. */
export function requestsOf(paths: Paths): fc.Arbitrary<FuzzRequest> {
  const operations = Object.entries(paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).flatMap(([method, operation]) => [
      validRequest({ path, method, operation }),
      looseRequest({ path, method, operation }),
    ])
  );
  return fc.oneof(...operations);
}

interface Place {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

/** A request that the document allows; it may still ask for what doesn't exist. */
function validRequest({ path, method, operation }: Place): fc.Arbitrary<FuzzRequest> {
  const { schema } = operation.requestBody?.content["application/json"] ?? {};
  return requestOf(path, {
    make: validValues,
    operation,
    method: fc.constant(method.toUpperCase()),
    junk: fc.constant(""),
    headers: fc.constant(KNOWN),
    body: schema
      ? validValues(schema).map((value) => JSON.stringify(value))
      : fc.constant(undefined),
  });
}

function looseRequest({ path, method, operation }: Place): fc.Arbitrary<FuzzRequest> {
  return requestOf(path, {
    make: looseValues,
    operation,
    method: mostly(fc.constant(method.toUpperCase()), fc.constantFrom("HEAD", "OPTIONS", "PATCH")),
    junk: mostly(fc.constant(""), anyText.map(encode)),
    headers: headers(),
    body: looseBody(operation),
  });
}

function requestOf(
  path: string,
  { make, operation, ...parts }: {
    make: FromSchema;
    operation: Operation;
    method: fc.Arbitrary<string>;
    /** The end of the query. */
    junk: fc.Arbitrary<string>;
    headers: fc.Arbitrary<Readonly<Record<string, string>>>;
    body: fc.Arbitrary<string | undefined>;
  },
): fc.Arbitrary<FuzzRequest> {
  const inPath = operation.parameters.filter((parameter) => parameter.in === "path");
  const inQuery = operation.parameters.filter((parameter) => parameter.in === "query");
  return fc.record({
    ...parts,
    values: fc.tuple(...inPath.map(({ schema }) => make(schema))),
    query: fc.record(
      Object.fromEntries(inQuery.map(({ name, schema }) => [name, make(schema)])),
      { requiredKeys: [] },
    ),
  }).map(({ method, values, query, junk, headers, body }) => {
    let part = 0;
    const target = path.replaceAll(/\{\w+\}/g, () => encode(textOf(values[part++])));
    const pairs = Object.entries(query).flatMap(([name, value]) =>
      [value].flat().map((one) => `${name}=${encode(textOf(one))}`)
    );
    const search = [...pairs, junk].filter((text) => text !== "").join("&");
    const hasBody = !["GET", "HEAD"].includes(method) && body !== undefined;
    return {
      method,
      path,
      target: search === "" ? target : `${target}?${search}`,
      headers,
      ...(hasBody && { body }),
    };
  });
}

function looseBody({ requestBody }: Operation): fc.Arbitrary<string | undefined> {
  const { schema } = requestBody?.content["application/json"] ?? {};
  if (!schema) return mostly(fc.constant(undefined), anyText);
  const json = looseValues(schema).map((value) => JSON.stringify(value));
  const cut = fc.tuple(json, fc.nat()).map(([text, at]) => text.slice(0, at % (text.length + 1)));
  const lines = fc.array(json, { maxLength: 4 }).map((texts) => texts.join("\n"));
  const deep = fc.constantFrom(["", ""], ['{"events":', "}"], ['{"price":', "}"]).map(
    ([before, after]) => before + "[".repeat(20_000) + "]".repeat(20_000) + after,
  );
  return mostly(json, fc.oneof(cut, lines, deep, anyText));
}

function headers(): fc.Arbitrary<Record<string, string>> {
  const printable = fc.string({ unit: "grapheme-ascii", maxLength: 30 }).map((text) => text.trim());
  return mostly<Record<string, string>>(
    fc.constant(KNOWN),
    fc.oneof(
      fc.constant({}),
      printable.map((authorization) => ({ authorization })),
      printable.map((tag) => ({
        ...KNOWN,
        "if-none-match": tag,
        "x-request-id": tag,
        origin: tag,
      })),
    ),
  );
}

function mostly<T>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: other });
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Percent-encodes text; text that isn't well-formed becomes bytes that aren't UTF-8. */
function encode(text: string): string {
  return text.isWellFormed() ? encodeURIComponent(text) : "%FF%";
}
