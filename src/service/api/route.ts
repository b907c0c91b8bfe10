import { z } from "zod";
import type { Access } from "../protection/access.ts";

/** A request whose parameters were read and found right. */
export interface RouteRequest<Path extends z.ZodObject, Query extends z.ZodObject> {
  readonly request: Request;
  /** The body of a route that has one; else empty. */
  readonly text: string;
  /** The parts of the path that vary, decoded. */
  readonly path: z.output<Path>;
  readonly query: z.output<Query>;
}

/** What a request carries or is answered with. */
export interface Content {
  /** One line for people. */
  readonly description: string;
  /** What it holds, by media type; text or bytes have no rules. */
  readonly types: Readonly<Record<string, z.ZodType | undefined>>;
  /** What its headers mean that are worth knowing of, by name. Default none are. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One endpoint: where it is, what it takes and what it answers. */
export interface Route<
  Path extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
> {
  /** `GET` routes answer `HEAD` as well. */
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** The parts that vary in braces, for example `/recommend/{userId}`. */
  readonly path: string;
  readonly access: Access;
  /** One line for people. */
  readonly summary: string;
  /** The rules of the parts that vary, by name. */
  readonly pathParameters: Path;
  /** The rules of the query's parameters, by name. */
  readonly query: Query;
  /** What is sent; the handler reads it by the same rules. */
  readonly body?: Content;
  /** What is answered by status, but for mistakes, which are problem documents. */
  readonly answers: Readonly<Record<number, Content>>;
  handle(request: RouteRequest<Path, Query>): Response | Promise<Response>;
}

/** The rules where there are no parameters. */
export const NO_PARAMETERS = z.object({});

/** What is answered where the client may hold an answer already. */
export function revalidated(answer: Content): Readonly<Record<number, Content>> {
  return {
    200: { ...answer, headers: TAGGED },
    304: {
      description: "The client has the very same already, by its If-None-Match",
      types: {},
      headers: TAGGED,
    },
  };
}

const TAGGED = {
  ETag: "Names this answer: send it as If-None-Match to be told whether it still holds",
};

/** JSON by a rule, as body or answer. */
export function json(description: string, rule: z.ZodType): Content {
  return { description, types: { "application/json": rule } };
}
