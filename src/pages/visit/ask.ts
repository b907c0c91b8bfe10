import { createRouter } from "../../service/api/router.ts";
import type { ApiContext } from "../../service/api/route.ts";
import { Protection } from "../../service/protection/protection.ts";
import { readProblem } from "./problem.ts";

/** The parameters of a query; undefined and empty ones are omitted, lists are repeated. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Asks the API of this service. */
export interface Ask {
  /** @throws {PageProblem} If the API refuses; its problem document says why. */
  get<Answer>(path: string): Promise<Answer>;
  /** @throws {PageProblem} If the API refuses; its problem document says why. */
  send<Answer>(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<Answer>;
}

/**
 * A path of the API with its query, as it is asked and as people can copy it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const path = apiPath(["recommend", "100%"], { k: "5", model: "" });
 * assertEquals(path, "/recommend/100%25?k=5");
 * ```
 */
export function apiPath(parts: readonly string[], query: Query = {}): string {
  const path = `/${parts.map(encodeURIComponent).join("/")}`;
  const given = Object.entries(query).flatMap(([name, value = []]) =>
    [value].flat().filter((text) => text !== "").map((text) => [name, text])
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

/**
 * Asks the API with every right: pages check a visitor's rights before they ask. So the pages of a
 * service without tokens work on its own machine, and the API itself stays closed.
 */
export function createAsk(api: ApiContext): Ask {
  const token = crypto.randomUUID();
  const router = createRouter({ ...api, protection: new Protection({ apiTokens: [token] }) });
  const headers = { authorization: `Bearer ${token}` };
  async function ask<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await router(new Request(`http://pages${path}`, { ...init, headers }));
    if (!response.ok) throw await readProblem(response);
    return await response.json();
  }
  return {
    get: (path) => ask(path),
    send: (method, path, body) => ask(path, { method, body: JSON.stringify(body ?? {}) }),
  };
}
