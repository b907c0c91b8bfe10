import { ArtifactError } from "./artifact_error.ts";
import {
  currentVersion,
  listVersions,
  requireVersion,
  setCurrentVersion,
  TEMPORARY_PREFIX,
} from "./current.ts";
import { loadArtifact, type LoadOptions } from "./load.ts";
import { removeIfPresent, withLock } from "./lock.ts";
import type { Manifest } from "./manifest.ts";
import { readManifest } from "./read_manifest.ts";
import { removeUnusedShards } from "./shards.ts";

/** One version in a folder of artifacts. */
export interface VersionEntry {
  readonly version: string;
  /** Whether it is the one to serve. */
  readonly current: boolean;
  /** Absent if it can't be read. */
  readonly manifest?: Manifest;
  /** Why it can't be read. */
  readonly error?: string;
}

/**
 * Describes the versions in a folder of artifacts, oldest first. One that can't be read is listed
 * with the reason.
 *
 * @throws {ArtifactError} If the file `current` is invalid.
 */
export async function describeVersions(directory: string): Promise<VersionEntry[]> {
  const current = await currentVersion(directory);
  const versions = await listVersions(directory);
  return await Promise.all(versions.map(async (version) => ({
    version,
    current: version === current,
    ...await readIfValid(`${directory}/${version}`, version),
  })));
}

async function readIfValid(
  folder: string,
  version: string,
): Promise<Pick<VersionEntry, "manifest" | "error">> {
  try {
    return { manifest: await readManifest(folder, version) };
  } catch (error) {
    if (error instanceof ArtifactError) return { error: error.message };
    throw error;
  }
}

/**
 * Makes a version current, atomically, after loading all of it: a version that can't be served
 * never becomes current. A running server keeps what it has loaded.
 *
 * @param options `version`: which one. The others: as for loading.
 * @returns Its manifest.
 * @throws {ArtifactError} If there is no such version, or it is damaged or of another format.
 */
export async function useVersion(
  directory: string,
  { version, ...options }: LoadOptions & { version: string },
): Promise<Manifest> {
  await requireVersion(directory, version);
  return await withLock(directory, async () => {
    const { manifest } = await loadArtifact(directory, { ...options, version });
    await setCurrentVersion(directory, version);
    return manifest;
  }, {
    attempt: `use version ${version}`,
    remedy: "free disk space or change the folder's permissions",
  });
}

/**
 * Removes all versions except the latest and the current one, and then the histories apart that no
 * version left has, also those that a crash left behind. Each removal of a version is atomic:
 * whenever the program stops, every listed version is complete.
 *
 * @param keep Number of latest versions to keep; at least 1.
 * @returns The versions that were removed, oldest first.
 * @throws {RangeError} If `keep` is not a positive whole number.
 * @throws {ArtifactError} If a version can't be removed, or the file `current` is invalid.
 */
export async function pruneVersions(directory: string, keep: number): Promise<string[]> {
  if (!Number.isInteger(keep) || keep < 1) {
    throw new RangeError(
      `Cannot prune ${directory}: keep must be a whole number of at least 1, got ${keep}`,
    );
  }
  // A missing folder isn't made.
  if ((await listVersions(directory)).length === 0) return [];
  return await withLock(directory, async () => {
    const current = await currentVersion(directory);
    const old = (await listVersions(directory)).slice(0, -keep);
    const removed = old.filter((version) => version !== current);
    for (const version of removed) await removeVersion(directory, version);
    await removeShards(directory);
    return removed;
  }, { attempt: "prune versions", remedy: "change the folder's permissions" });
}

/** A version that can't be read may need any histories. */
async function removeShards(directory: string): Promise<void> {
  const left = await describeVersions(directory);
  const manifests = left.map(({ manifest }) => manifest).filter((manifest) =>
    manifest !== undefined
  );
  if (manifests.length === left.length) await removeUnusedShards(directory, manifests);
}

async function removeVersion(directory: string, version: string): Promise<void> {
  const temporary = `${directory}/${TEMPORARY_PREFIX}${crypto.randomUUID()}`;
  await Deno.rename(`${directory}/${version}`, temporary);
  await removeIfPresent(temporary);
}
