import type * as api from "./api_types.ts";
import { type ClientOptions, type TransportOptions, withDefaults } from "./options.ts";
import { type ApiRequest, send } from "./transport.ts";

/**
 * Calls the service. Every method throws {@linkcode ApiError} if the service refuses, and what
 * `fetch` throws if it can't be reached in time. Requests that are safe to repeat are retried after
 * a growing pause.
 *
 * @example
 * ```ts ignore
 * const shop = new ShopClient({ url: "http://localhost:8000", token: "…" });
 * await shop.sendEvents([{ userId: "ann", productId: "5712790", type: "view" }]);
 * const { items } = await shop.recommend("ann", { k: 5, brand: ["runail"] });
 * ```
 */
export class ShopClient {
  readonly #options: TransportOptions;

  constructor(options: ClientOptions) {
    this.#options = withDefaults(options);
  }

  /** The best products for a user, best first. */
  recommend(
    userId: string,
    options: api.UserListOptions = {},
  ): Promise<Listed<api.RecommendAnswer>> {
    return this.#json(userList(userId, options));
  }

  /**
   * The ids of the best products for a user, best first. Whether the service couldn't read some of
   * what the user did, only {@linkcode ShopClient.recommend} says (`store`, `histories`).
   */
  recommendIds(userId: string, options: api.UserListOptions = {}): Promise<string[]> {
    return this.#json(userList(userId, { ...options, format: "ids" }));
  }

  /** The best products for what an anonymous visitor did; nothing is stored. */
  recommendForSession(
    events: readonly api.SessionEvent[],
    options: api.RecommendOptions = {},
  ): Promise<Listed<api.SessionAnswer>> {
    return this.#json({ method: "POST", path: "/recommend", body: { ...options, events } });
  }

  /**
   * A placement's list: for a user or a visitor's events, the product of a page or a basket, or
   * both; nothing is stored.
   */
  placement(
    name: string,
    options: api.PlacementOptions = {},
  ): Promise<Listed<api.PlacementAnswer>> {
    return this.#json({ method: "POST", path: path`/placements/${name}`, body: options });
  }

  /** The names of all placements and segments. */
  placements(): Promise<api.PlacementsAnswer> {
    return this.#json({ path: "/placements" });
  }

  /** All users or those of a segment, page by page; `next` of the answer goes on. */
  users(query: api.UsersOptions = {}): Promise<api.UsersAnswer> {
    return this.#json({ path: "/users", query });
  }

  /** The users who would want a product most; `next` of the answer goes on. */
  audience(productId: string, query: api.AudienceOptions = {}): Promise<api.AudienceAnswer> {
    return this.#json({ path: path`/products/${productId}/audience`, query });
  }

  /**
   * The users of all whom the artifact knows who would want a product most: asks for page after
   * page and keeps the best.
   *
   * @param options `share`: it stops once so much of the users was looked at, from 0 to 1; those
   *   who did something in the product's category are looked at first. Default 1: all.
   */
  async wholeAudience(
    productId: string,
    { share = 1, ...query }: api.AudienceOptions & { share?: number } = {},
  ): Promise<api.AudienceAnswer> {
    let page = await this.audience(productId, query);
    let { users, compared } = page;
    while (page.next !== undefined && page.share < share) {
      page = await this.audience(productId, { ...query, from: page.next });
      compared += page.compared;
      users = [...users, ...page.users].sort((a, b) => b.affinity - a.affinity)
        .slice(0, query.k ?? 100);
    }
    return { ...page, users, compared };
  }

  /** All rules that the shop put. */
  rules(): Promise<api.RulesAnswer> {
    return this.#json({ path: "/rules" });
  }

  /** Sets a rule that changes lists wherever its scope says. */
  putRule(name: string, rule: api.Rule): Promise<api.RuleAnswer> {
    return this.#json({ method: "PUT", path: path`/rules/${name}`, body: rule });
  }

  /** Deletes a rule. */
  deleteRule(name: string): Promise<api.DeletedRule> {
    return this.#json({ method: "DELETE", path: path`/rules/${name}` });
  }

  /** Orders a search result or a page of a category for a user or a visitor. */
  rank(options: api.RankOptions): Promise<Listed<api.RankAnswer>> {
    return this.#json({ method: "POST", path: "/rank", body: options });
  }

  /** The products most similar to one. */
  similar(productId: string, query: api.SimilarOptions = {}): Promise<Listed<api.SimilarAnswer>> {
    return this.#json({ path: path`/similar/${productId}`, query });
  }

  /** What is bought with the products of a basket, without alternatives of them. */
  together(
    productIds: readonly string[],
    options: api.TogetherOptions = {},
  ): Promise<Listed<api.TogetherAnswer>> {
    return this.#json({ method: "POST", path: "/together", body: { ...options, productIds } });
  }

  /** The most popular products of all time or, with a window such as `7d`, of the last days. */
  popular(query: api.PopularOptions = {}): Promise<Listed<api.PopularAnswer>> {
    return this.#json({ path: "/popular", query });
  }

  /** New arrivals, newest first or in the order of a user's interest. */
  newArrivals(query: api.NewOptions = {}): Promise<api.NewAnswer> {
    return this.#json({ path: "/new", query });
  }

  /** What a user did, newest first. */
  history(userId: string, query: api.PageOptions = {}): Promise<api.HistoryAnswer> {
    return this.#json({ path: path`/users/${userId}/history`, query });
  }

