import { InputError } from "../base/input_error.ts";
import type { Handler } from "./http/exchange.ts";
import { problemResponse } from "./http/problem.ts";
import { STATUS_CODE } from "../base/std/http.ts";

/** Where to listen. */
export interface Address {
  /** A name or number of this machine: `127.0.0.1` for itself alone, `0.0.0.0` for everybody. */
  host: string;
  /** 0 lets the system choose a free one. */
  port: number;
}

/** A server that answers. */
export interface Listening {
  /** How to reach it from this machine, without a slash at the end. */
  readonly url: string;
  /**
   * Resolves when the server has stopped, by {@linkcode Listening.stop} or a signal. Whoever waits for it
   * should end the process then: a request that didn't end in time would keep it alive.
   */
  readonly finished: Promise<void>;
  /**
   * Takes no more requests, finishes the open ones and, after a few seconds, waits no longer. Who asks while a body
   * still comes in is told to try again; afterwards nobody is let in.
   */
  stop(): Promise<void>;
}

/** How a server ends. */
export interface ListenOptions extends Address {
  /** How long open requests may take once the server is stopping. Default 4 seconds. */
  graceMs?: number;
  /** Resolves when all bodies are in: Deno breaks off those that aren't when it stops. Default at once. */
  bodiesRead?: () => Promise<void>;
}

/** Of the five seconds that whoever sends a signal waits before killing. */
const GRACE_MS = 4000;

const RETRY_SECONDS = 1;

const STOP_SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT", "SIGBREAK"]
  : ["SIGINT", "SIGTERM"];

/**
 * Answers requests at an address until it is told to stop, or the process is by SIGINT or SIGTERM. A second
 * signal ends the process at once.
 *
 * @throws {InputError} If the address can't be listened on: taken, not this machine's, or not allowed.
 */
export function listen(
  handler: Handler,
  { host, port, graceMs = GRACE_MS, bodiesRead = () => Promise.resolve() }: ListenOptions,
): Listening {
  let isStopping = false;
  const server = open(
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

function open(handler: Handler, { host, port }: Address): Deno.HttpServer<Deno.NetAddr> {
  try {
    return Deno.serve({ hostname: host, port, onListen() {} }, handler);
  } catch (error) {
    const why = error instanceof Deno.errors.AddrInUse
      ? "the port is in use; stop the other program or choose another port with --port (or PORT)"
      : `${
        (error as Error).message
      }; choose another address with --host and --port (or HOST and PORT)`;
    throw new InputError(`Cannot listen on ${host}:${port}: ${why}`, { cause: error });
  }
}

/** Addresses that mean any or this machine can be reached as localhost. */
function urlOf({ hostname, port }: Deno.NetAddr): string {
  const local = ["127.0.0.1", "0.0.0.0", "::", "::1"].includes(hostname);
  const name = local ? "localhost" : hostname.includes(":") ? `[${hostname}]` : hostname;
  return `http://${name}:${port}`;
}
