import { type ServerProcess, startServer } from "./server_process.ts";

const MAIN = new URL("../../../../src/main.ts", import.meta.url).pathname;

/** The token that may store and change. */
export const BENCH_TOKEN = "bench-0123456789abcdef";

/** The same as for `deno task serve`; see docs/operations.md. */
const V8_FLAGS = "--v8-flags=--no-allocation-site-pretenuring,--max-semi-space-size=2," +
  "--heap-growing-percent=50";

/** The same as for `deno task serve`. */
const MALLOC = { MALLOC_MMAP_THRESHOLD_: "32768" };

/**
 * Starts the service as in production: its store on disk, and an access log line for each answer.
 *
 * @param artifacts The folder of the artifacts.
 * @param folder The folder of the store.
 * @param options `main`: the program to run; default this version's. `store`: the URL of a store in
 *   PostgreSQL; default Deno KV in `folder`.
 */
export function startService(
  artifacts: string,
  folder: string,
  { main = MAIN, store = "" }: { main?: string; store?: string } = {},
): Promise<ServerProcess> {
  const permissions = ["--allow-net", "--allow-read", "--allow-env", `--allow-write=${folder}`];
  return startServer(Deno.execPath(), ["run", V8_FLAGS, ...permissions, main], {
    env: {
      ...MALLOC,
      ARTIFACTS_DIR: artifacts,
      HOST: "127.0.0.1",
      PORT: "0",
      KV_PATH: `${folder}/store.kv`,
      STORE_URL: store,
      API_TOKENS: BENCH_TOKEN,
    },
  });
}
