import { type Command, InvalidArgumentError, Option } from "commander";
import { PROPENSITY_POWER } from "../../src/evaluation/metrics/gained_list.ts";
import { type Protocol, PROTOCOLS } from "../../src/evaluation/holdout.ts";
import {
  type EventWeights,
  RATING_MODES,
  type RatingMode,
} from "../../src/interactions/event_weights.ts";
import type { Interactions } from "../../src/interactions/interactions.ts";
import type { Algorithm } from "../../src/models/model.ts";
import { algorithmNamed, algorithms } from "../../src/models/mod.ts";
import type { CompareOptions } from "../../src/training/compare_models.ts";
import { otherDataWarnings, readTuned, tunedOptions } from "../../src/training/tune/tuned_file.ts";
import { wrapText } from "./tables/wrap.ts";
import { readProductValues } from "./product_values.ts";
import type { EngineFlags } from "./spark/engine_options.ts";
import { commaList, positiveNumber, wholeNumber, type WrittenFiles } from "./cli.ts";

/** What the options that {@linkcode addTrainingOptions} adds are parsed into. */
export interface TrainingFlags {
  models?: readonly Algorithm[];
  rating?: RatingMode;
  eventWeights?: EventWeights;
  halfLife?: number;
  window?: number;
  validationDays?: number;
  testDays?: number;
  evaluate: Protocol | "auto";
  evaluateUsers: number;
  values?: string;
  propensityPower: number;
  k: number;
  seed: number;
  tuned?: string;
  workers?: number;
}

/**
 * Adds the options of every command that trains several models: which models, on what, and how they
 * are measured.
 */
export function addTrainingOptions(command: Command): Command {
  const names = algorithms.map(({ name }) => name).join(", ");
  return addMeasuringOptions(
    command.option(
      "--models <names>",
      `models to train, of: ${names} (default: all but sasrec)`,
      readModels,
    ),
  )
    .option(
      "--tuned <file>",
      "options found by deno task tune (default: tuned.json in the artifacts' folder)",
    )
    .option(
      "--workers <n>",
      "models to fit in parallel; the results don't depend on it",
      wholeNumber(1, 256),
      navigator.hardwareConcurrency,
    );
}

/**
 * Adds the options of {@linkcode addTrainingOptions} that don't depend on having several models.
 */
export function addMeasuringOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--rating <mode>",
        "how a user's events with one product become one rating (default: each model's own)",
      ).choices([...RATING_MODES]),
    )
    .option(
      "--event-weights <v,c,p>",
      "weights of view, cart, purchase (default: 1,2,4)",
      readWeights,
    )
    .option(
      "--half-life <days>",
      "age at which an event's weight has halved (default: no decay)",
      positiveNumber,
    )
    .option(
      "--window <days>",
      "train on the last days only; a pause counts as two at most (default: all)",
      positiveNumber,
    )
    .option(
      "--validation-days <days>",
      "length of the validation window (default: 7, at most a fifth of the data)",
      positiveNumber,
    )
    .option(
      "--test-days <days>",
      "length of the test window (default: 7, at most a fifth of the data)",
      positiveNumber,
    )
    .addOption(
      new Option(
        "--evaluate <what>",
        "what models predict: all that users do in a window, or each session's next item; auto: " +
          "next-item if hardly any user returns, as without user ids",
      ).choices(["auto", ...PROTOCOLS]).default("auto"),
    )
    .option("--evaluate-users <n>", "evaluate at most n users", wholeNumber(1), 10_000)
    .option(
      "--values <file>",
      "CSV with product_id and a number for each product, such as its margin: the gains of the " +
        "value-weighted NDCG",
    )
    .option(
      "--propensity-power <n>",
      "how strongly unbiased metrics discount popularity, from 0, not at all, to 1",
      shareOption,
      PROPENSITY_POWER,
    )
    .option("--k <n>", "length of the lists to evaluate", wholeNumber(1, 1000), 10)
    .option("--seed <n>", "random seed", wholeNumber(0, 2 ** 32 - 1), 1);
}

