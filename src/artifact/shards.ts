import { isRemote } from "../base/fetch_safely.ts";
import { shardFile } from "../histories/write_shards.ts";
import { ArtifactError } from "./artifact_error.ts";
import { removeIfPresent } from "./lock.ts";
import type { Manifest } from "./manifest.ts";

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

/** Moves written shards to where they stay. Their name follows from what they are. */
export async function keepShards(
  written: string,
  directory: string,
  { id, shardBytes }: Shards,
): Promise<void> {
  const kept = shardsPlace(directory, id);
  if (await findFault(kept, shardBytes) === undefined) return;
  await Deno.mkdir(`${directory}/${FOLDER}`, { recursive: true });
  await removeIfPresent(kept);
  await Deno.rename(written, kept);
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
      "deno task train --events FILE",
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

/** Removes the shards beside the versions that none of these manifests names. */
export async function removeUnusedShards(
  directory: string,
  manifests: readonly Manifest[],
): Promise<void> {
  const used = new Set(manifests.map(({ histories }) => histories?.id));
  const folder = `${directory}/${FOLDER}`;
  try {
    for await (const { name } of Deno.readDir(folder)) {
      if (!used.has(name)) await removeIfPresent(`${folder}/${name}`);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
