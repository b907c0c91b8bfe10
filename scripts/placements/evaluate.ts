/** `deno task evaluate-placements`: measures what placements' lists would have given. */
import { Command } from "commander";
import { FALLBACK_MODEL } from "../../src/artifact/manifest.ts";
import { formatCounted } from "../../src/base/format.ts";
import { InputError } from "../../src/base/input_error.ts";
import { mean } from "../../src/base/statistics.ts";
import { formatPValue, pairedPValue, percentileInterval } from "../../src/evaluation/bootstrap.ts";
import { splitByTime } from "../../src/interactions/split.ts";
import { sliceByTime } from "../../src/interactions/interactions.ts";
import { bootstrapMeans } from "../../src/linalg/bootstrap.ts";
import { algorithmNamed } from "../../src/models/mod.ts";
import { knownNames } from "../../src/service/placements/definition/known_names.ts";
import { Placements } from "../../src/service/placements/definition/placements.ts";
import { readPlacements } from "../../src/service/placements/definition/read_placements.ts";
import type { PlacementsFile } from "../../src/service/placements/definition/schema.ts";
import { addWrittenFiles, runTask } from "../lib/cli.ts";
import { addEventsOptions, type EventsFlags, TRAINING_FILES } from "../lib/events_options.ts";
import {
  measuredUsers,
  measurePlacement,
  type PlacementFigures,
} from "../lib/placements/measure_placement.ts";
import { pastShop } from "../lib/placements/past_shop.ts";
import { createReporter } from "../lib/reporter.ts";
import { loadShop } from "../lib/run_training.ts";
import { formatTable } from "../lib/tables/table.ts";
import { wrapText } from "../lib/tables/wrap.ts";
import {
  addTrainingOptions,
  readCompareOptions,
  type TrainingFlags,
} from "../lib/training_options.ts";
import { writeJson } from "../lib/write_json.ts";

interface Flags extends EventsFlags, TrainingFlags {
  placements: string;
  json?: string;
  quiet?: boolean;
}

/** A placement's figures with and without its rules, one row of `--json`. */
interface Row {
  readonly placement: string;
  readonly users: number;
  readonly ndcg: number;
  readonly ndcgLow: number;
  readonly ndcgHigh: number;
  readonly hitRate: number;
  readonly coverage: number;
  readonly ndcgWithoutRules: number;
  readonly hitRateWithoutRules: number;
  readonly coverageWithoutRules: number;
  /** Of the rules' effect on NDCG: the two-sided paired bootstrap. */
  readonly pValue: number;
  /** The share of the lists that don't meet a rule, by the rule. */
  readonly unmet: Readonly<Record<string, number>>;
}

async function run(flags: Flags): Promise<void> {
  const reporter = createReporter(flags);
  await using loaded = await loadShop(flags, reporter);
  const { interactions } = loaded;
  const options = await readCompareOptions(flags, interactions);
  const { testStart, test } = splitByTime(interactions, options);
  const past = { ...interactions, ...sliceByTime(interactions, { to: testStart }) };
  const models = flags.models ?? [FALLBACK_MODEL, "blend"].map(algorithmNamed);
  const { eventWeights } = flags;
  const shop = await pastShop(
    past,
    models,
    { ...options, eventWeights },
    reporter.stage("Training on the past"),
  );
  const placements = await readPlacements(
    flags.placements,
    await knownNames(shop.artifact, undefined),
  );
  const plain = withoutRules(placements);
  const users = measuredUsers(past, test, flags.evaluateUsers);
  if (users.length === 0) {
    throw new InputError(
      "Cannot measure placements: nobody with a history has a new product in the test window; " +
        "choose another one (--test-days)",
    );
  }
  const context = { shop, past, now: 1000 * testStart };
  const rows: Row[] = [];
  for (const name of placements.names) {
    reporter.stage(`Measuring ${name}`);
    const own = await measurePlacement(placements.get(name)!, users, { ...context, placements });
    const others = { ...context, placements: plain };
    rows.push(rowOf(name, own, await measurePlacement(plain.get(name)!, users, others)));
  }
  reporter.finish();
  console.log(wrapText(
    `${formatCounted(users.length, "user")} of the test window, which begins ` +
      `${new Date(1000 * testStart).toISOString()}; models know what was before`,
  ));
  console.log(formatRows(rows));
  if (flags.json !== undefined) await writeJson(flags.json, rows);
}

/** The same placements, none of which has rules. */
function withoutRules({ text }: Placements): Placements {
  const file: PlacementsFile = JSON.parse(text);
  const bare = Object.entries(file.placements).map(([name, { rules: _, ...rest }]) => [name, rest]);
  return new Placements({ ...file, placements: Object.fromEntries(bare), defaults: [] });
}

function rowOf(placement: string, own: PlacementFigures, plain: PlacementFigures): Row {
  const users = own.ndcgs.length;
  const [means, plainMeans] = bootstrapMeans([own.ndcgs, plain.ndcgs]);
  const { low, high } = percentileInterval(means);
  const isSame = own.ndcgs.every((ndcg, u) => ndcg === plain.ndcgs[u]);
  return {
    ...{ placement, users },
    ...{ ndcg: mean(own.ndcgs), ndcgLow: low, ndcgHigh: high },
    ...{ hitRate: mean(own.hits), coverage: own.coverage },
    ndcgWithoutRules: mean(plain.ndcgs),
    hitRateWithoutRules: mean(plain.hits),
    coverageWithoutRules: plain.coverage,
    pValue: isSame ? 1 : pairedPValue(means, plainMeans),
    unmet: Object.fromEntries(Array.from(own.unmet, ([rule, lists]) => [rule, lists / users])),
  };
}

function formatRows(rows: readonly Row[]): string {
  const share = (value: number) => `${(100 * value).toFixed(1)}%`;
  const heads = [
    "placement",
    "NDCG",
    "95%",
    "hit",
    "coverage",
    "NDCG, hit, coverage without rules",
  ];
  return formatTable(
    [...heads, "p of the rules' effect", "lists with a rule not met"],
    rows.map((row) => [
      row.placement,
      row.ndcg.toFixed(4),
      `${row.ndcgLow.toFixed(4)}–${row.ndcgHigh.toFixed(4)}`,
      share(row.hitRate),
      share(row.coverage),
      `${row.ndcgWithoutRules.toFixed(4)}, ${share(row.hitRateWithoutRules)}, ` +
      share(row.coverageWithoutRules),
      formatPValue(row.pValue),
      Object.entries(row.unmet).map(([rule, lists]) => `${rule} ${share(lists)}`).join(", "),
    ]),
  );
}

if (import.meta.main) {
  const command = new Command("deno task evaluate-placements")
    .description(
      "Measures what placements' lists would have given: models know the past, and lists are " +
        "compared with what users did next, with and without the placements' rules",
    );
  addTrainingOptions(addEventsOptions(command))
    .option(
      "--placements <file>",
      "the file of placements",
      Deno.env.get("PLACEMENTS") ?? "placements.json",
    )
    .option("--json <file>", "also write the figures as JSON")
    .action(run);
  addWrittenFiles(command, { "--json FILE": "the figures", ...TRAINING_FILES });
  await runTask(command);
}
