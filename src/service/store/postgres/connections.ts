import type postgres from "postgres";
import { Deadline } from "../deadline.ts";
import type { StoreAddress } from "./store_url.ts";
import { fromStored, toStored } from "./stored_text.ts";

/** How connections are made. */
export interface ConnectionOptions {
  readonly address: StoreAddress;
  /** The most connections at the same time. */
  readonly most: number;
  /** How long a call may take, in seconds. */
  readonly timeout: number;
}

/** A value that a statement takes; objects are passed as JSON. */
export type Parameter = string | number | boolean | null | object;

/** The slowest attempts to connect again, in seconds. */
const SLOWEST_RETRY = 1;

/**
 * Connections to PostgreSQL with a deadline for each call. They are made when needed, made again
 * when they break, and all replaced after a call that had no answer, since the others may be dead
 * as well.
 */
export class Connections implements Disposable {
  readonly #options: ConnectionOptions;
  readonly #deadline: Deadline;
  readonly #open: () => postgres.Sql;
  #sql: postgres.Sql;

  private constructor(options: ConnectionOptions, open: () => postgres.Sql) {
    this.#options = options;
    this.#open = open;
    this.#sql = open();
    this.#deadline = new Deadline(options.timeout);
    this.#deadline.probe = () => {
      this.#renew();
      return this.#sql`SELECT 1`;
    };
  }

  /** Prepares connections; none is made before the first call. */
  static async open(options: ConnectionOptions): Promise<Connections> {
    // Loaded only for stores in PostgreSQL.
    const { default: connect } = await import("postgres");
    const ssl = await tlsOf(options.address);
    const { hosts, database, user, password } = options.address;
    return new Connections(options, () =>
      connect({
        host: hosts.map(({ host }) => host),
        port: hosts.map(({ port }) => port),
        database,
        user,
        pass: password,
        max: options.most,
        ssl,
        // A standby answers too, but can't store anything.
        ...(hosts.length > 1 && { target_session_attrs: "primary" as const }),
        connect_timeout: options.timeout,
        backoff: (retries: number) => Math.min(SLOWEST_RETRY, 0.05 * 2 ** retries),
        connection: { application_name: "recommender", search_path: "recommender" },
        fetch_types: false,
        onnotice: () => {},
        // Several ports are an option that the package's types lack.
      } as unknown as postgres.Options<Record<string, never>>));
  }

  /** What messages call the store. */
  get name(): string {
    return this.#options.address.name;
  }

  /**
   * Runs a statement that returns one column and at most one row.
   *
   * @returns The column, read as JSON if it is text; undefined without a row.
   */
  async ask<T>(statement: string, ...parameters: readonly Parameter[]): Promise<T> {
    const values = parameters.map((value) =>
      typeof value === "string" || (typeof value === "object" && value !== null)
        ? toStored(value)
        : value === null
        ? null
        : String(value)
    );
    const [row] = await this.#deadline.run(() =>
      Promise.resolve(this.#sql.unsafe(statement, values, { prepare: true }).values())
    );
    return fromStored(row?.[0]) as T;
  }

  /** Runs statements without parameters, one after another on any connection. */
  async run(statement: string): Promise<void> {
    await this.#sql.unsafe(statement);
  }

  /** Runs statements in one transaction, on one connection, without a deadline. */
  async transact(run: (ask: (statement: string) => Promise<unknown[][]>) => Promise<void>) {
    await this.#sql.begin((sql) => run(async (statement) => await sql.unsafe(statement).values()));
  }

  #renew(): void {
    const old = this.#sql;
    this.#sql = this.#open();
    old.end({ timeout: 0 }).catch(() => {});
  }

  [Symbol.dispose](): void {
    this.#deadline[Symbol.dispose]();
    this.#sql.end({ timeout: 0 }).catch(() => {});
  }
}

/** As libpq: only the modes that verify check the certificate. */
async function tlsOf({ sslMode, rootCertificate }: StoreAddress) {
  if (sslMode === "disable") return false;
  if (sslMode === "prefer" || sslMode === "require") return sslMode;
  const ca = rootCertificate === undefined ? undefined : await Deno.readTextFile(rootCertificate);
  const checksName = sslMode === "verify-full";
  return {
    rejectUnauthorized: true,
    ...(ca !== undefined && { ca }),
    ...(!checksName && { checkServerIdentity: () => undefined }),
  };
}
