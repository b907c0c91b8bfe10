import { resolve } from "node:path";
import { InputError } from "../../base/input_error.ts";
import type { Progress } from "../../base/progress.ts";
import type { Cleaning } from "../../events/loaded_events.ts";
import { nothingLeft } from "../../events/nothing_left.ts";
import { explainFullDisk, makeScratchFolder } from "../../events/scratch.ts";
import { toInteractions } from "../../events/to_interactions.ts";
import {
  EVENT_WEIGHTS,
  type EventWeights,
  INTEREST_TYPES,
} from "../../interactions/event_weights.ts";
import type { MakeSource } from "../../histories/write_shards.ts";
import type { ShopInteractions } from "../../interactions/interactions.ts";
import { reweigh } from "../../interactions/training_data.ts";
import { checkEvents } from "../clean/check_events.ts";
import { cleanedEvents, cleanedTable, ORDER } from "../clean/clean_query.ts";
import { fetchCleaned } from "../clean/fetch_cleaned.ts";
import type { ClusterOptions } from "../clean/open_on_spark.ts";
import { readServerAddress } from "../connect/server_address.ts";
import { openSession, type SparkSession } from "../connect/session.ts";
import { PART_DIGITS } from "../read/keep_events.ts";
import { sqlText } from "../sql/quote.ts";
import { type ClusterEvents, clusterStatistics } from "../statistics/cluster_statistics.ts";
import { INTEREST } from "../statistics/ratings_query.ts";
import { clusterHistories } from "./cluster_histories.ts";
import { clusterReport } from "./cluster_report.ts";
import { nameProducts, PRODUCTS, readProducts, SHOWS_INTEREST } from "./cluster_products.ts";

/** How a shop is opened for training on sums. */
export type ShopOptions = ClusterOptions & Pick<ClusterEvents, "mostRatings"> & {
  /** The most users whose events come to this machine. */
  readonly sampledUsers: number;
  /** Weights of views, carts and purchases. Default 1, 2 and 4. */
  readonly eventWeights?: EventWeights;
  /** Is told what models leave out, while they are fitted. */
  readonly note?: (text: string) => void;
};

/** A shop whose events stay on a cluster, until it is disposed of. */
export interface ClusterShop extends Cleaning, AsyncDisposable {
  /** The events of sampled users, all products, and the sums over all users. */
  readonly interactions: ShopInteractions;
  /** The session whose table {@linkcode INTEREST} the sums are made of. */
  readonly spark: SparkSession;
  /** Opens the histories of all users. */
  readonly histories: MakeSource;
  /** Numbers of all users and of their events that show interest. */
  readonly all: { readonly users: number; readonly events: number };
}

const [CLEANED, SAMPLED] = ["cleaned", "sampled"];

/**
 * Cleans events on a Spark cluster, where they stay: what comes to this machine is the products,
 * the number of events in each second, and the events of a sample of users, on whom models are
 * measured. Models are fitted from sums that the cluster makes when they are asked for, and from
 * the ratings of all users, if they fit.
 *
 * @throws {InputError} As `openOnSpark()` does.
 */
