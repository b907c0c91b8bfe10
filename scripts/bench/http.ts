/**
 * `deno task bench:http`: how fast the service answers, beside a server that only sends a constant.
 */
import { Command } from "commander";
import { currentVersion } from "../../src/artifact/current.ts";
import { TempFolder } from "../../src/base/temp_folder.ts";
import { runTask, wholeNumber } from "../lib/cli.ts";
import { requireCommand } from "../lib/run_command.ts";
import { createReporter, type Reporter } from "../lib/reporter.ts";
import { writeJson } from "../lib/write_json.ts";
import { addPeersOption, addResultOptions, type ResultFlags } from "./lib/bench_options.ts";
import { folderBytes } from "./lib/folder_bytes.ts";
import { FLASK, setUpPeers } from "./lib/peers.ts";
import { reportRows } from "./lib/results.ts";
import { applyLoad, rateOf, requireAnswers } from "./lib/http/load.ts";
import { type ServerProcess, startServer } from "./lib/http/server_process.ts";
import { BENCH_TOKEN, startService } from "./lib/http/service_process.ts";
import {
  type Figures,
  measureEvents,
  measureLatency,
  measureLive,
  measureLoad,
  type MeasureOptions,
  regularLoad,
} from "./lib/http/service_measures.ts";
import { measureOverload } from "./lib/http/overload_measures.ts";
import { type Measured, toRows } from "./lib/http/service_rows.ts";
import { medians } from "./lib/medians.ts";
import { listRequests } from "./lib/http/service_requests.ts";
import { MONTH_EVENTS, shopOf, trainedMonth } from "./lib/month/month_shop.ts";

interface Flags extends ResultFlags {
  readonly events: number;
  readonly folder: string;
  readonly seconds: number;
  readonly rounds: number;
  readonly withPeers?: boolean;
  readonly store?: string;
}

const BARE = new URL("./lib/http/bare_server.ts", import.meta.url).pathname;
const PEER = new URL("./peers/", import.meta.url).pathname;

const CONNECTIONS = 32;
const REGULARS = 1000;
const MEGABYTE = 1024 * 1024;

async function run(flags: Flags): Promise<void> {
  const reporter = createReporter(flags);
  const artifacts = await trainedMonth(flags, reporter);
  const shop = await shopOf(artifacts);
  using temporary = new TempFolder();
  const folder = temporary.path;
  const options = {
    shop,
    seconds: flags.seconds,
    connections: CONNECTIONS,
    regulars: Math.min(REGULARS, shop.users.length >> 1),
    token: BENCH_TOKEN,
  };
  const measured = await measureAll({ artifacts, folder, options, flags, reporter });
  reporter.finish();
  const { events, seconds, rounds } = flags;
  const { connections, regulars } = options;
  const size = { users: shop.users.length, products: shop.products.length };
  const about = { events, ...size, seconds, rounds, connections, regulars };
  await reportRows(toRows("http", measured, about), flags);
}

interface Setting {
  readonly artifacts: string;
  readonly folder: string;
  readonly options: MeasureOptions;
  readonly flags: Flags;
  readonly reporter: Reporter;
}

async function measureAll(setting: Setting): Promise<Measured[]> {
  const { artifacts, folder, options, flags, reporter } = setting;
  reporter.stage("Starting the service");
  const start = await measureStart(setting);
  await using server = await startService(artifacts, folder, flags);
  const lists = await compareLists(server, setting);
  reporter.stage("Measuring uncached lists");
  const live = await measureLive(server, options);
  reporter.stage("Measuring events");
  const events = await measureEvents(server, options);
  reporter.stage("Measuring overload");
  const overload = await measureOverload(server, options);
  const after_load_mb = await server.memory() / MEGABYTE;
  const peer = flags.withPeers ? await measurePeer(setting) : undefined;
  return [
    { name: "recommend", figures: lists.own, ...(peer && { peer }) },
    ...lists.bare,
    { name: "recommend_ratio", figures: { ratio: lists.ratio } },
    ...lists.halfLoad,
    ...Object.entries(live).map(([name, figures]) => ({ name, figures })),
    { name: "events", figures: events },
    ...overload,
    { name: "start", figures: { ...start, after_load_mb } },
    {
      name: "artifact",
      figures: {
        size_mb: await folderBytes(`${artifacts}/${await currentVersion(artifacts)}`) / MEGABYTE,
      },
    },
  ];
}

/** Time from the process's start to its address, and memory after its first list. */
async function measureStart({ artifacts, folder, options, flags }: Setting): Promise<Figures> {
  const runs: Figures[] = [];
  for (let i = 0; i < flags.rounds; i++) {
    await using server = await startService(artifacts, folder, flags);
    const [{ path }] = listRequests(options.shop, { count: 1 });
    await (await fetch(`http://127.0.0.1:${server.port}${path}`)).body?.cancel();
    runs.push({ ready_ms: server.readyMs, resident_mb: await server.memory() / MEGABYTE });
  }
  return medians(runs);
}

/** What bare servers answer with; see `bare_server.ts`. */
const BARE_KINDS = ["constant", "different", "headers"] as const;

