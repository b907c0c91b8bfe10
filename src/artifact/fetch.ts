import { ArtifactError } from "./artifact_error.ts";
import { isVersion } from "./current.ts";
import { type Artifact, loadArtifact, type LoadOptions } from "./load.ts";
import { isRemote } from "../base/fetch_safely.ts";

/**
 * Loads an artifact from another machine into memory; nothing is written to disk.
 *
 * @param url A folder of artifacts with its file `current`, or the folder of one artifact; `https`.
 * @throws {ArtifactError} As {@linkcode loadArtifact}, or if the machine can't be reached.
 */
export async function fetchArtifact(
  url: string,
  { algorithms, histories }: Omit<LoadOptions, "version">,
): Promise<Artifact> {
  if (!isRemote(url) || !URL.canParse(url)) {
    throw new ArtifactError(
      `Cannot load an artifact: its address must start with https://, got "${url}"`,
    );
  }
  const address = url.replace(/\/+$/, "");
  const end = address.lastIndexOf("/");
  const version = address.slice(end + 1);
  return isVersion(version)
    ? await loadArtifact(address.slice(0, end), { algorithms, version, histories })
    : await loadArtifact(address, { algorithms, histories });
}
