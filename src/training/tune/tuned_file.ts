import { dirname } from "node:path";
import { z } from "zod";
import { TEMPORARY_PREFIX } from "../../artifact/current.ts";
import { writeDurably } from "../../artifact/tensor_files.ts";
import { InputError } from "../../base/input_error.ts";
import { algorithmNamed } from "../../models/mod.ts";
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
  /** Folds of the cross-validated RMSE; absent without cross-validation. */
  folds: z.int().optional(),
  /** Number of users measured. */
  users: z.int(),
  /** Number of combinations tried. */
  trials: z.int().positive(),
});

const tunedSchema = z.record(z.string(), tunedModelSchema);

/** The best options of one model that tuning found, and their figures. */
export type TunedModel = z.infer<typeof tunedModelSchema>;

/**
 * Reads the options that `deno task tune` found best.
 *
 * @param options `optional`: whether a missing file means no options. Default false.
 * @returns Options by the name of the model; models that were never tuned are absent.
 * @throws {InputError} If the file is missing, isn't what tuning writes, or names an unknown model
 * or option.
 */
export async function readTuned(
  path: string,
  { optional = false }: { optional?: boolean } = {},
): Promise<Record<string, TrialOptions>> {
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
  return Object.fromEntries(
    Object.entries(tuned).map(([model, { options }]) => [model, options]),
  );
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