/** Reads names of models, separated by commas; each once. */
export function readModels(text: string): Algorithm[] {
  return [...new Set(commaList(text))].map((name) => {
    try {
      return algorithmNamed(name);
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message);
    }
  });
}

function shareOption(text: string): number {
  const share = Number(text);
  if (text.trim() !== "" && share >= 0 && share <= 1) return share;
  throw new InvalidArgumentError("It must be a number from 0 to 1.");
}

function readWeights(text: string): EventWeights {
  const weights = commaList(text).map(Number);
  if (weights.length !== 3 || weights.some((weight) => !(weight > 0 && Number.isFinite(weight)))) {
    throw new InvalidArgumentError("It must be three numbers above 0, for example 1,2,4.");
  }
  const [view, cart, purchase] = weights;
  return { view, cart, purchase };
}

/** What the options that {@linkcode addArtifactOptions} adds are parsed into. */
export interface ArtifactFlags {
  artifacts: string;
  model: string;
  force?: boolean;
  histories?: "inside" | "apart";
}

/** Adds the options of every command that exports an artifact: its folder and its default model. */
export function addArtifactOptions(command: Command): Command {
  return command
    .option("--artifacts <dir>", "folder of the artifacts", "artifacts")
    .addOption(
      new Option(
        "--histories <where>",
        "users' histories: inside the artifact, which a service holds in memory, or apart, in " +
          "shards beside it, of which a service reads what it needs, see HISTORIES (default: " +
          "inside)",
      ).choices(["inside", "apart"]),
    )
    .option(
      "--model <name>",
      "model to serve: a name, or the best on validation of all (best) or the SVDs (svd-family)",
      readModel,
      "best",
    )
    .option(
      "--force",
      "serve the winner even if it isn't significantly better than popularity and the served model",
    );
}

/** What every command writes that exports an artifact, for {@linkcode addWrittenFiles}. */
export const ARTIFACT_FILES: WrittenFiles = {
  "artifacts/VERSION": "models, catalogue, histories and figures",
  "artifacts/histories": "users' histories, with --histories apart",
  "artifacts/current": "the version to serve",
};

function readModel(text: string): string {
  return text === "best" || text === "svd-family" ? text : readModels(text)[0].name;
}

/** How many models are fitted in parallel: sums are made through one connection. */
export function workersOf(
  { workers, sums }: Pick<TrainingFlags, "workers"> & Pick<EngineFlags, "sums">,
): number | undefined {
  return sums ? 1 : workers;
}

/** The options for comparing models on a shop's interactions. */
export async function compareOptions(
  flags: TrainingFlags & Pick<EngineFlags, "sums">,
  { itemIds }: Pick<Interactions, "itemIds">,
): Promise<CompareOptions> {
  return {
    ...(flags.values !== undefined && {
      values: await readProductValues(flags.values, itemIds),
    }),
    propensityPower: flags.propensityPower,
    k: flags.k,
    seed: flags.seed,
    protocol: flags.evaluate === "auto" ? undefined : flags.evaluate,
    maxUsers: flags.evaluateUsers,
    rating: flags.rating,
    halfLifeDays: flags.halfLife,
    windowDays: flags.window,
    validationDays: flags.validationDays,
    testDays: flags.testDays,
    workers: workersOf(flags),
    skipUnfit: flags.models === undefined,
  };
}

/**
 * Also reads tuned options, from the file given with `--tuned`, else from the artifacts' folder if
 * it has one, and warns on standard error if they were tuned on other interactions.
 */
export async function readCompareOptions(
  flags: TrainingFlags & Partial<ArtifactFlags> & Pick<EngineFlags, "sums">,
  interactions: Interactions,
): Promise<CompareOptions> {
  const { artifacts = "artifacts" } = flags;
  const file = flags.tuned ?? `${artifacts}/tuned.json`;
  const tuned = await readTuned(file, { optional: flags.tuned === undefined });
  for (const warning of otherDataWarnings(file, tuned, interactions)) {
    console.error(wrapText(warning));
  }
  return {
    ...await compareOptions(flags, interactions),
    tuned: tunedOptions(tuned),
  };
}
