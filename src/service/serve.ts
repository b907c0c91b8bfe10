import { type Artifact, loadArtifact } from "../artifact/load.ts";
import { algorithms } from "../models/mod.ts";
import { createHandler } from "./http.ts";
import { type Address, listen, type Listening } from "./listen.ts";

/** A server that answers from an artifact. */
export interface Serving extends Listening {
  readonly artifact: Artifact;
}

/**
 * Loads the current artifact and answers requests from it.
 *
 * @param directory Where the versions are.
 * @throws {ArtifactError} If there is no artifact, or it can't be used.
 * @throws {InputError} If the address can't be listened on.
 */
export async function serveArtifact(directory: string, address: Address): Promise<Serving> {
  const artifact = await loadArtifact(directory, { algorithms });
  return { artifact, ...listen(createHandler(artifact), address) };
}

/** One line that says what is served, and where. */
export function describeServing({ artifact: { version, manifest, models }, url }: Serving): string {
  const { users, items } = manifest.data;
  const names = [...models.keys()].map((name) =>
    name === manifest.defaultModel ? `${name} (default)` : name
  );
  return `Serving ${url} from artifact ${version}: ${users.toLocaleString("en-US")} users, ` +
    `${items.toLocaleString("en-US")} products, models ${names.join(", ")}`;
}
