/** `deno task bench:http`: how fast the service answers, beside a server that does nothing. */
import { Command } from "commander";
import { currentVersion } from "../../src/artifact/current.ts";
import { TempFolder } from "../../src/base/temp_folder.ts";
import { runTask, wholeNumber } from "../lib/cli.ts";
import { createReporter, type Reporter } from "../lib/reporter.ts";
import { benchArtifact } from "./lib/http/bench_shop.ts";
import { folderBytes } from "./lib/folder_bytes.ts";
import { FLASK, setUpPeers } from "./lib/peers.ts";
import { reportRows } from "./lib/results.ts";
import { type ServerProcess, startServer } from "./lib/http/server_process.ts";
import { BENCH_TOKEN, startService } from "./lib/http/service_process.ts";
import {
  type Figures,
  measureEvents,
  measureLatency,
  measureLive,
  measureLoad,
  type MeasureOptions,
  measureOverload,
  regularLoad,
} from "./lib/http/service_measures.ts";
import { type Measured, medians, toRows } from "./lib/http/service_rows.ts";
import { listRequests } from "./lib/http/service_requests.ts";
import { SHOP_SIZE, type SyntheticSize } from "./lib/speed/synthetic_matrix.ts";

interface Flags extends SyntheticSize {
  readonly seconds: number;
  readonly rounds: number;
  readonly withPeers?: boolean;
  readonly json?: string;
  readonly quiet?: boolean;
}

const CONFIG = new URL("../../deno.json", import.meta.url).pathname;
const BARE = new URL("./lib/http/bare_server.ts", import.meta.url).pathname;
const PEER = new URL("./peers/", import.meta.url).pathname;

const CONNECTIONS = 32;
const REGULARS = 1000;
const MEGABYTE = 1024 * 1024;

async function run(flags: Flags): Promise<void> {
  const reporter = createReporter(flags);
  const artifacts = await benchArtifact(flags, reporter);
  using temporary = new TempFolder();
  const folder = temporary.path;
  const options = {
    shop: flags,
    seconds: flags.seconds,
    connections: CONNECTIONS,
    regulars: Math.min(REGULARS, flags.users >> 1),
    token: BENCH_TOKEN,
  };
  const measured = await measureAll({ artifacts, folder, options, flags, reporter });
  reporter.finish();
  const { users, items, pairs, seconds, rounds } = flags;
  const { connections, regulars } = options;
  const about = { users, items, pairs, seconds, rounds, connections, regulars };
  await reportRows(toRows(measured, about), flags);
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
  await using server = await startService(artifacts, folder);
  const lists = await compareLists(server, setting);
  reporter.stage("Lists made live");
  const live = await measureLive(server, options);
  reporter.stage("Events");
  const events = await measureEvents(server, options);
  reporter.stage("Overload");
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
    { name: "overload", figures: overload },
    { name: "start", figures: { ...start, after_load_mb } },
    {
      name: "artifact",
      figures: {
        size_mb: await folderBytes(`${artifacts}/${await currentVersion(artifacts)}`) / MEGABYTE,
      },
    },
  ];
}

/** From nothing to a server that says where it serves and has answered with a list. */
async function measureStart({ artifacts, folder, options, flags }: Setting): Promise<Figures> {
  const runs: Figures[] = [];
  for (let i = 0; i < flags.rounds; i++) {
    await using server = await startService(artifacts, folder);
    const [{ path }] = listRequests(options.shop, { count: 1 });
    await (await fetch(`http://127.0.0.1:${server.port}${path}`)).body?.cancel();
    runs.push({ ready_ms: server.readyMs, resident_mb: await server.memory() / MEGABYTE });
  }
  return medians(runs);
}

/** What a bare server can answer with; see `bare_server.ts`. */
const BARE_KINDS = ["constant", "different", "headers"] as const;

/** How lists compare with what bare servers answer. */
interface Lists {
  readonly own: Figures;
  readonly bare: readonly Measured[];
  readonly ratio: number;
  /** At half of the lists' load: the service, and the bare server that always answers the same. */
  readonly halfLoad: readonly Measured[];
}

