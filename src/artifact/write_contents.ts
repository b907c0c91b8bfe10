import { isoTime } from "../base/time.ts";
import { EVENT_WEIGHTS, type EventWeights } from "../interactions/event_weights.ts";
import type { FittedComplements } from "../models/complements/fit_complements.ts";
import type { ProductEvidence } from "../models/content/evidence.ts";
import type { Model } from "../models/model.ts";
import { catalogueToTensors } from "./catalogue.ts";
import type { CleaningFacts, ComparisonFacts, GateResult, WindowRow } from "./evaluation_facts.ts";
import { InputError } from "../base/input_error.ts";
import { evidenceToTensors } from "./evidence.ts";
import { frontCoded } from "../linalg/front_coding.ts";
import type { Interactions, ShopInteractions } from "../interactions/interactions.ts";
import type { Tensors } from "../linalg/tensor.ts";
import { packHistories } from "./histories.ts";
import { sourceOf } from "../histories/in_digest_order.ts";
import { type MakeSource, writeShards } from "../histories/write_shards.ts";
import {
  FALLBACK_MODEL,
  FORMAT,
  FORMAT_VERSION,
  type Manifest,
  NAME_PATTERN,
  type TensorFile,
} from "./manifest.ts";
import { writeTensors } from "./tensor_files.ts";

/** A model to save, with facts about it. */
export interface TrainedModel {
  /** The algorithm's name. */
  readonly name: string;
  /** The options it was fitted with. */
  readonly options: object;
  /** Facts about the fit, for example its seconds; plain JSON. Default none. */
  readonly figures?: object;
  readonly model: Model;
}

/** Where the data came from, and other facts about it; plain JSON. */
export interface DataFacts {
  /** The files, or a description of what was simulated. */
  readonly sources: readonly string[];
  /** What cleaning removed. */
  readonly cleaning?: CleaningFacts;
  readonly [fact: string]: unknown;
}

/**
 * Where histories are: `inside` the artifact, or `apart`, in shards beside it. A function opens
 * other events than the interactions', which are a sample then; they are apart as well.
 */
export type HistoriesPlace = "inside" | "apart" | MakeSource;

/** The contents of an artifact. */
export interface ArtifactContents {
  /** Sessions are not saved. */
  readonly interactions: ShopInteractions;
  /** Where everybody's histories are. Default inside the artifact. */
  readonly histories?: HistoriesPlace;
  /** Weights of the event types in the interactions. Default 1, 2 and 4. */
  readonly eventWeights?: EventWeights;
  /** At least `popularity`. */
  readonly models: readonly TrainedModel[];
  /** Which products go together. Default nothing is known of that. */
  readonly complements?: FittedComplements;
  /** How much events say of products. Default nothing is known of that. */
  readonly evidence?: ProductEvidence;
  /** The model for requests that name none. */
  readonly defaultModel: string;
  /** Why that model, in a sentence. Default empty. */
  readonly decision?: string;
  /** Why no model could be measured, and what to do. Default: they were measured. */
  readonly unmeasured?: string;
  /** What the winner was tested against. Default nothing. */
  readonly gate?: GateResult;
  /** What a report shows of the comparison besides its rows. Default nothing. */
  readonly comparison?: ComparisonFacts;
  readonly facts: DataFacts;
  /** The rows of the comparison. Default none. */
  readonly evaluation?: readonly WindowRow[];
  /** Default now. */
  readonly created?: Date;
}

/**
 * Checks that the contents are consistent.
 *
 * @throws {TypeError} If popularity or the default model is missing, a name repeats or can't be
 * part of a file name, a model has another catalogue, or there is no event.
 */
export function checkContents(
  { interactions, models, defaultModel, complements }: ArtifactContents,
): void {
  const names = models.map(({ name }) => name);
  for (const required of [FALLBACK_MODEL, defaultModel]) {
    if (names.includes(required)) continue;
    throw new TypeError(
      `Cannot save an artifact without model "${required}": it has ${names.join(", ")}`,
    );
  }
  for (const { name, model } of models) checkModel(name, model, { names, interactions });
  if (complements && "table" in complements) {
    checkModel("complements", complements.table, { names: ["complements"], interactions });
  }
  if (interactions.items.length === 0) {
    throw new TypeError("Cannot save an artifact without a single event");
  }
}

function checkModel(
  name: string,
  { itemCount }: Pick<Model, "itemCount">,
  { names, interactions }: { names: string[]; interactions: ShopInteractions },
): void {
  if (!NAME_PATTERN.test(name) || names.indexOf(name) !== names.lastIndexOf(name)) {
    throw new TypeError(
      `Cannot save model "${name}": its name must match ${NAME_PATTERN} and be unique`,
    );
  }
  const items = interactions.itemIds.size;
  if (itemCount !== items) {
    throw new TypeError(
      `Cannot save model "${name}": it scores ${itemCount} items, the data has ${items}`,
    );
  }
}

/** A manifest as written: facts about the evaluation have their types, others are JSON. */
export interface WrittenManifest
  extends Omit<Manifest, "data" | "models" | "gate" | "comparison" | "evaluation"> {
  readonly data:
    & DataFacts
    & Pick<Manifest["data"], "users" | "items" | "events" | "from" | "to">;
  readonly models: readonly WrittenModel[];
  readonly gate?: GateResult;
  readonly comparison?: ComparisonFacts;
  readonly evaluation: readonly WindowRow[];
}

