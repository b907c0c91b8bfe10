import { create } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { createTransport } from "@connectrpc/connect/protocol-grpc";
import { tableFromIPC } from "apache-arrow";
import {
  InterruptRequest_InterruptType,
  type Plan,
  PlanSchema,
  SparkConnectService,
} from "../generated/spark/connect/base_pb.ts";
import type { Relation } from "../generated/spark/connect/relations_pb.ts";
import { sqlText } from "../sql/quote.ts";
import { identifyServer, type ServerFacts } from "./identify_server.ts";
import { createHttp2Client } from "./http2_client.ts";
import { execute } from "./execute.ts";
import { explainError } from "./explain_error.ts";
import { type ServerAddress } from "./server_address.ts";
import { commandPlan, filesRelation, type SourceFiles, sqlRelation, writePlan } from "./plans.ts";

/** Columns by name, equally long. */
export type BatchColumns = Readonly<
  Record<string, Int32Array | Float32Array | Float64Array | readonly string[]>
>;

/**
 * Settings of every session: the rules of SQL must not depend on the cluster's own settings. Lists
 * of more than three words become sets: a comparison with each is code that Java must interpret.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  "spark.sql.session.timeZone": "UTC",
  "spark.sql.ansi.enabled": "false",
  "spark.sql.caseSensitive": "true",
  "spark.sql.legacy.timeParserPolicy": "CORRECTED",
  "spark.sql.optimizer.inSetConversionThreshold": "3",
  // Rows that lie together by one column of a join are joined where they are.
  "spark.sql.requireAllClusterKeysForCoPartition": "false",
  // By default Spark coalesces partitions up to 64 MB, too much for an executor of 1 GB to
  // aggregate in memory.
  "spark.sql.adaptive.advisoryPartitionSizeInBytes": "16m",
  // What is kept takes twice as long to write if it is compressed.
  "spark.sql.inMemoryColumnarStorage.compressed": "false",
};

/** The server's own limit of a message is 128 MiB; batches have 4 MiB. */
const MOST_MESSAGE_BYTES = 256 << 20;

/** The setting of how many partitions Spark shuffles rows into. */
const PARTITIONS = "spark.sql.shuffle.partitions";

/** The most rows of a partition, which a task of a small executor can sort in memory. */
const PARTITION_ROWS = 1 << 18;

const OPENING = "open a session";

/** A session on a Spark Connect server; disposing of it ends it and interrupts what runs in it. */
export interface SparkSession extends AsyncDisposable {
  readonly server: ServerFacts;
  /**
   * Runs a query and yields its rows as they come, each batch as an Arrow stream with its schema.
   * Batches that aren't read hold the server back, so memory stays bounded.
   *
   * @param attempted What the query is for, to follow "Cannot" in messages.
   * @throws {InputError} If the server is gone or refuses the query.
   */
  batches(attempted: string, query: string): AsyncGenerator<Uint8Array>;
  /**
   * Runs a query with a small result. 64-bit integers come as `bigint` unless the query casts them.
   *
   * @throws {InputError} As {@linkcode batches}.
   */
  rows<Row>(attempted: string, query: string): Promise<Row[]>;
  /**
   * Runs a query whose columns are numbers of at most 32 bits, floats or texts, and yields each
   * batch's columns by name.
   *
   * @throws {InputError} As {@linkcode batches}.
   */
  columnBatches<Columns extends BatchColumns>(
    attempted: string,
    query: string,
  ): AsyncGenerator<Columns>;
  /**
   * The columns of a query's result: their names, and their types as Arrow writes them.
   *
   * @throws {InputError} As {@linkcode batches}.
   */
  columns(attempted: string, query: string): Promise<{ name: string; type: string }[]>;
  /**
   * Gives a query's result or files a name that later queries use like a table. Reading waits.
   *
   * @param attempted What it is for, to follow "Cannot" in messages. Default that it is named.
   * @throws {InputError} As {@linkcode batches}, or if there are no such files.
   */
  view(name: string, source: string | SourceFiles, attempted?: string): Promise<void>;
  /**
   * Gives a query's result a name that later queries use like a table, and has the server compute
   * it once and keep it until it is forgotten or the session is disposed of: Spark on the disks of
   * its executors, Sail, which runs on this machine, in files.
   *
   * @param folder Where Sail writes them; Spark needs none.
   * @throws {InputError} As {@linkcode batches}.
   */
  keep(name: string, query: string, folder?: string): Promise<void>;
  /**
   * Raises the number of partitions that Spark shuffles rows into, if it is too low for a task to
   * sort its share of the given number of rows in memory. Does nothing on Sail.
   */
  raisePartitions(rows: number): Promise<void>;
  /** Has the server remove what it keeps by this name. */
  forget(name: string): Promise<void>;
  /**
   * Has the server write a query's result as Parquet files, all of them or none.
   *
   * @param folder A path or address that the server and its executors can write; must not exist.
   * @throws {InputError} As {@linkcode batches}, or if the folder exists.
   */
  write(attempted: string, query: string, folder: string): Promise<void>;
  /** Interrupts everything that runs in this session. */
  interrupt(): Promise<void>;
}

/**
 * Opens a session on a Spark Connect server.
 *
 * @throws {InputError} If no server answers, it isn't Spark Connect, or it is older than 4.0.
 *
 * @example
 * ```ts ignore
 * await using spark = await openSession(readServerAddress("sc://127.0.0.1:15002"));
 * const rows = await spark.rows<{ n: number }>("count", "SELECT CAST(count(*) AS INT) n FROM t");
 * ```
 */
