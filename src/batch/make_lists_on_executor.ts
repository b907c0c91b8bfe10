/**
 * Makes lists on a cluster's executor: reads users with their histories from standard input, a line
 * of JSON each, and writes their lists. It is bundled to one file, which the cluster has.
 */
import { fetchArtifact } from "../artifact/fetch.ts";
import { loadArtifact } from "../artifact/load.ts";
import { isRemote } from "../base/fetch_safely.ts";
import { InputError } from "../base/input_error.ts";
import { writeAll } from "../base/write_all.ts";
import { algorithms } from "../models/mod.ts";
import { Recommender } from "../service/recommend/recommender.ts";
import {
  decodeRequest,
  type ExecutorCheck,
  type ExecutorRequest,
  type ListLine,
  PROTOCOL,
  type UserLine,
} from "./executor_messages.ts";
import type { BatchOptions } from "./messages.ts";
import { readBatchQuery } from "./read_query.ts";

/** How many characters are written at once. */
const WRITE_AT = 65_536;

interface Opened {
  readonly recommender: Recommender;
  readonly options: BatchOptions;
  readonly check: Exclude<ExecutorCheck, { error: string }>;
}

async function open({ artifacts, version, query }: ExecutorRequest): Promise<Opened> {
  // The cluster sends histories.
  const histories = { areNeeded: false };
  const artifact = isRemote(artifacts)
    ? await fetchArtifact(version ? `${artifacts}/${version}` : artifacts, {
      algorithms,
      histories,
    })
    : await loadArtifact(artifacts, { algorithms, version, histories });
  const { manifest: { defaultModel, eventWeights }, models } = artifact;
  const options = readBatchQuery(query, { names: [...models.keys()], defaultName: defaultModel });
  const recommender = new Recommender(artifact);
  return {
    recommender,
    options,
    check: { version: artifact.version, model: options.model ?? defaultModel, eventWeights },
  };
}

/** One user's list, like the one that `makeLists()` makes without a store. */
function listOf({ user, events }: UserLine, { recommender, options }: Opened): ListLine {
  const known = events.map(({ p, w, t }) => ({ item: recommender.products.indexOf(p), w, t }))
    .filter(({ item }) => item >= 0);
  const history = {
    items: Uint32Array.from(known, ({ item }) => item),
    weights: Float32Array.from(known, ({ w }) => w),
    times: Uint32Array.from(known, ({ t }) => t),
  };
  const { strategy, model, items } = recommender.recommend(history, options);
  return {
    ...{ user, strategy, model },
    items: items.map(({ productId, score, source }) => ({ p: productId, s: score, o: source })),
  };
}

async function* linesOf(input: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of input.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== "") yield rest;
}

async function check(request: ExecutorRequest): Promise<ExecutorCheck> {
  if (request.protocol !== PROTOCOL) {
    return {
      error: "the program on the executors is of another version than this command; write it " +
        "again (deno task spark:pack) and start the server anew with it",
    };
  }
  try {
    return (await open(request)).check;
  } catch (error) {
    if (error instanceof InputError) return { error: error.message };
    throw error;
  }
}

async function makeLists(request: ExecutorRequest): Promise<void> {
  const opened = await open(request);
  const encoder = new TextEncoder();
  let text = "";
  for await (const line of linesOf(Deno.stdin.readable)) {
    text += `${JSON.stringify(listOf(JSON.parse(line), opened))}\n`;
    if (text.length < WRITE_AT) continue;
    await writeAll(Deno.stdout, encoder.encode(text));
    text = "";
  }
  await writeAll(Deno.stdout, encoder.encode(text));
}

if (import.meta.main) {
  const request = decodeRequest(Deno.args[0]);
  if (request.check) console.log(JSON.stringify(await check(request)));
  else await makeLists(request);
}
