import { InputError } from "../base/input_error.ts";
import { describeServing, serveArtifact } from "./serve.ts";
import { settingsFromEnvironment } from "./settings_from_environment.ts";
import { storeFromEnvironment } from "./store/store_from_environment.ts";

/**
 * Serves the current artifact until the process is told to stop, as its environment says:
 *
 * - `ARTIFACTS_DIR`: where the artifacts are.
 * - `MODEL_URL`: where they are instead if they are kept on another machine; begins with `https://`.
 * - `HOST`: the address to listen on. Default `0.0.0.0`, which lets others in.
 * - `PORT`: default 8000.
 * - `KV_PATH` and `RETENTION_DAYS`: see {@linkcode storeFromEnvironment}.
 * - who may do what: see {@linkcode settingsFromEnvironment}.
 *
 * @param root The folder that holds `artifacts` and `data` if the environment doesn't say where they are.
 * @returns The exit code: 0 when stopped; 1 after a mistake in the settings or the artifact, which is printed.
 */
export async function serveFromEnvironment(root: string): Promise<number> {
  try {
    const source = Deno.env.get("MODEL_URL") || Deno.env.get("ARTIFACTS_DIR") ||
      `${root}/artifacts`;
    const serving = await serveArtifact(source, {
      host: Deno.env.get("HOST") || "0.0.0.0",
      port: readPort(Deno.env.get("PORT") || "8000"),
      ...settingsFromEnvironment(),
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

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InputError(`Cannot serve: PORT must be a whole number up to 65535, got "${text}"`);
}
