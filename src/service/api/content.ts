/** The bodies of requests and answers. */
import type { z } from "zod";
import { STATUS_CODE } from "../../base/std/http.ts";
import { readJson } from "../http/body.ts";
import { type Caching, jsonResponse, revalidatedJson } from "../http/json.ts";
import { listOrIds } from "../schema/answers.ts";
import type { Immutable } from "../schema/immutable.ts";
import { LIST_HEADERS } from "./list_headers.ts";

/** What a body contains. */
export interface Content {
  /** One line that describes it. */
  readonly description: string;
  /** The rule of each media type; undefined for text and bytes. */
  readonly types: Readonly<Record<string, z.ZodType | undefined>>;
  /** What its headers mean, by name. Default none. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request's body, and how its text is read. */
export interface Body<Sent> extends Content {
  /** @throws {ProblemError} 400 if the text breaks a rule. */
  read(text: string): Sent;
}

/** The successful answers of an endpoint by status, and how a value becomes the usual one. */
export interface Answers<Value> {
  readonly byStatus: Readonly<Record<number, Content>>;
  respond(request: Request, value: Value): Response;
}

type ValueOf<Rule extends z.ZodType> = Immutable<z.output<Rule>>;

/** A JSON body. */
export function jsonBody<Rule extends z.ZodType>(
  description: string,
  rule: Rule,
): Body<z.output<Rule>> {
  return { ...json(description, rule), read: (text) => readJson(text, rule) };
}

/** A body whose text the endpoint reads itself. */
export function textBody(content: Content): Body<string> {
  return { ...content, read: (text) => text };
}

/**
 * A JSON answer that is never cached.
 *
 * @param options `status`: its status, default 200. `others`: descriptions of the endpoint's other
 *   successful answers, by status. Default none.
 */
export function fresh<Rule extends z.ZodType>(
  description: string,
  rule: Rule,
  { status = STATUS_CODE.OK, others = {} }: {
    status?: number;
    others?: Readonly<Record<number, string>>;
  } = {},
): Answers<ValueOf<Rule>> {
  const otherContents = Object.entries(others).map(([status, description]) =>
    [status, json(description, rule)] as const
  );
  return {
    byStatus: { [status]: json(description, rule), ...Object.fromEntries(otherContents) },
    respond: (_, value) => jsonResponse(value, "no-store", status),
  };
}

/** A JSON answer with an ETag: 304 without a body if the client already has it. */
export function revalidated<Rule extends z.ZodType>(
  description: string,
  rule: Rule,
  caching: Exclude<Caching, "no-store">,
): Answers<ValueOf<Rule>> {
  return {
    byStatus: withNotModified(json(description, rule)),
    respond: (request, value) => revalidatedJson(request, value, caching),
  };
}

/** A list that is never cached, or with `format=ids` its product ids. */
export function freshList<Rule extends z.ZodType>(
  rule: Rule,
  description = LIST_DESCRIPTION,
): Answers<ValueOf<ReturnType<typeof listOrIds<Rule>>>> {
  return withHeaders(fresh(description, listOrIds(rule)), LIST_HEADERS);
}

/** A list with an ETag, or with `format=ids` its product ids. */
export function revalidatedList<Rule extends z.ZodType>(
  rule: Rule,
  caching: Exclude<Caching, "no-store">,
): Answers<ValueOf<ReturnType<typeof listOrIds<Rule>>>> {
  return withHeaders(revalidated(LIST_DESCRIPTION, listOrIds(rule), caching), LIST_HEADERS);
}

const LIST_DESCRIPTION = "The list";

/**
 * Answers that the endpoint makes as complete responses.
 *
 * @param types Their media types.
 * @param options `isTagged`: whether they have an ETag. Default no.
 */
export function whole(
  description: string,
  types: readonly string[],
  { isTagged = false } = {},
): Answers<Response> {
  const content = {
    description,
    types: Object.fromEntries(types.map((type) => [type, undefined])),
  };
  return {
    byStatus: isTagged ? withNotModified(content) : { [STATUS_CODE.OK]: content },
    respond: (_, response) => response,
  };
}

function json(description: string, rule: z.ZodType): Content {
  return { description, types: { "application/json": rule } };
}

function withHeaders<Value>(
  { byStatus, ...answers }: Answers<Value>,
  headers: Content["headers"],
): Answers<Value> {
  const contents = Object.entries(byStatus).map(([status, content]) =>
    [status, { ...content, headers: { ...content.headers, ...headers } }] as const
  );
  return { ...answers, byStatus: Object.fromEntries(contents) };
}

function withNotModified(content: Content): Readonly<Record<number, Content>> {
  return {
    [STATUS_CODE.OK]: { ...content, headers: TAGGED },
    [STATUS_CODE.NotModified]: {
      description: "The client already has this answer, according to its If-None-Match",
      types: {},
      headers: TAGGED,
    },
  };
}

const TAGGED = { ETag: "Identifies this answer: send it as If-None-Match to revalidate" };
