/**
 * Whatever is asked, the answer is what the API's description promises or a problem that says why
 * not. Another seed or more requests: `FUZZ_SEED=7 FUZZ_RUNS=100000 deno test -A
 * tests/service/fuzz_test.ts`.
 */
import fc from "fast-check";
import { problemAnswer } from "../../src/service/schema/answers.ts";
import { atEdge } from "../../src/service/edge.ts";
import { createHandler } from "../../src/service/handler.ts";
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
  /** How often each operation was answered, and how often with a mistake. */
  const answers = new Map<string, { right: number; wrong: number }>();
  for (const [path, byMethod] of Object.entries(paths)) {
    for (const method of Object.keys(byMethod)) {
      answers.set(`${method.toUpperCase()} ${path}`, { right: 0, wrong: 0 });
    }
  }

  await fc.assert(
    fc.asyncProperty(requestsOf(paths), async (asked) => {
      const { target, path: _, ...init } = asked;
      const response = await handler(new Request(`http://shop.test${target}`, init));
      const counts = answers.get(`${asked.method} ${asked.path}`);
      if (counts) counts[response.status < 400 ? "right" : "wrong"]++;
      await requirePromised(asked, response, paths);
    }),
    { numRuns: RUNS, seed: SEED, timeout: HANGS_MS },
  );
  // Every operation was asked rightly and wrongly, and often, or the test says little.
  const least = RUNS / answers.size / 40;
  for (const [operation, { right, wrong }] of answers) {
    assert(right > least && wrong > least, `${operation}: ${right} right, ${wrong} wrong`);
  }
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
    assert(problem.title !== "" && problem.detail !== "", text);
    // Whatever was sent: a browser that takes the answer for a page finds no tag in it.
    assert(!text.includes("<"), text);
  } else if (method !== "OPTIONS" && status !== 304) {
    const { responses } = paths[path][method === "HEAD" ? "get" : method.toLowerCase()];
    // An id of dots leads to another path, which answers 200.
    assert(status === 200 || status in responses, String(status));
    if (headers.get("content-type") === "application/json" && method !== "HEAD") JSON.parse(text);
  }
}
