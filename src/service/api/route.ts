import { z } from "zod";
import type { Connection } from "../http/client_address.ts";
import type { Protection } from "../protection/protection.ts";
import type { Access } from "../protection/access.ts";
import type { ShopExperiments } from "../experiments/shop_experiments.ts";
import type { ExposableList, Exposures } from "../exposures/exposures.ts";
import type { ListOrigin } from "../exposures/list_ids.ts";
import type { Placements } from "../placements/definition/placements.ts";
import type { Shop, Unread } from "../recommend/shop.ts";
import type { reloadAnswer } from "../schema/answers.ts";
import type { Immutable } from "../schema/immutable.ts";
import type { ModelChoice } from "../schema/lists.ts";
import { idRule } from "../schema/rules.ts";
import type { Answers, Body, Content } from "./content.ts";
import type { ListCache } from "./list_cache.ts";
import { LIST_ID, withUnread } from "./list_headers.ts";

/** What all endpoints answer from. */
export interface ApiContext {
  readonly shop: Shop;
  readonly lists: ListCache;
  readonly placements: Placements;
  readonly protection: Protection;
  /** Gives lists ids and stores which were shown. Absent unless that is switched on. */
  readonly exposures?: Exposures;
  /** The shop's experiments. Absent unless it is stored what was shown. */
  readonly experiments?: ShopExperiments;
  /** Swaps the artifact for the current one; if absent, so is the endpoint. */
  readonly reload?: () => Promise<Immutable<z.output<typeof reloadAnswer>>>;
  /** All endpoints that are served, the index first. */
  readonly routes: readonly Route[];
  /** Those that aren't, as a setting is missing. Default none. */
  readonly unserved?: readonly Route[];
}

/** A request whose parts have been read and checked. */
export interface RouteRequest<Part extends string = string, Query = unknown, Sent = unknown> {
  readonly request: Request;
  /** Where it comes from; unknown in tests. */
  readonly connection?: Connection;
  /** The variable parts of the path, decoded. */
  readonly path: Readonly<Record<Part, string>>;
  readonly query: Query;
  readonly body: Sent;
}

/** An endpoint: where it is, what it takes and what it answers. */
export interface Route {
  /** `GET` routes answer `HEAD` too. */
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Variable parts are in braces, for example `/recommend/{userId}`. */
  readonly path: string;
  readonly access: Access;
  /** One line that describes it. */
  readonly summary: string;
  /** The rules of the path's variable parts, by name. */
  readonly pathParameters: z.ZodObject<Readonly<Record<string, z.ZodType<string>>>>;
  /** The rules of the query's parameters, by name. */
  readonly query: z.ZodObject;
  readonly body?: Body<unknown>;
  /** Successful answers by status; errors are problem documents. */
  readonly answers: Readonly<Record<number, Content>>;
  /** The setting without which a service doesn't have the endpoint. Default there is none. */
  readonly setting?: string;
  /** Whether a service with this context has the endpoint. */
  isServed(context: Omit<ApiContext, "routes">): boolean;
  /** How much a request weighs in the limits: 1, or more if it takes much longer than others. */
  weigh(request: Pick<RouteRequest, "query" | "body">): number;
  handle(request: RouteRequest, context: ApiContext): Promise<Response>;
}

/** Makes a route for the models that lists can be requested from. */
export type RouteMaker = (models: ModelChoice) => Route;

/** The names in braces in a path. */
type PartOf<Path extends string> = Path extends `${string}{${infer Part}}${infer Rest}`
  ? Part | PartOf<Rest>
  : never;

type PartRules<Part extends string> = Readonly<Partial<Record<Part, z.ZodType<string>>>>;

/** The definition of an endpoint. Rules that depend on the models are functions of them. */
export interface RouteDefinition<Path extends string, Query extends z.ZodObject, Sent, Answer>
  extends Pick<Route, "method" | "access" | "summary" | "setting"> {
  readonly path: Path;
  /** The rules of variable parts that aren't ids. Default all are ids. */
  readonly pathParameters?:
    | PartRules<PartOf<Path>>
    | ((models: ModelChoice) => PartRules<PartOf<Path>>);
  /** Default no parameters. */
  readonly query?: Query | ((models: ModelChoice) => Query);
  /** Default none. */
  readonly body?: Body<Sent> | ((models: ModelChoice) => Body<Sent>);
  readonly answers: Answers<Answer>;
  /** Default always. */
  isServed?: Route["isServed"];
  /** Default 1 for all. */
  weigh?(request: { query: z.output<Query>; body: Sent }): number;
  /** Returns a value of the rule that `answers` declares, or a complete response. */
  handle(
    request: RouteRequest<PartOf<Path>, z.output<Query>, Sent>,
    context: ApiContext,
  ): Handled<NoInfer<Answer>> | Promise<Handled<NoInfer<Answer>>>;
}

type Handled<Answer> = Answer | ListAnswer<Answer> | Response;

/** An answer that is a list with an id. */
export class ListAnswer<Answer> {
  /**
   * @param list Undefined if lists have no ids.
   * @param unread What couldn't be read for it. Default nothing.
   */
  constructor(
    readonly answer: Answer,
    readonly list: ExposableList | undefined,
    readonly unread: Unread = {},
  ) {}
}

/** A list as an answer that will have an id, if lists have ids. */
export async function listAnswer<Answer>(
  answer: Answer,
  origin: ListOrigin,
  { exposures }: Pick<ApiContext, "exposures">,
  unread?: Unread,
): Promise<ListAnswer<Answer>> {
  return new ListAnswer(answer, await exposures?.prepare(origin), unread);
}

/** Gives the answer of a list a new id of the list. */
export function withListId(
  response: Response,
  list: ExposableList | undefined,
  exposures: Exposures | undefined,
): Response {
  if (list && exposures) response.headers.append(LIST_ID, exposures.send(list));
  return response;
}

const NO_PARAMETERS = z.object({});

/** Defines an endpoint. The types of `handle` are inferred from the rules. */
export function defineRoute<
  const Path extends string,
  Answer,
  Query extends z.ZodObject = typeof NO_PARAMETERS,
  Sent = undefined,
>(definition: RouteDefinition<Path, Query, Sent, Answer>): RouteMaker {
  const { method, path, access, summary, query = NO_PARAMETERS, body, answers } = definition;
  const { pathParameters, setting } = definition;
  return (models) => ({
    ...{ method, path, access, summary, setting },
    pathParameters: partRules(
      path,
      typeof pathParameters === "function" ? pathParameters(models) : pathParameters,
    ),
    query: typeof query === "function" ? query(models) : query,
    body: typeof body === "function" ? body(models) : body,
    answers: answers.byStatus,
    isServed: (context) => definition.isServed?.(context) ?? true,
    weigh: (request) => definition.weigh?.(request as { query: z.output<Query>; body: Sent }) ?? 1,
    async handle(request, context) {
      // The router has read the request by the rules above.
      const read = request as RouteRequest<PartOf<Path>, z.output<Query>, Sent>;
      const answer = await definition.handle(read, context);
      if (answer instanceof Response) return answer;
      if (!(answer instanceof ListAnswer)) return answers.respond(request.request, answer);
      const response = answers.respond(request.request, answer.answer);
      return withUnread(withListId(response, answer.list, context.exposures), answer.unread);
    },
  });
}

function partRules(
  path: string,
  rules: Readonly<Record<string, z.ZodType<string> | undefined>> = {},
): Route["pathParameters"] {
  const names = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name);
  return z.object(Object.fromEntries(names.map((name) => [name, rules[name] ?? idRule])));
}
