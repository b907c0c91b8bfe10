import { InputError } from "../base/input_error.ts";
import { frontDecoded } from "../linalg/front_coding.ts";
import { IdMap } from "../interactions/id_map.ts";
import type { ShopInteractions } from "../interactions/interactions.ts";
import { HistoryShards, type ShardOptions } from "../histories/history_shards.ts";
import type { Histories } from "../histories/histories.ts";
import { InsideHistories } from "../histories/inside.ts";
import { readTensor, type Tensors } from "../linalg/tensor.ts";
import { categoryNumbers } from "../models/completion/category_popularity.ts";
import { Complements } from "../models/complements/complements.ts";
import type { ProductEvidence } from "../models/content/evidence.ts";
import type { Algorithm, Model } from "../models/model.ts";
import { ArtifactError, REMEDY } from "./artifact_error.ts";
import { catalogueFromTensors } from "./catalogue.ts";
import { checkOffsets } from "./checks.ts";
import { requireVersion } from "./current.ts";
import { evidenceFromTensors } from "./evidence.ts";
import { historiesFromTensors } from "./histories.ts";
import { requireLittleEndian } from "./little_endian.ts";
import { FALLBACK_MODEL, type Manifest, MANIFEST_FILE, type TensorFile } from "./manifest.ts";
import { readManifest } from "./read_manifest.ts";
import { isRemote } from "../base/fetch_safely.ts";
import { requireShards, shardsPlace } from "./shards.ts";
import { readTensors } from "./tensor_files.ts";

/** An artifact of a real month has less than a tenth. */
const MOST_REMOTE_BYTES = 4 * 1024 ** 3;

/** Who did what, and what is known about the products. */
export interface StoredInteractions extends Pick<ShopInteractions, "itemIds" | "catalogue"> {
  /** Everybody's, inside the artifact or apart. */
  readonly histories: Histories;
  /** How much events say of products; absent if training didn't find out. */
  readonly evidence?: ProductEvidence;
}

/** A loaded artifact: everything that answering needs. */
export interface Artifact {
  readonly version: string;
  readonly manifest: Manifest;
  /** Histories, ids and the catalogue: inside, they are views into the files as read. */
  readonly interactions: StoredInteractions;
  /** By name, in the manifest's order; always includes `popularity`. */
  readonly models: ReadonlyMap<string, Model>;
  /** Which products go together; absent if training made no such table. */
  readonly complements?: Complements;
}

/** What to load, and how. */
export interface LoadOptions {
  /** The algorithms that restore the models from their tensors, found by name. */
  algorithms: readonly Algorithm[];
  /** Default the current one. */
  version?: string;
  /** Where histories that are apart are, and how they are read. */
  histories?: ShardsOptions;
}

/** Where histories are that are apart from an artifact, and how they are read. */
export interface ShardsOptions extends ShardOptions {
  /**
   * The folder that holds those of all artifacts, or its URL. Default `histories` beside the
   * versions.
   */
  readonly place?: string;
  /** Whether shards in a folder must all be there. Default they must. */
  readonly areNeeded?: boolean;
}

/**
 * Loads an artifact and verifies all of it: the version's name holds the manifest's digest, the
 * manifest the SHA-256 of every file, arrays must be consistent, and a local folder may hold no
 * other files (except hidden ones, which file systems create).
 *
 * @param directory The folder of versions: a path, or an address that starts with `https://`.
 * @throws {ArtifactError} If there is none, or it is damaged, incomplete or of another format; says
 * which file and what to do.
 */
export async function loadArtifact(
  directory: string,
  { algorithms, version, histories }: LoadOptions,
): Promise<Artifact> {
  requireLittleEndian();
  const served = await requireVersion(directory, version);
  const folder = `${directory}/${served}`;
  const manifest = await readManifest(folder, served);
  if (isRemote(directory)) requireFitting(folder, manifest);
  else await refuseUnlistedFiles(folder, manifest);
  const [interactions, models] = await Promise.all([
    readInteractions({ directory, folder }, manifest, histories),
    readModels(folder, manifest, algorithms),
  ]);
  const complements = await readComplements(folder, manifest, interactions);
  return { version: served, manifest, interactions, models, ...(complements && { complements }) };
}

function filesOf({ contents, models, complements }: Manifest): TensorFile[] {
  const others = complements ? [complements, ...models] : models;
  return [
    ...Object.values(contents).map((files) => files ?? []),
    ...others.map(({ tensors }) => tensors),
  ].flat();
}

/** Nothing that another machine says fills the memory of this one. */
function requireFitting(folder: string, manifest: Manifest): void {
  const bytes = filesOf(manifest).reduce((sum, { bytes }) => sum + bytes, 0);
  if (bytes <= MOST_REMOTE_BYTES) return;
  throw unusable(
    folder,
    `its files must have at most ${MOST_REMOTE_BYTES} bytes to be fetched, they have ${bytes}: ` +
      "train with --histories apart",
  );
}

async function refuseUnlistedFiles(folder: string, manifest: Manifest): Promise<void> {
  const known = new Set([MANIFEST_FILE, ...filesOf(manifest).map(({ file }) => file)]);
  for await (const { name } of Deno.readDir(folder)) {
    if (known.has(name) || name.startsWith(".")) continue;
    throw new ArtifactError(
      `Cannot load the artifact: ${folder}/${name} isn't in its manifest; remove it, or ${REMEDY}`,
    );
  }
}

