import { loadArtifact } from "../../../../src/artifact/load.ts";
import { InputError } from "../../../../src/base/input_error.ts";
import { TempFolder } from "../../../../src/base/temp_folder.ts";
import { MS_PER_MINUTE, secondsSince } from "../../../../src/base/time.ts";
import { algorithms } from "../../../../src/models/mod.ts";
import type { Reporter } from "../../../lib/reporter.ts";
import { type ServerProcess, startServer } from "../http/server_process.ts";
import type { Figures } from "../http/service_measures.ts";
import type { Measured } from "../http/service_rows.ts";
import { medians } from "../medians.ts";
import { PYTHON_ROAD, setUpPeers } from "../peers.ts";

const START = new URL("../../../start.ts", import.meta.url).pathname;
const PEER = new URL("../../peers/month.py", import.meta.url).pathname;

/** What both fit, and ours under their names: `item_knn` stands for BM25 and cosine. */
const OWN_MODELS = "popularity,svd,als,item_knn";
const PEER_MODELS = "als,bm25,cosine,svd";

/** How far the numbers of users with new products may differ, as each program samples its own. */
const SAMPLING_ERROR = 0.02;

/** How long a program may take until it answers. */
const MOST_MS = 30 * MS_PER_MINUTE;

const MEGABYTE = 1024 * 1024;

interface Road {
  readonly figures: Figures;
  /** Users whose new products were measured on the test window. */
  readonly users: number;
}

/**
 * Measures the road from raw events to the first list over HTTP beside plain Python: clean, fit the
 * models of both to two windows, measure them, fit the best to all events, serve. The programs
 * alternate, so that other load on the machine affects both.
 *
 * @param file The events, which both read.
 * @throws {InputError} If both didn't measure as many users.
 */
export async function compareWithPython(
  file: string,
  { rounds, reporter }: { rounds: number; reporter: Reporter },
): Promise<Measured[]> {
  reporter.stage("Setting up peers");
  const python = await setUpPeers(PYTHON_ROAD);
  const user = await lastUser(file);
  const own: Figures[] = [], all: Figures[] = [], peer: Figures[] = [];
  for (let round = 1; round <= rounds; round++) {
    const stage = (what: string) => reporter.stage(`${what}, round ${round} of ${rounds}`);
    stage("From events to the first answer");
    const same = await ownRoad(file, user, ["--models", OWN_MODELS]);
    stage("From events to the first answer, in Python");
    const other = await pythonRoad(python, file, user);
    if (Math.abs(same.users - other.users) > SAMPLING_ERROR * same.users) {
      throw new InputError(
        `Cannot compare with Python: both must measure as many users, got ${same.users} here ` +
          `and ${other.users} there; malformed events, which its script doesn't set aside, may ` +
          "be the cause",
      );
    }
    stage("From events to the first answer, the default models");
    all.push((await ownRoad(file, user, [])).figures);
    own.push(same.figures);
    peer.push(other.figures);
  }
  return [
    {
      name: `from events to the first answer, ${OWN_MODELS}`,
      figures: medians(own),
      peer: { name: "pandas, implicit, Surprise, RecTools, Flask", figures: medians(peer) },
    },
    { name: "from events to the first answer, the default models", figures: medians(all) },
  ];
}

/** Longer than the last row of a simulated file. */
const TAIL_BYTES = 4096;

/** The user of a simulated file's last row. The whole file may be longer than a string can be. */
async function lastUser(path: string): Promise<string> {
  using file = await Deno.open(path);
  const { size } = await file.stat();
  const read = async (start: number) => {
    await file.seek(start, Deno.SeekMode.Start);
    const bytes = new Uint8Array(TAIL_BYTES);
    return new TextDecoder().decode(bytes.subarray(0, await file.read(bytes) ?? 0)).trimEnd();
  };
  const [header] = (await read(0)).split("\n");
  const last = (await read(Math.max(0, size - TAIL_BYTES))).split("\n").at(-1)!;
  return last.split(",")[header.split(",").indexOf("user_id")];
}

async function ownRoad(file: string, user: string, options: readonly string[]): Promise<Road> {
  using artifacts = new TempFolder();
  const folder = ["--artifacts", artifacts.path, "--no-cache", "--retrain"];
  const start = performance.now();
  await using server = await startServer(Deno.execPath(), [
    ...["run", "-A", START, "--events", file, "--port", "0", "--quiet"],
    ...folder,
    ...options,
  ], { env: { KV_PATH: ":memory:" }, mostMs: MOST_MS });
  const figures = await firstAnswer(server, user, start);
  const { manifest } = await loadArtifact(artifacts.path, { algorithms });
  const row = manifest.evaluation.find(({ window, task }) => window === "test" && task === "new");
  return { figures, users: Number(row?.users) };
}

async function pythonRoad(python: string, file: string, user: string): Promise<Road> {
  const start = performance.now();
  await using server = await startServer(python, [PEER, file, PEER_MODELS], { mostMs: MOST_MS });
  const figures = await firstAnswer(server, user, start);
  const measured = await (await fetch(`http://127.0.0.1:${server.port}/figures`)).json();
  return { figures, users: measured["test new"].als.users };
}

/** @param start When the program was started. */
async function firstAnswer(server: ServerProcess, user: string, start: number): Promise<Figures> {
  const url = `http://127.0.0.1:${server.port}/recommend/${encodeURIComponent(user)}`;
  const { status, body } = await fetch(url);
  await body?.cancel();
  if (status !== 200) {
    throw new InputError(`Cannot measure the first answer of ${url}: its status is ${status}`);
  }
  return {
    seconds: secondsSince(start),
    cpu_seconds: await server.cpuSeconds(),
    peak_mb: await server.peakMemory() / MEGABYTE,
  };
}
