/**
 * `deno task bench:adjustments`: how long first answers take when users dislike products, when
 * rules bound new arrivals or say when what was bought is listed again, and when other lists are
 * made for a user; beside the same without. Through the handler and a store in memory, no HTTP.
 */
import { requireInside } from "../../../src/histories/inside.ts";
import { Command } from "commander";
import type { Artifact } from "../../../src/artifact/load.ts";
import { loadArtifact } from "../../../src/artifact/load.ts";
import { algorithms } from "../../../src/models/mod.ts";
import { createHandler } from "../../../src/service/handler.ts";
import type { Handler } from "../../../src/service/http/exchange.ts";
import { Placements } from "../../../src/service/placements/definition/placements.ts";
import { placementsFile } from "../../../src/service/placements/definition/schema.ts";
import { Protection } from "../../../src/service/protection/protection.ts";
import { openEventStore } from "../../../src/service/store/open_event_store.ts";
import { runTask, wholeNumber } from "../../lib/cli.ts";
import { addResultOptions, type ResultFlags } from "../lib/bench_options.ts";
import { type Measured, toRows } from "../lib/http/service_rows.ts";
import { latencyFigures } from "../lib/latency_figures.ts";
import { sampleUsers } from "../lib/month/sample_users.ts";
import { reportRows } from "../lib/results.ts";
import { stopwatch } from "../lib/stopwatch.ts";

const TOKEN = "0123456789abcdef";
const DAYS = 30;
/** How many products are added before new arrivals are measured. */
const ADDED = 100;

/** A way to ask for a list, and what holds for it. */
interface Case {
  readonly name: string;
  /** How many of the most popular products each user dislikes. Default none. */
  readonly dislikes?: number;
  /** A rule that holds for all lists. Default none. */
  readonly rule?: object;
  /** Whether products are added before. Default no. */
  readonly isAdded?: boolean;
  path(userId: string, productId: string): string;
}

const list = (userId: string) => `/recommend/${userId}`;

const CASES: readonly Case[] = [
  { name: "list", path: list },
  { name: "list, a dislike", dislikes: 1, path: list },
  { name: "list, ten dislikes", dislikes: 10, path: list },
  { name: "list, bought again", rule: { boughtAgain: { days: DAYS } }, path: list },
  { name: "list, products added", isAdded: true, path: list },
  {
    name: "list, new arrivals bounded",
    isAdded: true,
    rule: { newArrivals: { share: 0.1, most: 0.3 } },
    path: list,
  },
  { name: "similar", path: (_, productId) => `/similar/${productId}` },
  { name: "similar, for a user", path: (userId, id) => `/similar/${id}?userId=${userId}` },
  { name: "new", isAdded: true, path: () => "/new" },
  { name: "new, for a user", isAdded: true, path: (userId) => `/new?userId=${userId}` },
];

interface Flags extends ResultFlags {
  readonly artifacts: string;
  readonly lists: number;
}

async function run({ artifacts, lists, ...flags }: Flags): Promise<void> {
  const artifact = await loadArtifact(artifacts, { algorithms });
  const users = sampleUsers(artifact.interactions.histories.users, 2 * lists);
  const measured: Measured[] = [];
  for (const each of CASES) {
    measured.push({ name: each.name, figures: await measure(each, artifact, users) });
  }
  await reportRows(toRows("adjustments", measured, { lists: users.length >> 1 }), flags);
}

async function measure(
  { dislikes = 0, rule, isAdded = false, path }: Case,
  artifact: Artifact,
  users: readonly number[],
): Promise<Record<string, number>> {
  const { histories, itemIds } = artifact.interactions;
  const { userIds } = requireInside(histories, "measure adjustments");
  using store = await openEventStore({ path: ":memory:" });
  const placements = new Placements(placementsFile.parse({
    placements: {},
    ...(rule && { rules: { rule }, defaults: ["rule"] }),
  }));
  const protection = new Protection({ apiTokens: [TOKEN] });
  const handler = createHandler(artifact, { store, placements, protection });
  if (isAdded) await addProducts(handler, artifact);
  const disliked = dislikes > 0
    ? await ask(handler, "GET", `/popular?format=ids&k=${dislikes}`) as string[]
    : [];
  for (const user of dislikes > 0 ? users : []) {
    const events = disliked.map((productId) => ({
      ...{ userId: userIds.idAt(user), productId, type: "dislike" },
    }));
    await ask(handler, "POST", "/events", events);
  }
  const times: number[] = [];
  // The lists of the first half of the users warm up.
  let elapsed = stopwatch();
  for (const [i, user] of users.entries()) {
    if (i === users.length >> 1) {
      times.length = 0;
      elapsed = stopwatch();
    }
    const productId = itemIds.idAt(user % itemIds.size);
    const start = performance.now();
    await ask(handler, "GET", path(encodeURIComponent(userIds.idAt(user)), productId));
    times.push(performance.now() - start);
  }
  return latencyFigures(times, elapsed().cpu_seconds);
}

/** Adds products that are like some of the artifact's. */
async function addProducts(handler: Handler, { interactions }: Artifact): Promise<void> {
  const { itemIds } = interactions;
  const added: object[] = [];
  for (let n = 0; n < ADDED; n++) {
    const like = itemIds.idAt(Math.floor(n * itemIds.size / ADDED));
    const { brand, category, price } = await ask(
      handler,
      "GET",
      `/products/${encodeURIComponent(like)}`,
    ) as Record<string, unknown>;
    added.push({ productId: `added ${n}`, brand, category, price });
  }
  await ask(handler, "PUT", "/products", added);
}

/** @throws {Error} If the answer isn't a success. */
async function ask(
  handler: Handler,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const response = await handler(
    new Request(`http://bench.test${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );
  const answer = await response.json();
  if (response.ok) return answer;
  throw new Error(`${method} ${path} was answered ${response.status}: ${JSON.stringify(answer)}`);
}

if (import.meta.main) {
  const command = new Command("deno task bench:adjustments")
    .description(
      "Measures users' first answers with dislikes, with rules on new arrivals and on what was " +
        "bought, and of lists for a user beside those for everybody; without HTTP",
    )
    .option("--artifacts <dir>", "folder of the artifacts", "artifacts")
    .option("--lists <n>", "users whose first answer is measured", wholeNumber(1), 1000)
    .action(run);
  await runTask(addResultOptions(command));
}