  /** Makes the events of another id so far a user's, as at a login; again for those since. */
  merge(userId: string, from: string): Promise<api.MergedAnswer> {
    return this.#json({ method: "POST", path: path`/users/${userId}/merge`, body: { from } });
  }

  /** Forgets a person: immediately in the service, and in the next training. */
  forget(userId: string): Promise<api.ForgottenAnswer> {
    return this.#json({ method: "DELETE", path: path`/users/${userId}` });
  }

  /** The details of a product. */
  product(productId: string): Promise<api.Product> {
    return this.#json({ path: path`/products/${productId}` });
  }

  /** Finds products by words, brand, category and price; the most popular first. */
  products(query: api.SearchOptions = {}): Promise<api.ProductsAnswer> {
    return this.#json({ path: "/products", query });
  }

  /** Changes a product or adds one; omitted facts keep their values, unless it was deleted. */
  changeProduct(productId: string, change: api.ProductChange): Promise<api.ChangedProduct> {
    return this.#json({ method: "PUT", path: path`/products/${productId}`, body: change });
  }

  /** Changes or adds up to 1,000 products, or none if one of them is invalid. */
  changeProducts(
    changes: readonly api.NamedProductChange[],
  ): Promise<api.ChangedProductsAnswer> {
    return this.#json({ method: "PUT", path: "/products", body: changes });
  }

  /** Deletes a product: no list shows it until it is changed again. */
  deleteProduct(productId: string): Promise<api.DeletedProductAnswer> {
    return this.#json({ method: "DELETE", path: path`/products/${productId}` });
  }

  /** Stores up to 1,000 events. Those without an `eventId` get one: a retry stores none twice. */
  sendEvents(events: readonly api.ShopEvent[]): Promise<api.EventsAnswer> {
    const named = events.map((event) => ({ eventId: crypto.randomUUID(), ...event }));
    return this.#json({ method: "POST", path: "/events", body: named });
  }

  /** Stores up to 1,000 lists that users saw, or what came into view of each. */
  sendImpressions(impressions: readonly api.Impression[]): Promise<api.ImpressionsAnswer> {
    return this.#json({ method: "POST", path: "/impressions", body: impressions });
  }

  /** All experiments, in the order of their names. */
  experiments(): Promise<api.ExperimentsAnswer> {
    return this.#json({ path: "/experiments" });
  }

  /** What an experiment found so far, with intervals that may be looked at at any time. */
  experiment(name: string): Promise<api.ExperimentReport> {
    return this.#json({ path: path`/experiments/${name}` });
  }

  /** Starts an experiment, or changes when it ends and how many users take part. */
  putExperiment(name: string, experiment: api.Experiment): Promise<api.ExperimentAnswer> {
    return this.#json({ method: "PUT", path: path`/experiments/${name}`, body: experiment });
  }

  /** Deletes an experiment; what was shown stays stored. */
  deleteExperiment(name: string): Promise<api.DeletedExperiment> {
    return this.#json({ method: "DELETE", path: path`/experiments/${name}` });
  }

  /** Streams what users were shown, and the events that count for it, as NDJSON. */
  async exportExposures(query: api.ExposuresOptions = {}): Promise<ReadableStream<Uint8Array>> {
    const { body } = await send(this.#options, { path: "/exposures/export", query });
    if (!body) throw new TypeError("Cannot export exposures: the answer has no body");
    return body;
  }

  /** Streams the stored events as the CSV that training reads. */
  async exportEvents(query: api.ExportOptions = {}): Promise<ReadableStream<Uint8Array>> {
    const { body } = await send(this.#options, { path: "/events/export", query });
    if (!body) throw new TypeError("Cannot export events: the answer has no body");
    return body;
  }

  /** Makes the service load the current artifact. */
  reload(): Promise<api.ReloadAnswer> {
    return this.#json({ method: "POST", path: "/admin/reload", isSafe: false });
  }

  /** Which artifact is served. */
  version(): Promise<api.VersionAnswer> {
    return this.#json({ path: "/version" });
  }

  /** Whether the whole service works. */
  readiness(): Promise<api.ReadinessAnswer> {
    return this.#json({ path: "/readyz" });
  }

  /** The answer, with the id that its header has if it is a list. */
  async #json<Answer>(request: ApiRequest): Promise<Answer> {
    const response = await send(this.#options, request);
    const answer = await response.json();
    const listId = response.headers.get("x-list-id");
    return listId === null || Array.isArray(answer) ? answer : { ...answer, listId };
  }
}

/** A list with its id, for `sendImpressions` and the `listId` of events. */
export type Listed<Answer> = Answer & {
  /** Absent unless the service stores what users are shown. */
  readonly listId?: string;
};

/** More ids are sent in a body: addresses are limited to some 8,000 characters. */
const MOST_IN_ADDRESS = 50;

function userList(
  userId: string,
  options: api.UserListOptions & { readonly format?: "ids" },
): ApiRequest {
  const address = path`/recommend/${userId}`;
  const { placement, ...others } = options;
  if ((options.not?.length ?? 0) <= MOST_IN_ADDRESS) return { path: address, query: options };
  return placement === undefined
    ? { method: "POST", path: address, body: others }
    : { method: "POST", path: path`/placements/${placement}`, body: { userId, ...others } };
}

/** Percent-encodes ids, which may contain any characters. */
function path(parts: TemplateStringsArray, ...ids: string[]): string {
  return String.raw({ raw: parts }, ...ids.map(encodeURIComponent));
}