/** The service's lists beside the answers of bare servers. */
interface Lists {
  readonly own: Figures;
  readonly bare: readonly Measured[];
  readonly ratio: number;
  /** Latency at half of the lists' rate: the service, and the bare server with constant answers. */
  readonly halfLoad: readonly Measured[];
}

/**
 * Alternates between the service and bare servers, so that other load on the machine affects all.
 */
async function compareLists(
  server: ServerProcess,
  { options, flags, reporter }: Setting,
): Promise<Lists> {
  const load = regularLoad(options);
  reporter.stage("Warming up");
  // Twice, so that the code is compiled for lists from the cache as well.
  for (let i = 0; i < 2; i++) {
    await measureLoad(server, { ...load, seconds: 60, most: 2 * options.regulars }, "lists");
  }
  const [{ path }] = load.requests;
  const { length } = await (await fetch(`http://127.0.0.1:${server.port}${path}`)).text();
  await using started = new AsyncDisposableStack();
  const servers = [server];
  for (const kind of BARE_KINDS) {
    const args = ["run", "--allow-net", BARE, kind, String(length)];
    servers.push(started.use(await startServer(Deno.execPath(), args)));
  }
  for (const each of servers) await measureLoad(each, { ...load, seconds: 1 }, "lists");
  const runs: Figures[][] = servers.map(() => []);
  for (let round = 1; round <= flags.rounds; round++) {
    reporter.stage(`Measuring lists and bare servers, round ${round} of ${flags.rounds}`);
    for (const [i, each] of servers.entries()) {
      runs[i].push((await measureLoad(each, load, "lists")).figures);
    }
  }
  const [own, constant] = runs;
  const ratios = own.map((figures, round) => ({
    ratio: figures.requests_per_second / constant[round].requests_per_second,
  }));
  const bare = BARE_KINDS.map((kind, i) => ({
    name: `bare, ${kind}`,
    figures: medians(runs[i + 1]),
  }));
  const half = medians(own).requests_per_second / 2;
  const latencies: Figures[][] = [[], []];
  // Not alternating: a server that was idle for seconds is slower at first.
  for (const [i, runs] of latencies.entries()) {
    reporter.stage(`Measuring ${i === 0 ? "lists" : "the bare server"} at half of that rate`);
    for (let round = 1; round <= flags.rounds; round++) {
      runs.push(await measureLatency(servers[i], options, half));
    }
  }
  const halfLoad = ["recommend_half_load", "bare, half load"].map((name, i) => ({
    name,
    figures: medians(latencies[i]),
  }));
  return { own: medians(own), bare, ratio: medians(ratios).ratio, halfLoad };
}

/** A typical alternative: Flask and gunicorn with two workers, the model in a pickle. */
async function measurePeer(
  { artifacts, folder, options, reporter }: Setting,
): Promise<{ name: string; figures: Figures }> {
  reporter.stage("Setting up Flask and gunicorn");
  const python = await setUpPeers(FLASK);
  const { users, products } = options.shop;
  const model = `${folder}/model.pkl`;
  const ids = `${folder}/ids.json`;
  await writeJson(ids, { users, products });
  const version = `${artifacts}/${await currentVersion(artifacts)}`;
  await requireCommand("make Flask's model", python, [`${PEER}flask_shop.py`, version, ids, model]);
  await using server = await startServer(python, [
    ...["-m", "gunicorn", "--workers", "2", "--bind", "127.0.0.1:0"],
    // Workers without threads close each connection after one answer.
    ...["--worker-class", "gthread", "--threads", "4", "--keep-alive", "60"],
    ...["--chdir", PEER, "flask_shop:app"],
    // One thread for each matrix product: two workers for two CPUs.
  ], { env: { MODEL: model, OPENBLAS_NUM_THREADS: "1" } });
  reporter.stage("Measuring Flask and gunicorn");
  const load = regularLoad(options);
  // Gunicorn prints its address before the workers have read the model.
  const { port } = server;
  requireAnswers(await applyLoad({ ...load, port, seconds: 60, most: 200 }), "Flask");
  // Its CPU time is the workers', which are processes of their own.
  const result = requireAnswers(await applyLoad({ ...load, port }), "Flask");
  return { name: FLASK.packages[0], figures: { requests_per_second: rateOf(result) } };
}

if (import.meta.main) {
  const command = new Command("deno task bench:http")
    .description(
      "Measures the service with the default artifact of a simulated month: cached lists beside " +
        "a bare Deno.serve, uncached lists, events, start and overload",
    )
    .option("--events <n>", "events of the simulated month", wholeNumber(1000), MONTH_EVENTS)
    .option("--folder <dir>", "folder of the events and artifacts, which are kept", "data")
    .option("--seconds <n>", "length of each load", wholeNumber(1, 60), 4)
    .option("--store <url>", "measure with an empty database of PostgreSQL; see STORE_URL")
    .option("--rounds <n>", "number of starts and of measurements per server", wholeNumber(1), 3)
    .action(run);
  await runTask(addResultOptions(addPeersOption(command, "Flask and gunicorn", FLASK)));
}