export async function openSession(address: ServerAddress): Promise<SparkSession> {
  const http = createHttp2Client(address.url);
  const transport = createTransport({
    httpClient: http.send,
    baseUrl: address.url,
    interceptors: [(next) => (request) => {
      for (const [name, value] of Object.entries(address.headers)) request.header.set(name, value);
      return next(request);
    }],
    useBinaryFormat: true,
    acceptCompression: [],
    sendCompression: null,
    compressMinBytes: 0,
    readMaxBytes: MOST_MESSAGE_BYTES,
    writeMaxBytes: MOST_MESSAGE_BYTES,
  });
  const client = createClient(SparkConnectService, transport);
  const identity = {
    sessionId: crypto.randomUUID(),
    userContext: { userId: address.user },
    clientType: "recommender",
  };
  const explain = (error: unknown, attempted: string) =>
    explainError(error, attempted, address.shown);

  async function* run(
    attempted: string,
    plan: Plan,
    options?: { waits: readonly number[] },
  ): AsyncGenerator<Uint8Array> {
    try {
      for await (const { responseType } of execute(client, identity, plan, options)) {
        if (responseType.case === "arrowBatch") yield responseType.value.data;
      }
    } catch (error) {
      throw explain(error, attempted);
    }
  }
  const batches = (attempted: string, query: string) => run(attempted, planOf(sqlRelation(query)));
  const rows = async <Row>(attempted: string, query: string): Promise<Row[]> =>
    await rowsOf(batches(attempted, query));
  async function* columnBatches<Columns extends BatchColumns>(attempted: string, query: string) {
    for await (const batch of batches(attempted, query)) {
      const table = tableFromIPC(batch);
      const columns = table.schema.fields
        .map(({ name }) => [name, table.getChild(name)!.toArray()]);
      yield Object.fromEntries(columns) as Columns;
    }
  }
  const view: SparkSession["view"] = async (name, source, attempted = `name ${name}`) => {
    const relation = typeof source === "string" ? sqlRelation(source) : filesRelation(source);
    for await (const _ of run(attempted, commandPlan(name, relation)));
  };

  const kept = new Set<string>();
  const forget: SparkSession["forget"] = async (name) => {
    if (!kept.delete(name)) return;
    const plan = planOf(sqlRelation(`UNCACHE TABLE IF EXISTS ${name}`));
    for await (const _ of run(`forget ${name}`, plan, { waits: [] }));
  };
  const interrupt = async () => {
    await client.interrupt({ ...identity, interruptType: InterruptRequest_InterruptType.ALL });
  };

  try {
    const asked = planOf(sqlRelation("SELECT version() AS version"));
    // An address where nothing listens is more likely wrong than about to be used.
    const [{ version }] = await rowsOf<{ version: string }>(run(OPENING, asked, { waits: [] }));
    const server = identifyServer(version, address.shown);
    const set = async (settings: Readonly<Record<string, string>>) => {
      const pairs = Object.entries(settings).map(([key, value]) => ({ key, value }));
      const operation = { opType: { case: "set", value: { pairs } } } as const;
      await client.config({ ...identity, operation });
    };
    await set(SETTINGS);
    return {
      server,
      batches,
      rows,
      columnBatches,
      async columns(attempted, query) {
        for await (const batch of batches(attempted, `SELECT * FROM (${query}) LIMIT 0`)) {
          const { schema } = tableFromIPC(batch);
          return schema.fields.map(({ name, type }) => ({ name, type: String(type) }));
        }
        throw new Error("A result without rows must have a batch that tells its columns");
      },
      view,
      async keep(name, query, folder) {
        const attempted = `keep ${name}`;
        if (server.name === "Spark") {
          // Spark shares what is kept among sessions, and takes files that have changed for the
          // same: the condition makes it this session's own.
          await view(name, `SELECT * FROM (${query}) WHERE '${identity.sessionId}' <> ''`);
          kept.add(name);
          await rows(attempted, `CACHE TABLE ${name} OPTIONS('storageLevel' 'DISK_ONLY')`);
          return;
        }
        if (folder === undefined) throw new Error(`Cannot ${attempted}: Sail needs a folder`);
        const path = `${folder}/${name}`;
        await rows(
          attempted,
          `INSERT OVERWRITE DIRECTORY ${sqlText(path)} USING parquet ${query}`,
        );
        await view(name, { format: "parquet", paths: [path] });
      },
      async raisePartitions(number) {
        if (server.name !== "Spark") return;
        const [{ value }] = await rows<{ value: string }>("read a setting", `SET ${PARTITIONS}`);
        const partitions = Math.ceil(number / PARTITION_ROWS);
        if (partitions > Number(value)) await set({ [PARTITIONS]: String(partitions) });
      },
      forget,
      async write(attempted, query, folder) {
        for await (const _ of run(attempted, writePlan(sqlRelation(query), folder)));
      },
      interrupt,
      async [Symbol.asyncDispose]() {
        // Spark keeps tables beyond the session, and what still runs may write one.
        if (kept.size > 0) await interrupt().catch(() => {});
        for (const name of kept) await forget(name).catch(() => {});
        // The server ends sessions that nobody uses by itself.
        await client.releaseSession(identity).catch(() => {});
        http[Symbol.dispose]();
      },
    };
  } catch (error) {
    http[Symbol.dispose]();
    throw explain(error, OPENING);
  }
}

async function rowsOf<Row>(batches: AsyncIterable<Uint8Array>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of batches) {
    for (const row of tableFromIPC(batch)) rows.push(row.toJSON() as Row);
  }
  return rows;
}

function planOf(relation: Relation): Plan {
  return create(PlanSchema, { opType: { case: "root", value: relation } });
}
