import { InputError } from "../base/input_error.ts";
import { describeServing, serveArtifact, type ServeOptions } from "./serve.ts";
import {
  addressFromEnvironment,
  settingsFromEnvironment,
  storeFromEnvironment,
} from "./settings_from_environment.ts";

/**
 * Serves the current artifact with the settings of the environment until the process is stopped.
 *
 * @param root The folder of `artifacts` and `data`, if the environment doesn't say where they are.
 * @param options `makePages` makes the pages for people.
 * @returns The exit code: 0 when stopped, 1 after an error in the settings or the artifact, which
 *   it prints.
 */
export async function serveFromEnvironment(
  root: string,
  { makePages }: Pick<ServeOptions, "makePages"> = {},
): Promise<number> {
  try {
    const { source, ...address } = addressFromEnvironment(`${root}/artifacts`);
    const serving = await serveArtifact(source, {
      ...address,
      ...settingsFromEnvironment(),
      makePages,
      store: storeFromEnvironment(`${root}/data/store.kv`),
    });
    console.log(`${describeServing(serving)}; ready after ${Math.round(performance.now())} ms`);
    await serving.finished;
    return 0;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.error(`error: ${error.message}`);
    return 1;
  }
}
