import type { WindowRow } from "../artifact/evaluation_facts.ts";
import type { DataFacts, HistoriesPlace, TrainedModel } from "../artifact/write_contents.ts";
import { FALLBACK_MODEL } from "../artifact/manifest.ts";
import { saveArtifact, type SavedArtifact, type SaveOptions } from "../artifact/save.ts";
import type { ShopInteractions } from "../interactions/interactions.ts";
import type { EventWeights } from "../interactions/event_weights.ts";
import { formatCounted } from "../base/format.ts";
import { InputError } from "../base/input_error.ts";
import { labelNotes, NO_STAGES, type Stages } from "../base/progress.ts";
import { sleep } from "../base/time.ts";
import { fitComplements, type FittedComplements } from "../models/complements/fit_complements.ts";
import { content } from "../models/content.ts";
import { findEvidence } from "../models/content/evidence.ts";
import type { Algorithm } from "../models/model.ts";
import { type Choice, chooseModels, type ChooseOptions, exportedAnyway } from "./choose_models.ts";
import { compareModels, type CompareOptions, type Comparison } from "./compare_models.ts";
import { earlyFits } from "./early_fits.ts";
import { fitModels, usePool } from "./measure_models.ts";
import { withTuned } from "./first_tuning.ts";
import { modelOptions } from "./jobs/model_options.ts";
import { unmeasuredReason } from "./unmeasured.ts";
import { comparisonFacts, rowsOfWindow } from "./comparison_facts.ts";

/** How {@linkcode train} compares, chooses and exports. */
export interface TrainOptions extends CompareOptions, ChooseOptions, SaveOptions {
  /** The folder of artifacts. */
  artifacts: string;
  facts: DataFacts;
  /** Weights of views, carts and purchases in the interactions. Default 1, 2 and 4. */
  eventWeights?: EventWeights;
  /** Where everybody's histories are. Default inside the artifact. */
  histories?: HistoriesPlace;
}

/** The result of training. */
export interface Training extends SavedArtifact {
  readonly comparison: Comparison;
  readonly choice: Choice;
  /** The figures of both windows, as in the manifest. */
  readonly evaluation: readonly WindowRow[];
  /** Which products go together. */
  readonly complements: FittedComplements;
  /** Why no model could be measured, and what to do; absent if the models were measured. */
  readonly unmeasured?: string;
}

/**
 * Compares models, chooses which to serve, fits these to all interactions and writes the artifact.
 * If no user can be measured it exports all the same, since a new shop needs something to serve,
 * but says so in the result and in the manifest.
 *
 * @param algorithms Must include popularity: it answers for unknown users.
 * @throws {InputError} If popularity or the model to serve is missing.
 */
export async function train(
  interactions: ShopInteractions,
  algorithms: readonly Algorithm[],
  options: TrainOptions,
  stages: Stages = NO_STAGES,
): Promise<Training> {
  const names = algorithms.map(({ name }) => name);
  if (!names.includes(FALLBACK_MODEL)) {
    throw new InputError(
      `Cannot train: model "${FALLBACK_MODEL}" must be among the models, it answers for ` +
        `unknown visitors; got ${names.join(", ")}`,
    );
  }
  using pool = usePool(algorithms, options);
  // The names are in the order of the algorithms.
  let tuned = withTuned(options.tuned);
  const early = earlyFits((names, progress) =>
    fitModels(
      algorithms.filter(({ name }) => names.includes(name)),
      interactions,
      { ...options, tuned, pool },
      progress,
    )
  );
  let validationRows: readonly WindowRow[] = [];
  const comparing = compareModels(interactions, algorithms, {
    ...options,
    pool,
    onValidation(validation, found) {
      tuned = withTuned(options.tuned, found);
      // Workers that the test window no longer occupies go on with these.
      if (pool.isParallel) early.begin(exportedAnyway(names, validation));
      // They are busy with the test window, so this thread has time.
      validationRows = rowsOfWindow("validation", validation);
    },
  }, stages);
  // Workers are busy from the next task on, so this thread has time.
  const onThisThread = sleep(0).then(() => ({
    complements: fitComplements(interactions, options),
    evidence: findEvidence(interactions, content.defaults),
  }));
  const [comparison, { complements, evidence }] = await Promise.all([comparing, onThisThread]);
  tuned = withTuned(options.tuned, comparison.tuned);
  const fitting = names.filter((name) => !comparison.skipped.some(({ model }) => model === name));
  const choice = chooseModels(fitting, comparison, options);
  const unmeasured = unmeasuredReason(comparison);
  const evaluation = [...validationRows, ...rowsOfWindow("test", comparison.test)];
  const exported = algorithms.filter(({ name }) => choice.exported.includes(name));
  const progress = labelNotes(
    stages(`Fitting ${formatCounted(exported.length, "model")} to all interactions`),
    "all interactions",
  );
  const fits = early.finish(choice.exported, progress);
  // Workers are busy, so this thread has time again.
  const compared = comparisonFacts(comparison);
  const fitted = await fits;
  const models = exported.map((algorithm, i): TrainedModel => ({
    name: algorithm.name,
    options: modelOptions(algorithm, { ...options, tuned }),
    model: fitted[i],
  }));
  const saved = await saveArtifact(options.artifacts, {
    interactions,
    histories: options.histories,
    eventWeights: options.eventWeights,
    models,
    complements,
    evidence,
    defaultModel: choice.defaultModel,
    decision: choice.reason,
    unmeasured,
    facts: options.facts,
    gate: choice.gate,
    comparison: compared,
    evaluation,
  }, options);
  return {
    ...saved,
    comparison,
    choice,
    evaluation,
    complements,
    ...(unmeasured && { unmeasured }),
  };
}
