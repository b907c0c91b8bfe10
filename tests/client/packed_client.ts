import { requireCommand } from "../../scripts/lib/run_command.ts";

const ROOT = new URL("../../", import.meta.url);

/** The configuration that names the package. */
export const CONFIG = new URL("src/client/deno.json", ROOT);

/** The client's name as a package. */
export const PACKAGE = "@clickstream/recommender-client";

/**
 * Packs the client as `deno task client:pack` does, and unpacks it where npm would install it.
 *
 * @param folder Where a program of a shop is.
 * @returns The package's folder.
 */
export async function installClient(folder: string): Promise<string> {
  const tarball = `${folder}/client.tgz`;
  await requireCommand("pack the client", Deno.execPath(), [
    ...["task", "-q", "client:pack", "--allow-dirty", "-o", tarball],
  ], { cwd: ROOT });
  const place = `${folder}/node_modules/${PACKAGE}`;
  await Deno.mkdir(place, { recursive: true });
  await requireCommand("unpack the client", "tar", [
    ...["-xzf", tarball, "--strip-components=1", "-C", place],
  ]);
  await Deno.writeTextFile(`${folder}/package.json`, JSON.stringify({ type: "module" }));
  return place;
}
