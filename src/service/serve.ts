import { fetchArtifact } from "../artifact/fetch.ts";
import { type Artifact, loadArtifact, type ShardsOptions } from "../artifact/load.ts";
import { HistoriesError } from "../histories/histories_error.ts";
import { isRemote } from "../base/fetch_safely.ts";
import { unmeasuredWarning } from "../artifact/unmeasured.ts";
import { formatCounted } from "../base/format.ts";
import { InputError } from "../base/input_error.ts";
import { algorithms } from "../models/mod.ts";
import { atEdge, type EdgeOptions } from "./edge.ts";
import { experimentNames } from "./experiments/experiment_names.ts";
import { readExperiments } from "./experiments/read_experiments.ts";
import { Exposures, type ExposuresOptions } from "./exposures/exposures.ts";
import type { EventStore } from "./store/event_store.ts";
import type { StoreError } from "./store/store_error.ts";
import { LateStore } from "./late_store.ts";
import { type Address, listen, type Listening } from "./listen.ts";
import type { MakePages } from "./handler.ts";
import { AccessLog } from "./observability/access_log.ts";
import { Metrics } from "./observability/metrics.ts";
import { openTracing } from "./observability/tracing.ts";
import { knownNames } from "./placements/definition/known_names.ts";
import { NO_PLACEMENTS } from "./placements/definition/placements.ts";
import { readPlacements } from "./placements/definition/read_placements.ts";
import { Protection, type ProtectionOptions } from "./protection/protection.ts";
import { type Definitions, Reloading } from "./reloading.ts";
import type { AnyStoreOptions } from "./open_store.ts";

/** A running server of an artifact. */
export interface Serving extends Listening {
  /** The artifact being served. */
  readonly artifact: Artifact;
  readonly protection: Protection;
}

/** Where to listen, where to store events, and who may do what. */
export interface ServeOptions extends Address, Pick<EdgeOptions, "corsOrigins"> {
  /** Whether to print a line of JSON for each request. Default false. */
  accessLog?: boolean;
  /** Whether Deno traces requests; their spans are then named after routes. Default false. */
  tracing?: boolean;
  store?: AnyStoreOptions;
  /** Where histories are that are apart from the artifact. Default beside it. */
  histories?: Pick<ShardsOptions, "place" | "timeout">;
  /**
   * Milliseconds between attempts to open a store that couldn't be opened. Default 30,000; tests
   * set less.
   */
  storeRetryMs?: number;
  protection?: ProtectionOptions;
  /** The file of placements. Default none. */
  placements?: string;
  /** Whether to store what users are shown, and how events are attributed. Default it isn't. */
  exposures?: Pick<ExposuresOptions, "attributionHours">;
  /** The file of experiments; needs `exposures`. Default none. */
  experiments?: string;
  /** What the pages for people show. Default `off`: there are none. */
  pages?: PagesMode;
  /** Makes the pages, unless they are off. Default there are none. */
  makePages?: (served: PagesOptions) => MakePages;
}

/** Whether pages are served, and whether the demo of a shop is among them on any address. */
export type PagesMode = "on" | "off" | "shop";

/** What the pages for people know of the service besides the API. */
export interface PagesOptions extends Pick<Address, "host"> {
  /** The folder of the artifacts, or its URL. */
  readonly source: string;
  readonly mode: Exclude<PagesMode, "off">;
}

/** Windows has no SIGHUP. */
const RELOAD_SIGNAL = Deno.build.os === "windows" ? undefined : "SIGHUP";

/**
 * Loads the current artifact and answers requests from it and from the store. SIGHUP makes it load
 * the artifact that is current then. If the store can't be opened it recommends without one, says
 * so on standard error, and uses the store once it opens. An artifact whose models were never
 * measured is served with a warning there.
 *
 * @param source The folder of the artifact's versions, or its URL, which begins with `https://`.
 * @throws {ArtifactError} If there is no artifact, or it can't be loaded.
 * @throws {InputError} If it can't listen at the address, or a token or the placements are invalid.
 */
