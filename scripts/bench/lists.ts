/**
 * `deno task bench:lists`: how long users' first lists take without HTTP, store and cache, asked
 * for as the service does. With `--cpu-prof` it is what to profile.
 */
import { requireInside } from "../../src/histories/inside.ts";
import { Command } from "commander";
import { loadArtifact } from "../../src/artifact/load.ts";
import { InputError } from "../../src/base/input_error.ts";
import { algorithms } from "../../src/models/mod.ts";
import { Recommender } from "../../src/service/recommend/recommender.ts";
import { commaList, runTask, wholeNumber } from "../lib/cli.ts";
import { addResultOptions, type ResultFlags } from "./lib/bench_options.ts";
import { type Measured, toRows } from "./lib/http/service_rows.ts";
import { latencyFigures } from "./lib/latency_figures.ts";
import { sampleUsers } from "./lib/month/sample_users.ts";
import { reportRows } from "./lib/results.ts";
import { stopwatch } from "./lib/stopwatch.ts";

interface Flags extends ResultFlags {
  readonly artifacts: string;
  readonly models?: readonly string[];
  readonly lists: number;
}

async function run({ artifacts, models, lists, ...flags }: Flags): Promise<void> {
  const artifact = await loadArtifact(artifacts, { algorithms });
  const { userIds, packed } = requireInside(artifact.interactions.histories, "measure lists");
  const recommender = new Recommender(artifact);
  const users = sampleUsers(userIds.size, 2 * lists);
  // The lists of the first half of the users warm up.
  const warmUp = users.length >> 1;
  const names = models ?? [artifact.manifest.defaultModel];
  const unknown = names.find((name) => !artifact.models.has(name));
  if (unknown !== undefined) {
    throw new InputError(
      `Cannot measure model "${unknown}": the artifact has ${
        [...artifact.models.keys()].join(", ")
      }`,
    );
  }
  const measured = names.map((model): Measured => {
    const recommend = (user: number) => recommender.recommend(packed.of(user), { model });
    users.slice(0, warmUp).forEach(recommend);
    const elapsed = stopwatch();
    const times = users.slice(warmUp).map((user) => {
      const start = performance.now();
      recommend(user);
      return performance.now() - start;
    });
    const { cpu_seconds } = elapsed();
    return { name: model, figures: latencyFigures(times, cpu_seconds) };
  });
  await reportRows(toRows("lists", measured, { lists: users.length - warmUp }), flags);
}

if (import.meta.main) {
  const command = new Command("deno task bench:lists")
    .description("Measures users' first lists in this process, without HTTP, store and cache")
    .option("--artifacts <dir>", "folder of the artifacts", "artifacts")
    .option("--models <names>", "models of the artifact (default: its default model)", commaList)
    .option("--lists <n>", "users whose first list is measured", wholeNumber(1), 2000)
    .action(run);
  await runTask(addResultOptions(command));
}