async function readInteractions(
  { directory, folder }: { readonly directory: string; readonly folder: string },
  manifest: Manifest,
  options: ShardsOptions | undefined,
): Promise<StoredInteractions> {
  const { contents, histories: shards, data: { items } } = manifest;
  const [itemIds, histories, catalogue, evidence] = await Promise.all([
    restore(folder, contents.itemIds, (tensors) => idsFromTensors(tensors, items)),
    shards
      ? openShards({ directory, folder }, { ...manifest, histories: shards }, options)
      : readHistories(folder, manifest),
    restore(folder, contents.catalogue, (tensors) => catalogueFromTensors(tensors, items)),
    contents.evidence &&
    restore(folder, contents.evidence, (tensors) => evidenceFromTensors(tensors, items)),
  ]);
  return { itemIds, histories, catalogue, ...(evidence && { evidence }) };
}

async function readHistories(
  folder: string,
  { contents, data: { users, items } }: Manifest,
): Promise<Histories> {
  const [userIds, packed] = await Promise.all([
    restore(folder, contents.userIds, (tensors) => idsFromTensors(tensors, users)),
    restore(
      folder,
      contents.histories,
      (tensors) => historiesFromTensors(tensors, { users, items }),
    ),
  ]);
  return new InsideHistories({ userIds, packed });
}

async function openShards(
  { directory, folder }: { readonly directory: string; readonly folder: string },
  { contents, histories, data: { items } }: Manifest & Required<Pick<Manifest, "histories">>,
  { place, areNeeded = true, ...options }: ShardsOptions = {},
): Promise<Histories> {
  const at = shardsPlace(directory, histories.id, place);
  const shards = await restore(
    folder,
    contents.histories,
    (tensors) => new HistoryShards(at, histories, tensors, options),
  );
  if (shards.items !== items) {
    throw unusable(folder, `its histories are of ${shards.items} items, its data has ${items}`);
  }
  // Another machine is asked when the service needs it.
  if (areNeeded && !isRemote(at)) await requireShards(at, histories);
  return shards;
}

async function readComplements(
  folder: string,
  { complements }: Manifest,
  { catalogue }: StoredInteractions,
): Promise<Complements | undefined> {
  if (!complements || complements.tensors.length === 0) return undefined;
  return await restore(
    folder,
    complements.tensors,
    (tensors) => Complements.fromTensors(tensors, categoryNumbers(catalogue)),
  );
}

async function readModels(
  folder: string,
  { models, defaultModel, data: { items } }: Manifest,
  algorithms: readonly Algorithm[],
): Promise<ReadonlyMap<string, Model>> {
  const entries = await Promise.all(models.map(async ({ name, tensors }) => {
    const algorithm = algorithms.find((algorithm) => algorithm.name === name);
    if (!algorithm) throw unusable(folder, `this program has no model "${name}"`);
    return [
      name,
      await restore(folder, tensors, (tensors) => {
        return modelFromTensors(algorithm, tensors, items);
      }),
    ] as const;
  }));
  const restored = new Map(entries);
  for (const required of [FALLBACK_MODEL, defaultModel]) {
    if (!restored.has(required)) throw unusable(folder, `it lacks model "${required}"`);
  }
  return restored;
}

/** How many files an error names: a model has dozens. */
const MOST_NAMED = 5;

/** Reads files and restores a value from them; inconsistent ones are an error of the artifact. */
async function restore<T>(
  folder: string,
  files: readonly TensorFile[],
  make: (tensors: Tensors) => T,
): Promise<T> {
  const tensors = await readTensors(folder, files);
  try {
    return make(tensors);
  } catch (error) {
    // Not the artifact's fault: the runtime lacks something.
    if (error instanceof InputError) throw error;
    const named = files.slice(0, MOST_NAMED).map(({ file }) => file).join(", ");
    const others = files.length - MOST_NAMED;
    const names = others > 0 ? `${named} and ${others} more` : named;
    throw unusable(folder, `${(error as Error).message} (${names})`, error);
  }
}

function idsFromTensors(tensors: Tensors, size: number): IdMap {
  if ("offsets" in tensors) {
    checkOffsets("offsets", readTensor(tensors, "offsets", Uint32Array).data, {
      parts: size,
      end: readTensor(tensors, "bytes", Uint8Array).data.length,
    });
  }
  const ids = IdMap.fromTensors(frontDecoded(tensors));
  if (ids.size === size) return ids;
  throw new RangeError(`lengths must hold ${size} numbers, it holds ${ids.size}`);
}

function modelFromTensors(algorithm: Algorithm, tensors: Tensors, items: number): Model {
  const model = algorithm.fromTensors(tensors);
  if (model.itemCount !== items) {
    throw new RangeError(
      `model "${algorithm.name}" must score ${items} items, it scores ${model.itemCount}`,
    );
  }
  return model;
}

function unusable(folder: string, why: string, cause?: unknown): ArtifactError {
  return new ArtifactError(`Cannot load the artifact in ${folder}: ${why}; ${REMEDY}`, { cause });
}
