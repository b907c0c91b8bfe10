/**
 * Whatever is asked, the answer is what the API's description promises or a problem that says why not. Another
 * seed or more requests: `FUZZ_SEED=7 FUZZ_RUNS=100000 deno test -A tests/service/fuzz_test.ts`.
 */
import fc from "fast-check";
import { problemAnswer } from "../../src/service/answers.ts";
import { atEdge } from "../../src/service/edge.ts";
import { createHandler } from "../../src/service/http.ts";
import { openEventStore } from "../../src/service/store/event_store.ts";
import { tinyArtifact } from "../artifact/tiny_shop.ts";
import { assert, assertEquals } from "../assert.ts";
import { type Asked, type Paths, requestsOf } from "./fuzz/requests.ts";
import { protectedBy } from "./live_shop.ts";

const RUNS = Number(Deno.env.get("FUZZ_RUNS") || 10_000);
const SEED = Number(Deno.env.get("FUZZ_SEED") || 1);
const HANGS_MS = 30_000;

Deno.test(`${RUNS} requests made from the description are answered as it promises`, async () => {
  using store = await openEventStore({ path: ":memory:" });
  const reload = () => Promise.resolve({ version: "b", previous: "a" });
  const handler = atEdge(
    createHandler(await tinyArtifact(), { store, reload, protection: protectedBy() }),
    { corsOrigins: ["https://shop.example.com"] },
  );
  const description = await handler(new Request("http://shop.test/openapi.json"));
  const { paths } = await description.json() as { paths: Paths };
  const statuses = new Map<number, number>();

  await fc.assert(
    fc.asyncProperty(requestsOf(paths), async (asked) => {
      const { target, path: _, ...init } = asked;
      const response = await handler(new Request(`http://shop.test${target}`, init));
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      await requirePromised(asked, response, paths);
    }),
    { numRuns: RUNS, seed: SEED, timeout: HANGS_MS },
  );
  // Both kinds have been met often, or the test says little.
  const met = (from: number) =>
    statuses.entries().filter(([status]) => status >= from && status < from + 100)
      .reduce((sum, [, count]) => sum + count, 0);
  assert(met(200) > RUNS / 5 && met(400) > RUNS / 10, JSON.stringify([...statuses]));
});

async function requirePromised(
  { method, path }: Asked,
  response: Response,
  paths: Paths,
): Promise<void> {
  const { status, headers } = response;
  const text = await response.text();
  assertEquals(headers.get("x-content-type-options"), "nosniff");
  assert(status < 500, `${status}: ${text}`);
  if (status >= 400) {
    assertEquals(headers.get("content-type"), "application/problem+json");
    if (method === "HEAD") return;
    const problem = problemAnswer.strict().parse(JSON.parse(text));
    assertEquals(problem.status, status);
  } else if (method !== "OPTIONS" && status !== 304) {
    const { responses } = paths[path][method === "HEAD" ? "get" : method.toLowerCase()];
    // An id of dots leads to another path, which answers 200.
    assert(status === 200 || status in responses, String(status));
    if (headers.get("content-type") === "application/json" && method !== "HEAD") JSON.parse(text);
  }
}
