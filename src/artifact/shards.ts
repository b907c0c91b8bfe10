import { isRemote } from "../base/fetch_safely.ts";
import { shardFile } from "../histories/write_shards.ts";
import { ArtifactError } from "./artifact_error.ts";
import { removeIfPresent } from "./lock.ts";
import type { Manifest } from "./manifest.ts";
import { syncFolder } from "./tensor_files.ts";

/** The folder of all histories beside the versions in a folder of artifacts. */
const FOLDER = "histories";

type Shards = NonNullable<Manifest["histories"]>;

/**
 * Where an artifact's shards are.
 *
 * @param directory The folder of artifacts, or its URL.
 * @param place The folder that holds those of all artifacts. Default beside the versions.
 */
export function shardsPlace(directory: string, id: string, place?: string): string {
  const folder = place ?? `${directory}/${FOLDER}`;
  if (!isRemote(folder)) return `${folder}/${id}`;
  const url = new URL(folder);
  url.pathname = `${url.pathname.replace(/\/$/, "")}/${id}`;
  return url.href;
}

/**
 * Moves written shards to where they stay, one after another in place of those that are there.
 * Their folder's name follows from what they are, so a service that reads them meanwhile finds the
 * same bytes, and damaged ones are repaired.
 */
export async function keepShards(
  written: string,
  directory: string,
  { id, shardBytes }: Shards,
): Promise<void> {
  const kept = shardsPlace(directory, id);
  await Deno.mkdir(kept, { recursive: true });
  for (const shard of shardBytes.keys()) {
    await Deno.rename(`${written}/${shardFile(shard)}`, `${kept}/${shardFile(shard)}`);
  }
  for (const folder of [kept, `${directory}/${FOLDER}`]) await syncFolder(folder);
}

/**
 * Checks that shards in a folder are all there.
 *
 * @throws {ArtifactError} If one is missing or has another size; names it.
 */
export async function requireShards(folder: string, { shardBytes }: Shards): Promise<void> {
  const fault = await findFault(folder, shardBytes);
  if (fault === undefined) return;
  throw new ArtifactError(
    `Cannot load the artifact: its histories are apart, and ${fault}; copy the folder there, set ` +
      "HISTORIES to the folder or the URL that holds it, or make a new artifact: " +
      "deno task train --events FILE --histories apart",
  );
}

async function findFault(folder: string, bytes: readonly number[]): Promise<string | undefined> {
  for (const [shard, expected] of bytes.entries()) {
    const path = `${folder}/${shardFile(shard)}`;
    try {
      const { size } = await Deno.stat(path);
      if (size !== expected) return `${path} must have ${expected} bytes, it has ${size}`;
    } catch (error) {
      return `${path} can't be read (${(error as Error).message})`;
    }
  }
  return undefined;
}

/** What folders of shards are called; anything else beside them isn't the artifacts'. */
const ID_PATTERN = /^[0-9a-f]{16}$/;

/** Removes the shards beside the versions that none of these manifests names. */
export async function removeUnusedShards(
  directory: string,
  manifests: readonly Manifest[],
): Promise<void> {
  const used = new Set(manifests.map(({ histories }) => histories?.id));
  const folder = `${directory}/${FOLDER}`;
  try {
    for await (const { name } of Deno.readDir(folder)) {
      if (ID_PATTERN.test(name) && !used.has(name)) await removeIfPresent(`${folder}/${name}`);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
