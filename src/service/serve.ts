import { fetchArtifact } from "../artifact/fetch.ts";
import { type Artifact, loadArtifact } from "../artifact/load.ts";
import { isRemote } from "../artifact/remote.ts";
import { formatCount } from "../base/format.ts";
import { InputError } from "../base/input_error.ts";
import { algorithms } from "../models/mod.ts";
import { atEdge, type EdgeOptions } from "./edge.ts";
import { LateStore } from "./store/late_store.ts";
import { type Address, listen, type Listening } from "./listen.ts";
import { AccessLog } from "./observability/access_log.ts";
import { Metrics } from "./observability/metrics.ts";
import { openTracing } from "./observability/tracing.ts";
import { Protection, type ProtectionOptions } from "./protection/protection.ts";
import { Reloading } from "./reloading.ts";
import type { StoreOptions } from "./store/event_store.ts";

/** A server that answers from an artifact. */
export interface Serving extends Listening {
  /** The artifact that is served at the moment. */
  readonly artifact: Artifact;
  readonly protection: Protection;
}

/** Where to listen, where to keep what comes in, and who may do what. */
export interface ServeOptions extends Address, Pick<EdgeOptions, "corsOrigins"> {
  /** Whether to print a line of JSON for each request. Default no. */
  accessLog?: boolean;
  /** Whether Deno traces requests, so that their spans are named after routes. Default no. */
  tracing?: boolean;
  store?: StoreOptions;
  /** After how many milliseconds a store that couldn't be opened is tried again. Default 30,000. */
  storeRetryMs?: number;
  protection?: ProtectionOptions;
}

/** Windows has no such signal. */
const RELOAD_SIGNAL = Deno.build.os === "windows" ? undefined : "SIGHUP";

/**
 * Loads the current artifact and answers requests from it and from what comes in. SIGHUP has it load the
 * artifact that is current by then. Without its store it still recommends, says so on standard error, and takes
 * the store when it can be opened.
 *
 * @param source Where the versions are: a folder, or an address that begins with `https://`.
 * @throws {ArtifactError} If there is no artifact, or it can't be used.
 * @throws {InputError} If the address can't be listened on, or a token can't be used.
 */
export async function serveArtifact(source: string, options: ServeOptions): Promise<Serving> {
  const protection = new Protection(options.protection);
  const metrics = new Metrics();
  const load = () =>
    isRemote(source) ? fetchArtifact(source, { algorithms }) : loadArtifact(source, { algorithms });
  const [artifact, late, nameSpan] = await Promise.all([
    load(),
    LateStore.open(options.store, { retryMs: options.storeRetryMs }),
    options.tracing ? openTracing() : undefined,
  ]);
  try {
    const reloading = new Reloading(artifact, { load, store: late.store, protection, metrics });
    late.onLate = (store) => {
      reloading.useStore(store);
      console.log("The store of events is open now: events are stored");
    };
    const log = options.accessLog
      ? new AccessLog({ onLost: (lines) => metrics.linesLost(lines) })
      : undefined;
    const { corsOrigins } = options;
    const handler = atEdge(reloading.handle, { corsOrigins, metrics, log, nameSpan });
    const bodiesRead = () => protection.bodiesRead();
    const listening = listen(handler, { ...options, bodiesRead });
    const stopWatching = reloadOnSignal(reloading);
    const finished = listening.finished.then(async () => {
      stopWatching();
      await log?.[Symbol.asyncDispose]();
      late[Symbol.dispose]();
    });
    return {
      get artifact() {
        return reloading.artifact;
      },
      protection,
      url: listening.url,
      finished,
      async stop() {
        await listening.stop();
        await finished;
      },
    };
  } catch (error) {
    late[Symbol.dispose]();
    throw error;
  }
}

/** @returns Ends the watching. */
function reloadOnSignal(reloading: Reloading): () => void {
  if (!RELOAD_SIGNAL) return () => {};
  const reload = async () => {
    try {
      const { version, previous } = await reloading.reload();
      console.log(`Serving artifact ${version}${version === previous ? ", as before" : ""}`);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      console.error(`${error.message}\nStill serving artifact ${reloading.artifact.version}`);
    }
  };
  Deno.addSignalListener(RELOAD_SIGNAL, reload);
  return () => Deno.removeSignalListener(RELOAD_SIGNAL, reload);
}

/** One line that says what is served, and where. */
export function describeServing(
  { artifact: { version, manifest, models }, url, protection: { tokens } }: Serving,
): string {
  const { users, items } = manifest.data;
  const names = [...models.keys()].map((name) =>
    name === manifest.defaultModel ? `${name} (default)` : name
  );
  return `Serving ${url} from artifact ${version}: ${formatCount(users)} users, ` +
    `${formatCount(items)} products, models ${names.join(", ")}` +
    (tokens.anyMayManage ? "" : "; closed to events and changes: API_TOKENS isn't set") +
    (tokens.readsAreOpen ? "" : "; reading needs a token, too");
}
