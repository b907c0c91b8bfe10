import { InputError } from "../base/input_error.ts";
import type { Handler } from "./http/exchange.ts";
import { problemResponse } from "./http/problem.ts";
import { STATUS_CODE } from "../base/std/http.ts";
import { sleep } from "../base/time.ts";

/** Where to listen. */
export interface Address {
  /**
   * An address or name of this machine: `127.0.0.1` is reachable from here only, `0.0.0.0` from
   * everywhere.
   */
  host: string;
  /** 0 lets the system choose a free port. */
  port: number;
}

/** A running server. */
export interface Listening {
  /** Its URL on this machine, without a slash at the end. */
  readonly url: string;
  /**
   * Resolves when the server has stopped, by {@linkcode Listening.stop} or a signal. The process
   * should exit then: a request that didn't finish in time would keep it alive.
   */
  readonly finished: Promise<void>;
  /**
   * Finishes open requests, for a few seconds at most, and accepts no others. While a body is still
   * being read, new requests get 503; then connections are refused.
   */
  stop(): Promise<void>;
}

/** Where a server listens and how it stops. */
export interface ListenOptions extends Address {
  /**
   * How long a stopping server waits for open requests, in milliseconds. Default 4,000; tests set
   * less.
   */
  graceMs?: number;
  /**
   * Resolves when all bodies are read, since Deno aborts the others when it stops. Default
   * immediately.
   */
  bodiesRead?: () => Promise<void>;
}

/** Process managers commonly wait five seconds after a signal before they kill. */
const GRACE_MS = 4000;

const RETRY_SECONDS = 1;

/**
 * Milliseconds between attempts to accept connections again, for example without file descriptors.
 */
const REOPEN_MS = 250;

/** After this many milliseconds without a failure, the next one is logged again. */
const QUIET_MS = 10_000;

const STOP_SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT", "SIGBREAK"]
  : ["SIGINT", "SIGTERM"];

/**
 * Answers requests at an address until stopped, by the caller or by SIGINT or SIGTERM. A second
 * signal ends the process immediately.
 *
 * @throws {InputError} If it can't listen there: the port is in use, the address isn't this
 *   machine's, or it has no permission.
 */
export function listen(
  handler: Handler,
  { host, port, graceMs = GRACE_MS, bodiesRead = () => Promise.resolve() }: ListenOptions,
): Listening {
  let isStopping = false;
  const server = new LastingServer(
    (request, exchange) => isStopping ? stopping(request) : handler(request, exchange),
    { host, port },
  );
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>();

  const stop = async () => {
    for (const signal of STOP_SIGNALS) Deno.removeSignalListener(signal, stop);
    isStopping = true;
    const timer = setTimeout(finish, graceMs);
    bodiesRead().then(() => server.shutdown()).then(finish);
    await finished;
    clearTimeout(timer);
  };
  for (const signal of STOP_SIGNALS) Deno.addSignalListener(signal, stop);
  return { url: urlOf(server.addr), finished, stop };
}

/**
 * A server that outlives failures to accept a connection. When the process is out of file
 * descriptors, Deno closes the listening socket for good, though open connections are still
 * answered: this opens another one at the same address, and keeps trying until it accepts.
 */
class LastingServer {
  readonly addr: Deno.NetAddr;
  readonly #handler: Handler;
  /** The current server, then those that no longer accept but may have open connections. */
  #servers: Deno.HttpServer<Deno.NetAddr>[] = [];
  #isShutDown = false;
  #failedAt = -Infinity;

  /** @throws {InputError} If it can't listen there. */
  constructor(handler: Handler, address: Address) {
    this.#handler = handler;
    this.addr = this.#open(address).addr;
  }

  #open(address: Address): Deno.HttpServer<Deno.NetAddr> {
    const server = open(this.#handler, address);
    this.#servers.unshift(server);
    server.finished.catch((error) => this.#reopen(error));
    return server;
  }

  async #reopen(error: Error): Promise<void> {
    this.#log(error);
    const { hostname: host, port } = this.addr;
    while (true) {
      await sleep(REOPEN_MS);
      if (this.#isShutDown) return;
      try {
        this.#open({ host, port });
        return;
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        this.#log(error);
      }
    }
  }

  /** Logs the first of a series of failures. */
  #log(error: Error): void {
    const now = performance.now();
    if (now - this.#failedAt > QUIET_MS) {
      console.error(
        `Cannot accept connections: ${error.message}; open ones are still answered, and new ones ` +
          "are accepted when possible. Raise the limit of open files (LimitNOFILE, ulimit -n)",
      );
    }
    this.#failedAt = now;
  }

  /** Resolves when all open requests are answered; accepts no others. */
  async shutdown(): Promise<void> {
    this.#isShutDown = true;
    await Promise.allSettled(this.#servers.map((server) => server.shutdown()));
  }
}

function stopping(request: Request): Response {
  return problemResponse(
    {
      status: STATUS_CODE.ServiceUnavailable,
      detail: "The service is stopping; try again later",
      retryAfter: RETRY_SECONDS,
    },
    URL.parse(request.url)?.pathname ?? "/",
    { connection: "close" },
  );
}

/**
 * Checks that an address is free, for commands that work for minutes before they listen.
 *
 * @throws {InputError} As {@linkcode listen}.
 */
export function requireAddress(address: Address): void {
  using _ = attempt(address, () => Deno.listen({ hostname: address.host, port: address.port }));
}

function open(handler: Handler, address: Address): Deno.HttpServer<Deno.NetAddr> {
  const { host, port } = address;
  return attempt(
    address,
    () => Deno.serve({ hostname: host, port, onListen() {} }, handler),
  );
}

function attempt<Result>({ host, port }: Address, listen: () => Result): Result {
  try {
    return listen();
  } catch (error) {
    const why = error instanceof Deno.errors.AddrInUse
      ? "the port is in use; stop the other program or choose another port with --port (or PORT)"
      : `${
        (error as Error).message
      }; choose another address with --host and --port (or HOST and PORT)`;
    throw new InputError(`Cannot listen on ${host}:${port}: ${why}`, { cause: error });
  }
}

/** Wildcard and loopback addresses are shown as localhost. */
function urlOf({ hostname, port }: Deno.NetAddr): string {
  const local = ["127.0.0.1", "0.0.0.0", "::", "::1"].includes(hostname);
  const name = local ? "localhost" : hostname.includes(":") ? `[${hostname}]` : hostname;
  return `http://${name}:${port}`;
}