/** The service and bare servers in turn, so that whatever else the machine does befalls all. */
async function compareLists(
  server: ServerProcess,
  { options, flags, reporter }: Setting,
): Promise<Lists> {
  const load = regularLoad(options);
  reporter.stage("The first list of each user");
  // Twice: the second has the runtime compile what it runs from then on.
  for (let i = 0; i < 2; i++) {
    await measureLoad(server, { ...load, seconds: 60, most: 2 * options.regulars }, "lists");
  }
  const [{ path }] = load.requests;
  const { length } = await (await fetch(`http://127.0.0.1:${server.port}${path}`)).text();
  await using started = new AsyncDisposableStack();
  const servers = [server];
  for (const kind of BARE_KINDS) {
    const args = ["run", "--allow-net", "--config", CONFIG, BARE, kind, String(length)];
    servers.push(started.use(await startServer(Deno.execPath(), args)));
  }
  for (const each of servers) await measureLoad(each, { ...load, seconds: 1 }, "lists");
  const runs: Figures[][] = servers.map(() => []);
  for (let round = 1; round <= flags.rounds; round++) {
    reporter.stage(`Lists beside bare servers, round ${round} of ${flags.rounds}`);
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
  // One after the other: a server that was idle for seconds is slower for a moment.
  for (const [i, runs] of latencies.entries()) {
    reporter.stage(i === 0 ? "Half of that load" : "The same, of a bare server");
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

/** What the service replaces: Flask and gunicorn with two workers, and a model out of a pickle. */
async function measurePeer(
  { artifacts, folder, options, reporter }: Setting,
): Promise<{ name: string; figures: Figures }> {
  reporter.stage("Setting up Flask and gunicorn");
  const python = await setUpPeers(FLASK);
  const { users, items } = options.shop;
  const model = `${folder}/model.pkl`;
  const making = new Deno.Command(python, {
    args: [`${PEER}flask_shop.py`, artifacts, model, String(users), String(items)],
  });
  const { success, stderr } = await making.output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  await using server = await startServer(python, [
    ...["-m", "gunicorn", "--workers", "2", "--bind", "127.0.0.1:0"],
    // Workers without threads would close each connection after one answer.
    ...["--worker-class", "gthread", "--threads", "4", "--keep-alive", "60"],
    ...["--chdir", PEER, "flask_shop:app"],
    // One thread for each product: there are two workers for two processors.
  ], { env: { MODEL: model, OPENBLAS_NUM_THREADS: "1" } });
  reporter.stage("Flask and gunicorn");
  const load = regularLoad(options);
  // It says where it serves before it has read its model.
  await measureLoad(server, { ...load, seconds: 60, most: 200 }, "Flask");
  const result = await measureLoad(server, load, "Flask");
  const { requests_per_second } = result.figures;
  return { name: FLASK.packages[0], figures: { requests_per_second } };
}

if (import.meta.main) {
  const command = new Command("deno task bench:http")
    .description(
      "Measures the service on a made-up shop: lists beside a bare Deno.serve, live lists, events, start, overload",
    )
    .option("--users <n>", "users of the shop", wholeNumber(2), SHOP_SIZE.users)
    .option("--items <n>", "items of the shop", wholeNumber(1), SHOP_SIZE.items)
    .option("--pairs <n>", "pairs of a user and an item", wholeNumber(1), SHOP_SIZE.pairs)
    .option("--seconds <n>", "how long each load lasts", wholeNumber(1, 60), 4)
    .option(
      "--rounds <n>",
      "how many times to start, and to measure beside the bare server",
      wholeNumber(1),
      3,
    )
    .option(
      "--with-peers",
      "measure Flask and gunicorn too; they are installed in .venv-peers-flask",
    )
    .option("--json <file>", "also write the figures as JSON")
    .option("--quiet", "say nothing of the progress")
    .action(run);
  await runTask(command);
}