export async function openShopOnSpark(
  patterns: readonly string[],
  { master, scratch, signal, ...options }: ShopOptions,
  progress?: Progress,
): Promise<ClusterShop> {
  const spark = await openSession(readServerAddress(master));
  const folder = await makeScratchFolder(scratch);
  const close = async () => {
    await spark[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  };
  const interrupt = () => void spark.interrupt().catch(() => {});
  signal?.addEventListener("abort", interrupt, { once: true });
  try {
    return {
      ...await openShop(spark, patterns, { ...options, folder: resolve(folder.path) }, progress),
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw explainFullDisk(error, folder.path);
  }
}

async function openShop(
  spark: SparkSession,
  patterns: readonly string[],
  { folder, sampledUsers, eventWeights, rowsAtOnce, mostRatings, note, ...options }:
    & Omit<ShopOptions, "master" | "scratch" | "signal">
    & { folder: string },
  progress: Progress = () => {},
): Promise<Omit<ClusterShop, keyof AsyncDisposable>> {
  const checked = await checkEvents(
    spark,
    patterns,
    { ...options, folder },
    (share) => progress(0.3 * share),
  );
  const { facts, events: { files }, rejects, steps } = checked;
  const { reading } = facts.description;
  await spark.raisePartitions(facts.description.wanted);
  await spark.keep(CLEANED, cleanedTable(checked.query(), facts), folder);
  await checked.forget();
  const read = { steps, rejected: rejects.length, ignored: reading.ignored };
  const report = await clusterReport(spark, CLEANED, read);
  if (report.rowsOut === 0) throw nothingLeft(report);
  progress(0.6);
  await nameInterest(spark, folder, eventWeights);
  const times = await readTimes(spark);
  if (times.length === 0) {
    throw new InputError(
      "Cannot train on these events: at least one must be a view, a purchase or a cart that " +
        "isn't cancelled",
    );
  }
  const { itemIds, catalogue } = await readProducts(spark, CLEANED, facts.optional);
  progress(0.8);
  const users = await nameSample(spark, { folder, most: sampledUsers, seed: options.seed ?? 1 });
  const rows = Math.ceil(report.rowsOut * Math.min(1, sampledUsers / users));
  const sampled = `(SELECT c.* FROM ${CLEANED} AS c LEFT SEMI JOIN ${SAMPLED} AS s ` +
    "ON c.user_id = s.user_id WHERE c.dropped = 0)";
  const { pieces } = await fetchCleaned(spark, {
    attempted: "fetch the events of sampled users",
    query: (range) => cleanedEvents(sampled, facts, range),
    ...{ folder, rows, rowsAtOnce, ...read },
  });
  const sample = await toInteractions(pieces);
  const weighed = eventWeights ? reweigh(sample, eventWeights) : sample;
  const statistics = clusterStatistics({
    ...{ spark, items: itemIds.size, times, folder, mostRatings, note },
  });
  progress(1);
  return {
    ...{ spark, files, report, rejects, reading },
    histories: clusterHistories({ spark, items: itemIds.size, times, rowsAtOnce }),
    all: { users, events: times.length },
    interactions: {
      ...weighed,
      ...{ itemIds, catalogue, statistics },
      items: weighed.items.map((item) => itemIds.indexOf(sample.itemIds.idAt(item))),
    },
  };
}

/** The parts of users in the order of the digests of their ids. */
const DIGEST_PART =
  `CAST(conv(substring(sha2(CAST(user_id AS STRING), 256), 1, ${PART_DIGITS}), 16, 10) AS INT)`;

/**
 * Names the table of events that show interest, and has Spark keep it: all events of a part in one
 * partition, in the order of users, sessions and time, so that sums over users need neither move
 * nor sort them.
 */
async function nameInterest(
  spark: SparkSession,
  folder: string,
  weights: EventWeights = EVENT_WEIGHTS,
): Promise<void> {
  await nameProducts(spark, CLEANED, folder);
  const cases = INTEREST_TYPES.map((type) => `WHEN ${EVENT_WEIGHTS[type]} THEN ${weights[type]}`);
  await spark.keep(
    INTEREST,
    `SELECT /*+ REPARTITION(part) */ * FROM (
SELECT ${DIGEST_PART} AS part, user_id, user_session AS session, item,
CAST(CASE CAST(rating AS INT) ${cases.join(" ")} ELSE rating END AS FLOAT) AS weight,
unix_micros(event_time) div 1000000 AS time, event_time, ${ORDER.join(", ")}
FROM ${CLEANED} AS c JOIN ${PRODUCTS} AS p ON c.product_id = p.product_id WHERE ${SHOWS_INTEREST})
SORT BY part, user_id, session, event_time, ${ORDER.join(", ")}`,
    folder,
  );
}

/** The times of all events, ascending, from the number of events in each second. */
async function readTimes(spark: SparkSession): Promise<Uint32Array> {
  const seconds: { time: Float64Array; events: Int32Array }[] = [];
  let events = 0;
  const batches = spark.columnBatches<typeof seconds[number]>(
    "count the events of each second",
    `SELECT CAST(time AS DOUBLE) AS time, CAST(count(*) AS INT) AS events FROM ${INTEREST} ` +
      "GROUP BY time ORDER BY time",
  );
  for await (const batch of batches) {
    seconds.push(batch);
    events = batch.events.reduce((sum, count) => sum + count, events);
  }
  const times = new Uint32Array(events);
  let at = 0;
  for (const { time, events } of seconds) {
    for (let p = 0; p < time.length; p++) times.fill(time[p], at, at += events[p]);
  }
  return times;
}

/**
 * Names the users whose events come to this machine: all, or a sample that the seed determines.
 *
 * @returns The number of all users.
 */
async function nameSample(
  spark: SparkSession,
  { folder, most, seed }: { folder: string; most: number; seed: number },
): Promise<number> {
  const all = `SELECT DISTINCT user_id FROM ${INTEREST}`;
  const [{ users }] = await spark.rows<{ users: number }>(
    "count the users",
    `SELECT CAST(count(*) AS DOUBLE) AS users FROM (${all})`,
  );
  const shuffled = `md5(concat(${sqlText(`${seed}:`)}, CAST(user_id AS STRING)))`;
  await spark.keep(
    SAMPLED,
    users <= most
      ? all
      : `SELECT user_id FROM (${all}) ORDER BY ${shuffled}, user_id LIMIT ${most}`,
    folder,
  );
  return users;
}
