/**
 * Every request gets an answer that the OpenAPI document describes, or a problem document. With
 * another seed or more requests: `FUZZ_SEED=7 FUZZ_RUNS=100000 deno test -A
 * tests/service/fuzz_test.ts`.
 */
import fc from "fast-check";
import { problemAnswer } from "../../src/service/schema/answers.ts";
import { atEdge } from "../../src/service/edge.ts";
import { createHandler } from "../../src/service/handler.ts";
import { Exposures } from "../../src/service/exposures/exposures.ts";
import { Placements } from "../../src/service/placements/definition/placements.ts";
import { experimentsFile } from "../../src/service/schema/experiments.ts";
import { placementsFile } from "../../src/service/placements/definition/schema.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { tinyArtifact } from "../artifact/tiny_shop.ts";
import { assert, assertEquals } from "../assert.ts";
import { type FuzzRequest, type Paths, requestsOf } from "./fuzz/requests.ts";
import { protectedBy } from "./live_shop.ts";

const RUNS = Number(Deno.env.get("FUZZ_RUNS") || 10_000);
const SEED = Number(Deno.env.get("FUZZ_SEED") || 1);
const HANGS_MS = 30_000;

/**
 * Never made by chance: a rule with one effect, an experiment with arms, a list of the service, a
 * page of a shop's origin.
 */
const NEVER_VALID = [
  ...["PUT /rules/{name}", "DELETE /rules/{name}", "POST /impressions", "POST /collect"],
  ...["PUT /experiments/{name}", "DELETE /experiments/{name}"],
];

/** Placements and a segment whose names the texts of requests contain. */
const PLACEMENTS = {
  placements: {
    ann: { strategy: "personal", rules: ["cap"], fallback: ["100"] },
    bob: { strategy: "similar", variants: [{ segment: "ann", placement: "300" }] },
    100: { strategy: "popular", window: "7d" },
    300: { strategy: "personal", diversity: 0.5, exclude: "none" },
    constructor: { strategy: "personal" },
    NaN: { strategy: "similar" },
    500: { strategy: "popular", minPrice: 1 },
  },
  rules: { cap: { cap: { by: "brand", most: 1 } } },
  segments: { ann: { spentAtLeast: 1 } },
};

/** Experiments whose names the texts of requests contain, too. */
const ARMS = [{ name: "a", share: 0.5 }, { name: "b", share: 0.5, placement: "500" }];
const EXPERIMENTS = {
  experiments: Object.fromEntries(
    ["ann", "bob", "100", "300", "constructor"].map((name) => [
      name,
      { placement: name, arms: ARMS },
    ]),
  ),
};

Deno.test(`${RUNS} requests made from the OpenAPI document get answers it describes`, async () => {
  using store = await openEventStore({ path: ":memory:" });
  await using exposures = new Exposures(store, { onLost: () => {} });
  const reload = () => Promise.resolve({ version: "b", previous: "a" });
  const handler = atEdge(
    createHandler(await tinyArtifact(), {
      ...{ store, exposures, reload, protection: protectedBy({ publicKeys: ["page-key-1"] }) },
      placements: new Placements(placementsFile.parse(PLACEMENTS)),
      experiments: experimentsFile.parse(EXPERIMENTS),
    }),
    { corsOrigins: ["https://shop.example.com"] },
  );
  const description = await handler(new Request("http://shop.test/openapi.json"));
  const { paths } = await description.json() as { paths: Paths };
  /** How many requests of each operation succeeded, and how many were refused. */
  const answers = new Map<string, { succeeded: number; refused: number }>();
  for (const [path, byMethod] of Object.entries(paths)) {
    for (const method of Object.keys(byMethod)) {
      answers.set(`${method.toUpperCase()} ${path}`, { succeeded: 0, refused: 0 });
    }
  }

  await fc.assert(
    fc.asyncProperty(requestsOf(paths), async (fuzzRequest) => {
      const { target, path: _, ...init } = fuzzRequest;
      const response = await handler(new Request(`http://shop.test${target}`, init));
      const counts = answers.get(`${fuzzRequest.method} ${fuzzRequest.path}`);
      if (counts) counts[response.status < 400 ? "succeeded" : "refused"]++;
      await requireDescribed(fuzzRequest, response, paths);
    }),
    { numRuns: RUNS, seed: SEED, timeout: HANGS_MS },
  );
  // The test is only worth something if each operation often succeeded and was often refused.
  const least = RUNS / answers.size / 80;
  for (const [operation, { succeeded, refused }] of answers) {
    const isEnough = succeeded > least || NEVER_VALID.includes(operation);
    assert(isEnough && refused > least, `${operation}: ${succeeded}, ${refused}`);
  }
});

async function requireDescribed(
  { method, path }: FuzzRequest,
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
    // A browser that takes the answer for a page must find no tag in it.
    assert(!text.includes("<"), text);
  } else if (method !== "OPTIONS" && status !== 304) {
    const { responses } = paths[path][method === "HEAD" ? "get" : method.toLowerCase()];
    // An id of dots becomes another path, which answers 200; no file's name leads to the page.
    const isPage = status === 308 && path === "/docs/{file}";
    assert(status === 200 || isPage || status in responses, String(status));
    if (headers.get("content-type") === "application/json" && method !== "HEAD") JSON.parse(text);
  }
}
