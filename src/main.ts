/**
 * Serves the current artifact; the entrypoint on Deno Deploy and in containers. It is told by its
 * environment, all of it optional:
 *
 * - `ARTIFACTS_DIR`: where the artifacts are. Default `artifacts` beside `src`, wherever it is started.
 * - `HOST`: the address to listen on. Default `0.0.0.0`, everybody.
 * - `PORT`: default 8000.
 */
import { InputError } from "./interactions/input_error.ts";
import { describeServing, serveArtifact } from "./service/serve.ts";

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new InputError(`Cannot serve: PORT must be a whole number up to 65535, got "${text}"`);
  }
  return port;
}

try {
  const serving = await serveArtifact(
    Deno.env.get("ARTIFACTS_DIR") || `${import.meta.dirname}/../artifacts`,
    { host: Deno.env.get("HOST") || "0.0.0.0", port: readPort(Deno.env.get("PORT") || "8000") },
  );
  console.log(`${describeServing(serving)}; ready after ${Math.round(performance.now())} ms`);
  await serving.finished;
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(`error: ${error.message}`);
  Deno.exit(1);
}
