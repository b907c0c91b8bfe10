import { dirname } from "node:path";
import { z } from "zod";
import { TEMPORARY_PREFIX } from "../../artifact/current.ts";
import { writeDurably } from "../../artifact/tensor_files.ts";
import { InputError } from "../../base/input_error.ts";
import { formatCounted } from "../../base/format.ts";
import { describeInteractions } from "../../interactions/describe_interactions.ts";
import type { Interactions } from "../../interactions/interactions.ts";
import { algorithmNamed } from "../../models/mod.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { checkOptionNames } from "./option_names.ts";
import { optionsSchema, optionsToJson } from "./options_json.ts";
import type { TrialOptions } from "./search_space.ts";
import { TUNE_METRICS } from "./trial.ts";

const tunedModelSchema = z.object({
  options: optionsSchema,
  metric: z.enum(TUNE_METRICS),
  /** Length of the lists. */
  k: z.int().positive(),
  /** The metric with these options, on the validation window or cross-validated. */
  value: z.number(),
  /** Folds or windows of a cross-validated metric; absent without cross-validation. */
  folds: z.int().optional(),
  /** Number of users measured. */
  users: z.int(),
  /** The metric with the model's defaults; absent if they weren't measured on the same users. */
  defaults: z.number().optional(),
  /** Number of combinations tried. */
  trials: z.int().positive(),
  /** Number of planned trials that there was no time for; 0 if the search was done. */
  untried: z.int().nonnegative(),
  seed: z.int().nonnegative(),
  /** The day of the search, UTC. */
  date: z.iso.date(),
  /** What it was tuned on. */
  data: z.object({
    fingerprint: z.string(),
    users: z.int(),
    products: z.int(),
    events: z.int(),
    from: z.iso.date(),
    to: z.iso.date(),
  }),
});

const tunedSchema = z.record(z.string(), tunedModelSchema);

/** The best options of one model that tuning found, their figures, and how they were found. */
export type TunedModel = z.infer<typeof tunedModelSchema>;

/** The options of tuned models, by name, as training takes them. */
export function tunedOptions(
  tuned: Readonly<Record<string, TunedModel>>,
): Record<string, TrialOptions> {
  return Object.fromEntries(
    Object.entries(tuned).map(([model, { options }]) => [model, options]),
  );
}

/** What some models were tuned on. */
export type TunedData = TunedModel["data"];

/** Describes interactions, so that options tuned on them are known from others. */
export function tunedDataOf(interactions: Interactions): TunedData {
  return { fingerprint: fingerprintOf(interactions, {}), ...describeInteractions(interactions) };
}

/**
 * Warns of options that were tuned on other interactions than those they are used for.
 *
 * @returns A sentence for each such data set, with its models.
 */
export function otherDataWarnings(
  path: string,
  tuned: Readonly<Record<string, TunedModel>>,
  interactions: Interactions,
): string[] {
  const models = Object.keys(tuned);
  if (models.length === 0) return [];
  const current = tunedDataOf(interactions);
  const byData = Map.groupBy(models, (model) => tuned[model].data.fingerprint);
  byData.delete(current.fingerprint);
  return [...byData.values()].map((models) =>
    `Warning: the options of ${models.join(", ")} in ${path} were tuned on other data ` +
    `(${dataText(tuned[models[0]].data)}; now ${dataText(current)}): they may not suit these; ` +
    "tune again, or train with another file (--tuned)"
  );
}

function dataText({ events, users, from, to }: TunedData): string {
  return `${formatCounted(events, "event")} of ${formatCounted(users, "user")}, ${from} to ${to}`;
}

/**
 * Reads the options that `deno task tune` found best.
 *
 * @param options `optional`: whether a missing file means no options. Default false.
 * @returns By the name of the model; models that were never tuned are absent.
 * @throws {InputError} If the file is missing, isn't what tuning writes, or names an unknown model
 * or option.
 */
export async function readTuned(
  path: string,
  { optional = false }: { optional?: boolean } = {},
): Promise<Record<string, TunedModel>> {
  const text = await readIfPresent(path);
  if (text === undefined && optional) return {};
  if (text === undefined) {
    throw new InputError(
      `Cannot read tuned options: there is no file ${path}; run deno task tune first, ` +
        "or train without --tuned",
    );
  }
  const tuned = parseTuned(path, text);
  for (const [model, { options }] of Object.entries(tuned)) {
    checkOptionNames(`Cannot read tuned options from ${path}`, algorithmNamed(model), options);
  }
  return tuned;
}

/**
 * Adds the best options of a model to a file, or replaces earlier ones. Other models keep theirs,
 * and readers see the old file or the new one, never part of it.
 *
 * @throws {InputError} If the existing file isn't one that tuning wrote, or it can't be written.
 */
export async function saveTuned(path: string, model: string, tuned: TunedModel): Promise<void> {
  const folder = dirname(path);
  try {
    await Deno.mkdir(folder, { recursive: true });
    using lock = await Deno.open(`${folder}/.lock`, { create: true, write: true });
    await lock.lock(true);
    const others = parseTuned(path, await readIfPresent(path) ?? "{}");
    const entries = Object.entries({ ...others, [model]: tuned }).sort(([a], [b]) => a < b ? -1 : 1)
      .map(([name, entry]) => [name, { ...entry, options: optionsToJson(entry.options) }]);
    const json = JSON.stringify(Object.fromEntries(entries), null, 2) + "\n";
    const unfinished = `${folder}/${TEMPORARY_PREFIX}${crypto.randomUUID()}`;
    await writeDurably(unfinished, new TextEncoder().encode(json));
    await Deno.rename(unfinished, path);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      `Cannot write tuned options to ${path}: ${(error as Error).message}; choose another path`,
    );
  }
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw new InputError(`Cannot read tuned options from ${path}: ${(error as Error).message}`);
  }
}

function parseTuned(path: string, text: string): z.infer<typeof tunedSchema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw malformed(path, (error as Error).message);
  }
  const { data, error } = tunedSchema.safeParse(json);
  if (!data) throw malformed(path, z.prettifyError(error));
  return data;
}

function malformed(path: string, why: string): InputError {
  return new InputError(
    `Cannot read tuned options from ${path}: it isn't a file that deno task tune wrote (${why}); ` +
      "move it away and tune again",
  );
}
