import { InputError } from "../interactions/input_error.ts";
import { Draining } from "./draining.ts";
import type { Handler } from "./http.ts";

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
  /** Takes no more requests, finishes the open ones and, after a few seconds, waits no longer. */
  stop(): Promise<void>;
}

/** Of the five seconds that whoever sends a signal waits before killing. */
const GRACE_MS = 4000;

const STOP_SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT", "SIGBREAK"]
  : ["SIGINT", "SIGTERM"];

/**
 * Answers requests at an address until it is told to stop, or the process is by SIGINT or SIGTERM. A second
 * signal ends the process at once.
 *
 * @param graceMs How long open requests may take once the server is stopping. Default 4 seconds.
 * @throws {InputError} If the address can't be listened on: taken, not this machine's, or not allowed.
 */
export function listen(
  handler: Handler,
  { host, port, graceMs = GRACE_MS }: Address & { graceMs?: number },
): Listening {
  const draining = new Draining(handler);
  const server = open(draining.handle, { host, port });
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>();

  const stop = async () => {
    for (const signal of STOP_SIGNALS) Deno.removeSignalListener(signal, stop);
    const timer = setTimeout(finish, graceMs);
    draining.drain().then(() => server.shutdown()).then(finish);
    await finished;
    clearTimeout(timer);
  };
  for (const signal of STOP_SIGNALS) Deno.addSignalListener(signal, stop);
  return { url: urlOf(server.addr), finished, stop };
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