interface WrittenModel extends Required<Omit<TrainedModel, "model">> {
  readonly tensors: readonly TensorFile[];
}

/**
 * Writes every array to its file, and histories that are apart to shards.
 *
 * @param folders `folder`: the artifact's, empty. `shards`: theirs, made if there are any.
 * @returns The manifest that describes them; it is not written.
 * @throws {InputError} If a model has parameters that aren't finite.
 */
export async function writeContents(
  { folder, shards }: { readonly folder: string; readonly shards: string },
  contents: ArtifactContents,
): Promise<WrittenManifest> {
  const {
    interactions,
    eventWeights = EVENT_WEIGHTS,
    evaluation = [],
    gate,
    comparison,
    evidence,
  } = contents;
  const { itemIds, catalogue } = interactions;
  const created = contents.created ?? new Date();
  const { apart, ...histories } = await writeHistories({ folder, shards }, contents, created);
  return {
    format: FORMAT,
    formatVersion: FORMAT_VERSION,
    created: created.toISOString(),
    data: { ...dataFacts(interactions, contents.facts), ...apart && countsOf(apart) },
    eventWeights,
    defaultModel: contents.defaultModel,
    decision: contents.decision ?? "",
    ...(contents.unmeasured !== undefined && { unmeasured: contents.unmeasured }),
    ...(gate && { gate }),
    ...(comparison && { comparison }),
    contents: {
      ...histories,
      itemIds: await writeTensors(folder, "itemIds", frontCoded(itemIds.toTensors())),
      catalogue: await writeTensors(folder, "catalogue", catalogueToTensors(catalogue)),
      ...(evidence && {
        evidence: await writeTensors(folder, "evidence", evidenceToTensors(evidence)),
      }),
    },
    ...(apart && { histories: apart }),
    models: await writeModels(folder, contents.models),
    ...(contents.complements && {
      complements: await writeComplements(folder, contents.complements),
    }),
    evaluation,
  };
}

interface WrittenHistories extends Pick<Manifest["contents"], "userIds" | "histories"> {
  /** What the manifest says of shards; absent if histories are inside. */
  readonly apart?: NonNullable<Manifest["histories"]>;
}

/** Writes histories where they are to be. */
async function writeHistories(
  { folder, shards }: { readonly folder: string; readonly shards: string },
  { interactions, histories: place = "inside" }: ArtifactContents,
  created: Date,
): Promise<WrittenHistories> {
  const { userIds, itemIds } = interactions;
  if (place === "inside") {
    const packed = packHistories(interactions, { users: userIds.size, items: itemIds.size });
    return {
      userIds: await writeTensors(folder, "userIds", frontCoded(userIds.toTensors())),
      histories: await writeTensors(folder, "histories", packed.toTensors()),
    };
  }
  await Deno.mkdir(shards);
  const until = created.getTime() / 1000;
  const source = place === "apart" ? sourceOf(interactions, until) : await place(until);
  const { id, users, events, shardBytes, examples, tensors } = await writeShards(shards, source);
  return {
    userIds: [],
    histories: await writeTensors(folder, "histories", tensors),
    apart: { id, users, events, shardBytes: [...shardBytes], examples: [...examples] },
  };
}

/** Whom shards are of: the interactions may be a sample. */
function countsOf({ users, events }: NonNullable<Manifest["histories"]>) {
  return { users, events };
}

async function writeModels(
  folder: string,
  models: readonly TrainedModel[],
): Promise<WrittenModel[]> {
  const written: WrittenModel[] = [];
  for (const { name, options, figures = {}, model } of models) {
    const learned = model.toTensors();
    requireFinite(name, learned);
    const tensors = await writeTensors(folder, `models.${name}`, learned);
    written.push({ name, options: { ...options, ...model.chosen }, figures, tensors });
  }
  return written;
}

async function writeComplements(
  folder: string,
  fitted: FittedComplements,
): Promise<WrittenManifest["complements"]> {
  if ("absent" in fitted) return { absent: fitted.absent, tensors: [] };
  const tensors = await writeTensors(folder, "complements", fitted.table.toTensors());
  return { figures: { ...fitted.figures }, tensors };
}

/** Only a tensor of one number may be infinite: an option, for example a half-life. */
function requireFinite(model: string, tensors: Tensors): void {
  for (const [name, { data }] of Object.entries(tensors)) {
    const wrong = data.length === 1 ? -1 : data.findIndex((value) => !Number.isFinite(value));
    if (wrong < 0 && !Number.isNaN(data[0])) continue;
    const at = Math.max(0, wrong);
    throw new InputError(
      `Cannot save model "${model}": its parameters must be finite, number ${at} of its ` +
        `"${name}" is ${data[at]}; train it with other options, or omit it`,
    );
  }
}

/** The given facts, and what can be counted. */
export function dataFacts(
  { userIds, itemIds, times }: Interactions,
  facts: DataFacts,
): WrittenManifest["data"] {
  let from = Infinity, to = -Infinity;
  for (const time of times) {
    if (time < from) from = time;
    if (time > to) to = time;
  }
  return {
    ...facts,
    users: userIds.size,
    items: itemIds.size,
    events: times.length,
    from: isoTime(from),
    to: isoTime(to),
  };
}
