import { listVersions, setCurrentVersion, TEMPORARY_PREFIX } from "./current.ts";
import { requireLittleEndian } from "./little_endian.ts";
import { removeIfPresent, withLock } from "./lock.ts";
import { MANIFEST_FILE } from "./manifest.ts";
import { sha256 } from "../base/sha256.ts";
import { syncFolder, writeDurably } from "./tensor_files.ts";
import { keepShards } from "./shards.ts";
import { type ArtifactContents, checkContents, writeContents } from "./write_contents.ts";

/** A saved artifact. */
export interface SavedArtifact {
  /** Time and digest, such as `20191101T120000Z-0123456789ab`; sorts by time. */
  readonly version: string;
  /** Its folder. */
  readonly path: string;
}

/** What happens to a saved artifact. */
export interface SaveOptions {
  /** Whether it becomes the one to serve. Default true. */
  makeCurrent?: boolean;
}

/**
 * Writes an artifact to `<directory>/<version>/` and makes it current. Everything is written to a
 * temporary folder, synced, then renamed: if the program or the machine stops, the previous
 * artifact stays current. One save at a time: a second waits for the first.
 *
 * @param directory Created if missing.
 * @throws {TypeError} If the contents are inconsistent; see {@linkcode checkContents}.
 * @throws {ArtifactError} If the files can't be written.
 * @throws {InputError} If a model learned numbers that aren't finite.
 */
export async function saveArtifact(
  directory: string,
  contents: ArtifactContents,
  options: SaveOptions = {},
): Promise<SavedArtifact> {
  requireLittleEndian();
  checkContents(contents);
  return await withLock(directory, () => writeArtifact(directory, contents, options), {
    attempt: "save an artifact",
    remedy: "free disk space or choose another folder",
  });
}

async function writeArtifact(
  directory: string,
  contents: ArtifactContents,
  { makeCurrent = true }: SaveOptions,
): Promise<SavedArtifact> {
  const temporary = `${directory}/${TEMPORARY_PREFIX}${crypto.randomUUID()}`;
  const shards = `${directory}/${TEMPORARY_PREFIX}${crypto.randomUUID()}`;
  try {
    await Deno.mkdir(temporary);
    const manifest = await writeContents({ folder: temporary, shards }, contents);
    const bytes = new TextEncoder().encode(JSON.stringify(manifest, replaceInfinity, 2) + "\n");
    await writeDurably(`${temporary}/${MANIFEST_FILE}`, bytes);

    const version = versionName(manifest.created, sha256(bytes));
    const path = `${directory}/${version}`;
    // A version that is there has its histories.
    if (manifest.histories) await keepShards(shards, directory, manifest.histories);
    // The name holds a digest of the contents, so an existing version is the same.
    const present = (await listVersions(directory)).includes(version);
    if (!present) await Deno.rename(temporary, path);
    await syncFolder(directory);
    if (makeCurrent) await setCurrentVersion(directory, version);
    return { version, path };
  } finally {
    await removeIfPresent(temporary);
    await removeIfPresent(shards);
  }
}

/** JSON can't represent them: an option of `Infinity` would become `null`. */
function replaceInfinity(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

/** `2019-11-01T12:00:00.000Z` → `20191101T120000Z-0123456789ab`. */
function versionName(created: string, digest: string): string {
  const time = created.replace(/\.\d+/, "").replaceAll(/[-:]/g, "");
  return `${time}-${digest.slice(0, 12)}`;
}
