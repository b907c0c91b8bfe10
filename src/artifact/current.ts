import { ArtifactError, REMEDY } from "./artifact_error.ts";
import { isRemote } from "../base/fetch_safely.ts";
import { fetchPart } from "./remote.ts";
import { writeDurably } from "./tensor_files.ts";

/** Prefix of unfinished files and folders; only a crash leaves one behind. */
export const TEMPORARY_PREFIX = ".tmp-";

/** The file `current` holds a version's name. */
const MOST_BYTES = 100;

/**
 * A version's name: when it was made, to the second in UTC, and 12 digits of its manifest's
 * SHA-256.
 */
const VERSION_PATTERN = /^\d{8}T\d{6}Z-[0-9a-f]{12}$/;

/**
 * The version named in the file `current` of a folder of artifacts: the one to serve.
 *
 * @returns `undefined` if nothing has been saved.
 * @throws {ArtifactError} If the file holds anything other than a version's name.
 */
export async function currentVersion(directory: string): Promise<string | undefined> {
  const path = `${directory}/current`;
  const text = await readTextIfPresent(path);
  const version = text?.trim();
  if (version !== undefined && !isVersion(version)) {
    throw new ArtifactError(
      `Cannot find the current artifact: ${path} must hold a version's name, such as ` +
        `20191101T120000Z-0123456789ab; write one of the folders beside it there, or ${REMEDY}`,
    );
  }
  return version;
}

/** Makes a version current, atomically: readers see the old name or the new one. */
export async function setCurrentVersion(directory: string, version: string): Promise<void> {
  const temporary = `${directory}/${TEMPORARY_PREFIX}${crypto.randomUUID()}`;
  await writeDurably(temporary, new TextEncoder().encode(`${version}\n`));
  await Deno.rename(temporary, `${directory}/current`);
}

/** The versions in a folder of artifacts, oldest first; none if there is no such folder. */
export async function listVersions(directory: string): Promise<string[]> {
  try {
    const names = await Array.fromAsync(Deno.readDir(directory), ({ name }) => name);
    return names.filter(isVersion).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/**
 * The version to load.
 *
 * @param version Default the current one.
 * @throws {ArtifactError} If there is no such version; lists those that exist.
 */
export async function requireVersion(directory: string, version?: string): Promise<string> {
  const wanted = version ?? await requireCurrentVersion(directory);
  // A remote folder can't be listed; reading fails if the version doesn't exist.
  if (isRemote(directory)) return wanted;
  const versions = await listVersions(directory);
  if (versions.includes(wanted)) return wanted;
  if (versions.length === 0) throw noArtifacts(directory, `artifact ${wanted}`);
  throw new ArtifactError(
    `Cannot load artifact ${wanted}: it must be one of those in ${directory}: ` +
      versions.join(", ") +
      (version === undefined ? `; write the name of one of them into ${directory}/current` : ""),
  );
}

async function requireCurrentVersion(directory: string): Promise<string> {
  const version = await currentVersion(directory);
  if (version !== undefined) return version;
  throw noArtifacts(directory, "an artifact");
}

function noArtifacts(directory: string, wanted: string): ArtifactError {
  return new ArtifactError(
    `Cannot load ${wanted}: there is none in ${directory}; make one: deno task start, ` +
      "or deno task train --events FILE",
  );
}

async function readTextIfPresent(path: string): Promise<string | undefined> {
  if (isRemote(path)) return new TextDecoder().decode(await fetchPart(path, { most: MOST_BYTES }));
  try {
    const { isFile, size } = await Deno.stat(path);
    if (!isFile || size > MOST_BYTES) {
      throw new TypeError(`it must be a file of at most ${MOST_BYTES} bytes`);
    }
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw new ArtifactError(
      `Cannot find the current artifact: ${path} can't be read (${
        (error as Error).message
      }); ${REMEDY}`,
      { cause: error },
    );
  }
}

/** Whether a text has the form of a version's name. */
export function isVersion(text: string): boolean {
  return VERSION_PATTERN.test(text);
}
