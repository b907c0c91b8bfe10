/**
 * `deno task bench:artifact`: the size of an artifact, how long a service takes to answer from it
 * and how much memory, and how many lists differ because saved numbers are rounded.
 */
import { Command, Option } from "commander";
import { currentVersion } from "../../src/artifact/current.ts";
import { saveArtifact } from "../../src/artifact/save.ts";
import type { TrainedModel } from "../../src/artifact/write_contents.ts";
import { InputError } from "../../src/base/input_error.ts";
import { TempFolder } from "../../src/base/temp_folder.ts";
import { loadEvents } from "../../src/events/load.ts";
import { toInteractions } from "../../src/events/to_interactions.ts";
import { historyOf, type ShopInteractions } from "../../src/interactions/interactions.ts";
import { algorithmNamed } from "../../src/models/mod.ts";
import { popularity } from "../../src/models/popularity.ts";
import { commaList, runTask, wholeNumber } from "../lib/cli.ts";
import { simulateMonth } from "../lib/ensure_artifact.ts";
import { createReporter, type Reporter } from "../lib/reporter.ts";
import { addResultOptions, type ResultFlags } from "./lib/bench_options.ts";
import { folderBytes } from "./lib/folder_bytes.ts";
import { measureStart, type StartFigures } from "./lib/http/service_start.ts";
import { medians } from "./lib/medians.ts";
import { compareLists } from "./lib/quality/identical_lists.ts";
import { type BenchRow, reportRows } from "./lib/results.ts";

const K = 10;
const MEGABYTE = 1024 * 1024;

/** Those that training exports by default on the simulated month, besides popularity. */
const MODELS = ["svd", "graph_svd", "blend"];

interface Flags extends ResultFlags {
  readonly events?: string[];
  readonly models: string[];
  readonly lists: number;
  readonly rounds: number;
  readonly beside?: string[];
}

async function run(flags: Flags): Promise<void> {
  const beside = besideOf(flags);
  const reporter = createReporter(flags);
  const files = flags.events ?? [await simulateMonth(reporter)];
  const { events } = await loadEvents(files, {}, reporter.stage("Reading and cleaning events"));
  const interactions = await toInteractions(events);
  const models = await fitAll(interactions, flags, reporter);
  const lists = compareAll(interactions, models, flags);
  using temporary = new TempFolder();
  const artifacts = `${temporary.path}/artifacts`;
  await saveArtifact(artifacts, {
    interactions,
    models,
    defaultModel: models[models.length - 1].name,
    facts: { sources: files },
  });
  const path = `/recommend/${encodeURIComponent(interactions.userIds.idAt(0))}`;
  const services = [{ artifacts }, ...beside ? [beside] : []];
  const runs: StartFigures[][] = services.map(() => []);
  for (let round = 1; round <= flags.rounds; round++) {
    reporter.stage(`Starting the service, round ${round} of ${flags.rounds}`);
    for (const [i, service] of services.entries()) {
      runs[i].push(await measureStart({ ...service, folder: temporary.path, path }));
    }
  }
  const [own, other] = await Promise.all(services.map(async (service, i) => ({
    ...medians(runs[i]),
    artifact_mb: await sizeOf(service.artifacts) / MEGABYTE,
  })));
  reporter.finish();
  await reportRows([...lists, ...startRows(own, other, flags)], flags);
}

function besideOf({ beside }: Flags): { main: string; artifacts: string } | undefined {
  if (!beside) return undefined;
  const [checkout, artifacts, ...more] = beside;
  if (artifacts !== undefined && more.length === 0) {
    return { main: `${checkout}/src/main.ts`, artifacts };
  }
  throw new InputError(
    `Cannot measure beside another version: --beside must have two values, the folder of its ` +
      `program and the folder of its artifacts, got ${beside.length}`,
  );
}

async function fitAll(
  interactions: ShopInteractions,
  { models }: Flags,
  reporter: Reporter,
): Promise<TrainedModel[]> {
  const trained: TrainedModel[] = [];
  for (const algorithm of [...new Set([popularity.name, ...models])].map(algorithmNamed)) {
    const progress = reporter.stage(`Fitting ${algorithm.name}`);
    const model = await algorithm.fit(interactions, {}, progress);
    trained.push({ name: algorithm.name, options: {}, model });
  }
  return trained;
}

/** Each model as fitted beside itself as saved, for users spread evenly over all. */
function compareAll(
  interactions: ShopInteractions,
  models: readonly TrainedModel[],
  { lists }: Flags,
): BenchRow[] {
  const { size } = interactions.userIds;
  const count = Math.min(lists, size);
  const histories = Array.from(
    { length: count },
    (_, i) => historyOf(interactions, Math.floor(i * size / count)),
  );
  return models.flatMap(({ name, model }) => {
    const saved = algorithmNamed(name).fromTensors(model.toTensors());
    const compared = compareLists(model, saved, histories, K);
    return Object.entries(compared).map(([metric, value]) => ({
      bench: "artifact",
      name: `lists of ${name}`,
      metric,
      value,
      unit: "share",
      options: { users: count, k: K },
    }));
  });
}

type ServiceFigures = StartFigures & { readonly artifact_mb: number };

function startRows(
  own: ServiceFigures,
  other: ServiceFigures | undefined,
  { rounds }: Flags,
): BenchRow[] {
  return (["artifact_mb", "first_answer_ms", "cpu_ms", "resident_mb"] as const).map((metric) => ({
    bench: "artifact",
    name: "start",
    metric,
    value: own[metric],
    unit: metric.endsWith("_mb") ? "MB" : "ms",
    ...(other && { peer: "beside", peerValue: other[metric] }),
    options: { rounds },
  }));
}

async function sizeOf(artifacts: string): Promise<number> {
  return await folderBytes(`${artifacts}/${await currentVersion(artifacts)}`);
}

if (import.meta.main) {
  const command = new Command("deno task bench:artifact")
    .description(
      "Fits models to a shop's events and saves them; compares their lists before and after, and " +
        "measures the artifact, and a service that starts from it",
    )
    .option("--events <files...>", "the shop's events (default: a simulated month)")
    .addOption(
      new Option("--models <names>", "models to save besides popularity; the last one is served")
        .argParser(commaList).default(MODELS, MODELS.join()),
    )
    .option("--lists <n>", "number of users whose lists are compared", wholeNumber(1), 2000)
    .option("--rounds <n>", "number of starts; figures are medians", wholeNumber(1, 100), 5)
    .option(
      "--beside <folders...>",
      "another version of this program and its artifacts, started in turn",
    )
    .action(run);
  await runTask(addResultOptions(command));
}