export async function serveArtifact(source: string, options: ServeOptions): Promise<Serving> {
  const protection = new Protection(options.protection);
  const metrics = new Metrics();
  const histories = {
    ...options.histories,
    onRead: (seconds: number, error?: Error) => metrics.historyRead(seconds, error),
  };
  const load = async () =>
    warnIfUnmeasured(
      await (isRemote(source) ? fetchArtifact : loadArtifact)(source, { algorithms, histories }),
    );
  const [artifact, late, nameSpan] = await Promise.all([
    load().then(warnIfUnread),
    LateStore.open(options.store, { retryMs: options.storeRetryMs }),
    options.tracing ? openTracing() : undefined,
  ]);
  try {
    const loadDefinitions = (artifact: Artifact) =>
      readDefinitions(options, { artifact, store: late.store });
    const exposuresOf = (store: EventStore | undefined) =>
      store && options.exposures && new Exposures(store, {
        ...options.exposures,
        online: metrics.online,
        onLost: (lists, error) => reportLost(metrics, lists, error),
      });
    let exposures = exposuresOf(late.store);
    const reloading = new Reloading(artifact, {
      load: async () => await requireRead(await load()),
      loadDefinitions,
      ...await loadDefinitions(artifact),
      exposures,
      store: late.store,
      protection,
      metrics,
      pages: pagesOf(source, options),
    });
    late.onLate = (store) => {
      exposures = exposuresOf(store);
      reloading.useStore(store, exposures);
      console.log("The store of events is open: events are stored again");
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
      await exposures?.[Symbol.asyncDispose]();
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

/** Reads the files of placements and of experiments. */
async function readDefinitions(
  { placements: file, experiments: experimentsFile }: ServeOptions,
  { artifact, store }: { artifact: Artifact; store: EventStore | undefined },
): Promise<Definitions> {
  const placements = file === undefined
    ? NO_PLACEMENTS
    : await readPlacements(file, await knownNames(artifact, store));
  if (experimentsFile === undefined) return { placements };
  const names = experimentNames([...artifact.models.keys()], placements);
  return { placements, experiments: await readExperiments(experimentsFile, names) };
}

function reportLost(metrics: Metrics, lists: number, error: StoreError | undefined): void {
  metrics.exposuresLost(lists);
  const reason = error?.message ?? "the store is slower than lists are fetched";
  console.error(
    `${formatCounted(lists, "list")} that users were shown couldn't be stored: ${reason}`,
  );
}

function pagesOf(
  source: string,
  { pages: mode = "off", makePages, host }: ServeOptions,
): MakePages | undefined {
  return mode === "off" ? undefined : makePages?.({ source, host, mode });
}

function warnIfUnmeasured(artifact: Artifact): Artifact {
  const warning = unmeasuredWarning(artifact.manifest);
  if (warning !== undefined) console.error(warning);
  return artifact;
}

/** The first artifact is served though its histories can't be read, by those of the store. */
async function warnIfUnread(artifact: Artifact): Promise<Artifact> {
  try {
    return await requireRead(artifact);
  } catch (error) {
    if (!(error instanceof HistoriesError)) throw error;
    console.error(`${error.message}; lists are made from the store alone until they can be read`);
    return artifact;
  }
}

/**
 * An artifact takes over from another only if its histories can be read.
 *
 * @throws {HistoriesError} If they can't.
 */
async function requireRead(artifact: Artifact): Promise<Artifact> {
  await artifact.interactions.histories.check();
  return artifact;
}

/** @returns Removes the signal handler. */
function reloadOnSignal(reloading: Reloading): () => void {
  if (!RELOAD_SIGNAL) return () => {};
  const reload = async () => {
    try {
      const { version, previous } = await reloading.reload();
      console.log(`Serving artifact ${version}${version === previous ? ", unchanged" : ""}`);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      console.error(`${error.message}\nStill serving artifact ${reloading.artifact.version}`);
    }
  };
  Deno.addSignalListener(RELOAD_SIGNAL, reload);
  return () => Deno.removeSignalListener(RELOAD_SIGNAL, reload);
}

/** One line that says what is served and where. */
export function describeServing(
  { artifact: { version, manifest, models }, url, protection: { tokens } }: Serving,
): string {
  const { users, items } = manifest.data;
  const names = [...models.keys()].map((name) =>
    name === manifest.defaultModel ? `${name} (default)` : name
  );
  return `Serving ${url} from artifact ${version}: ${formatCounted(users, "user")}, ` +
    `${formatCounted(items, "product")}, models ${names.join(", ")}` +
    (tokens.anyMayManage ? "" : "; events and changes are refused: API_TOKENS isn't set") +
    (tokens.readsAreOpen ? "" : "; reading needs a token");
}
