import { z } from "zod";
import { STATUS_TEXT } from "../../base/std/http.ts";
import { problemAnswer } from "../schema/answers.ts";
import { describeAsSent } from "../schema/json_schema.ts";
import type { Content } from "./content.ts";
import { bodyExample, type ExampleIds, pathExample } from "./openapi_examples.ts";
import type { Route } from "./route.ts";

/** An OpenAPI 3.1 document, as plain JSON. */
export type OpenApiDocument = Readonly<Record<string, unknown>>;

type JsonSchema = Record<string, unknown>;

/** The groups of operations, by the first part of their paths. */
const TAGS: Readonly<Record<string, string>> = {
  recommend: "Lists",
  rank: "Lists",
  placements: "Lists",
  rules: "Lists",
  similar: "Lists",
  together: "Lists",
  popular: "Lists",
  new: "Lists",
  events: "Events",
  impressions: "Exposures",
  exposures: "Exposures",
  experiments: "Experiments",
  collect: "Events",
  users: "Users",
  products: "Products",
  version: "Artifact",
  admin: "Artifact",
  healthz: "Monitoring",
  readyz: "Monitoring",
  metrics: "Monitoring",
  "": "Description",
  "openapi.json": "Description",
  docs: "Description",
  "tag.js": "Description",
};

/**
 * Describes routes as an OpenAPI 3.1 document, from the rules that requests are checked against.
 *
 * @param options `version`: the API's version. `readsAreOpen`: whether reads need no token.
 *   `ids`: what its examples use.
 */
export function describeApi(
  routes: readonly Route[],
  { version, readsAreOpen, ids }: { version: string; readsAreOpen: boolean; ids: ExampleIds },
): OpenApiDocument {
  const byPath = Map.groupBy(routes, ({ path }) => path);
  return {
    openapi: "3.1.1",
    info: {
      title: "Clickstream recommender",
      version,
      description: "Recommends a shop's products from what its users do, up to the last click.",
    },
    tags: [...new Set(Object.values(TAGS))].map((name) => ({ name })),
    paths: Object.fromEntries(
      Array.from(byPath, ([path, routes]) => [
        path,
        Object.fromEntries(
          routes.map((route) => [
            route.method.toLowerCase(),
            describeRoute(route, { readsAreOpen, ids }),
          ]),
        ),
      ]),
    ),
    components: {
      schemas: { Problem: toJson(problemAnswer, "output") },
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

const SECURITY_SCHEMES = {
  apiToken: {
    type: "http",
    scheme: "bearer",
    description: "One of API_TOKENS, for the shop's own programs: allows everything",
  },
  readToken: {
    type: "http",
    scheme: "bearer",
    description:
      "One of READ_TOKENS: allows reading lists and products; needed only if any are set",
  },
};

/**
 * Alternatives, any of which is enough; none means that a token changes nothing, an empty one that
 * it isn't needed but allows more.
 */
function security({ access, path, query }: Route, readsAreOpen: boolean): object[] {
  if (access === "health" || access === "open") return [];
  if (access === "manage") return [{ apiToken: [] }];
  if (!readsAreOpen) return [{ readToken: [] }, { apiToken: [] }];
  // For a user's list a token allows to ask for reasons.
  const explainsUser = path.includes("{userId}") && Object.hasOwn(query.shape, "explain");
  return explainsUser ? [{}, { apiToken: [] }] : [];
}

function describeRoute(
  route: Route,
  { readsAreOpen, ids }: { readsAreOpen: boolean; ids: ExampleIds },
) {
  const { method, path, summary, pathParameters, query, body, answers } = route;
  const success = Object.entries(answers).map(([status, content]) =>
    [status, describeContent(content, "output")] as const
  );
  return {
    operationId: operationId(method, path),
    summary,
    tags: [TAGS[path.split("/")[1]]],
    security: security(route, readsAreOpen),
    parameters: [
      ...parameters("path", pathParameters, (name) => pathExample(route, name, ids)),
      ...parameters("query", query),
    ],
    ...(body && {
      requestBody: {
        required: true,
        ...describeContent(body, "input", bodyExample(route, ids)),
      },
    }),
    responses: {
      ...Object.fromEntries(success),
      default: {
        description: `A problem (RFC 9457), for example 400 ${STATUS_TEXT[400]}`,
        content: {
          "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
        },
      },
    },
  };
}

/** `GET /recommend/{userId}` → `getRecommendUserId` */
function operationId(method: string, path: string): string {
  const words = path.match(/\w+/g) ?? ["index"];
  return method.toLowerCase() + words.map((word) => word[0].toUpperCase() + word.slice(1)).join("");
}

function parameters(
  place: "path" | "query",
  rules: z.ZodObject,
  exampleOf: (name: string) => string | undefined = () => undefined,
): object[] {
  const { properties = {} } = toJson(rules, "output");
  return Object.entries(properties as Record<string, JsonSchema>).map(([name, schema]) => {
    const { description, ...rest } = schema;
    const example = exampleOf(name);
    return {
      name,
      in: place,
      required: place === "path",
      ...(description !== undefined && { description }),
      ...(example !== undefined && { example }),
      // Each value is a parameter of its own.
      ...(rest.type === "array" && { style: "form", explode: true }),
      // No text is an empty list.
      schema: rest.type === "array" ? { minItems: 1, ...rest } : rest,
    };
  });
}

function describeContent(
  { description, types, headers = {} }: Content,
  direction: "input" | "output",
  example?: unknown,
): object {
  const content = Object.entries(types).map(([type, rule]) => [
    type,
    {
      schema: rule ? toJson(rule, direction) : { type: "string" },
      ...(rule && example !== undefined && { example }),
    },
  ]);
  const described = Object.entries(headers).map(([name, description]) => [
    name,
    { description, schema: { type: "string" } },
  ]);
  return {
    description,
    ...(described.length > 0 && { headers: Object.fromEntries(described) }),
    ...(content.length > 0 && { content: Object.fromEntries(content) }),
  };
}

function toJson(rule: z.ZodType, io: "input" | "output"): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(rule, { io, override: describeAsSent });
  return schema;
}
