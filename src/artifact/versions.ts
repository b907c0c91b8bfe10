import type { Algorithm } from "../models/model.ts";
import { ArtifactError } from "./artifact_error.ts";
import { currentVersion, listVersions, setCurrentVersion, TEMPORARY_PREFIX } from "./current.ts";
import { loadArtifact } from "./load.ts";
import { removeIfPresent, withLock } from "./lock.ts";
import type { Manifest } from "./manifest.ts";
import { readManifest } from "./read_manifest.ts";

/** One version of a folder of artifacts. */
export interface VersionEntry {
  readonly version: string;
  /** Whether it is the one that is served. */
  readonly current: boolean;
  /** Absent where it can't be read. */
  readonly manifest?: Manifest;
  /** Why not. */
  readonly error?: string;
}

/**
 * Describes the versions that a folder of artifacts holds, oldest first. One that can't be read is listed with
 * the reason.
 *
 * @throws {ArtifactError} If it can't be told which one is current.
 */
export async function describeVersions(directory: string): Promise<VersionEntry[]> {
  const current = await currentVersion(directory);
  const versions = await listVersions(directory);
  return await Promise.all(versions.map(async (version) => ({
    version,
    current: version === current,
    ...await readIfSound(`${directory}/${version}`, version),
  })));
}

async function readIfSound(
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
 * Makes a version the one that is served, in one step, after loading it whole: what can't be served never
 * becomes current. A server that is running goes on with what it has loaded.
 *
 * @param options `version`: which one. `algorithms`: how its models are made again, as when loading.
 * @returns Its manifest.
 * @throws {ArtifactError} If there is no such version, or it is damaged or of another format.
 */
export async function useVersion(
  directory: string,
  { version, algorithms }: { version: string; algorithms: readonly Algorithm[] },
): Promise<Manifest> {
  const versions = await listVersions(directory);
  if (!versions.includes(version)) {
    throw new ArtifactError(
      `Cannot use version ${version}: it must be one of those in ${directory}: ` +
        (versions.join(", ") || "there are none"),
    );
  }
  return await withLock(directory, async () => {
    const { manifest } = await loadArtifact(directory, { version, algorithms });
    await setCurrentVersion(directory, version);
    return manifest;
  }, { attempt: `use version ${version}`, remedy: "make room or change its permissions" });
}

/**
 * Removes all versions but the latest and the current one. Each vanishes in one step: whenever the program
 * stops, every version that is listed is whole.
 *
 * @param keep How many of the latest stay; at least 1.
 * @returns The versions that were removed, oldest first.
 * @throws {RangeError} If `keep` is not a positive whole number.
 * @throws {ArtifactError} If a version can't be removed, or it can't be told which one is current.
 */
export async function pruneVersions(directory: string, keep: number): Promise<string[]> {
  if (!Number.isInteger(keep) || keep < 1) {
    throw new RangeError(
      `Cannot prune ${directory}: keep must be a whole number of at least 1, got ${keep}`,
    );
  }
  if ((await listVersions(directory)).length <= keep) return [];
  return await withLock(directory, async () => {
    const current = await currentVersion(directory);
    const old = (await listVersions(directory)).slice(0, -keep);
    const removed = old.filter((version) => version !== current);
    for (const version of removed) await removeVersion(directory, version);
    return removed;
  }, { attempt: "prune versions", remedy: "change the folder's permissions" });
}

async function removeVersion(directory: string, version: string): Promise<void> {
  const temporary = `${directory}/${TEMPORARY_PREFIX}${crypto.randomUUID()}`;
  await Deno.rename(`${directory}/${version}`, temporary);
  await removeIfPresent(temporary);
}
