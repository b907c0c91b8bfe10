/** A Deno KV on this machine's own address, as far as opening a store and asking for it needs. */
import { serialize } from "node:v8";
import { MS_PER_HOUR, sleep } from "../../../src/base/time.ts";
import { writeAll } from "../../../src/base/write_all.ts";

/** How a remote store behaves. */
export type Behaviour = "answers" | "is silent" | "closes connections" | {
  readonly slowMs: number;
};

/** A store that answers reads with nothing but its layout's version, and accepts every write. */
export interface RemoteKv extends AsyncDisposable {
  readonly url: string;
  behaviour: Behaviour;
  /** How many requests came. */
  readonly requests: number;
}

/**
 * Starts a server of the KV Connect protocol behind a proxy that can fail as a network does.
 *
 * @param behaviour How it behaves until that is changed.
 */
export function startRemoteKv(behaviour: Behaviour): RemoteKv {
  let requests = 0;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    requests++;
    const body = new Uint8Array(await request.arrayBuffer());
    if (typeof remote.behaviour === "object") await sleep(remote.behaviour.slowMs);
    return answerOf(request.url, { body, endpoint: `${remote.url}/data` });
  });
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  const forward = async (from: Deno.Conn, to: Deno.Conn) => {
    open.add(from);
    const buffer = new Uint8Array(1 << 16);
    try {
      for (let n = await from.read(buffer); n !== null; n = await from.read(buffer)) {
        if (remote.behaviour === "closes connections") break;
        if (remote.behaviour !== "is silent") await writeAll(to, buffer.slice(0, n));
      }
    } catch {
      // The other end is closed.
    }
    for (const end of [from, to]) close(end);
  };
  const accepting = (async () => {
    for await (const client of listener) {
      const upstream = await Deno.connect({ hostname: "127.0.0.1", port: server.addr.port });
      forward(client, upstream);
      forward(upstream, client);
    }
  })();
  const remote = {
    url: `http://127.0.0.1:${listener.addr.port}`,
    behaviour,
    get requests() {
      return requests;
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const connection of open) close(connection);
      await Promise.all([accepting, server.shutdown()]);
    },
  };
  return remote;
}

function answerOf(
  url: string,
  { body, endpoint }: { body: Uint8Array; endpoint: string },
): Response {
  if (url.endsWith("/snapshot_read")) return respond(readAnswer(body));
  if (url.endsWith("/atomic_write")) {
    return respond([...numberField(1, 1), ...bytesField(2, VERSIONSTAMP)]);
  }
  return Response.json({
    version: 3,
    databaseId: crypto.randomUUID(),
    endpoints: [{ url: endpoint, consistency: "strong" }],
    token: "a token of the store",
    expiresAt: new Date(Date.now() + MS_PER_HOUR).toISOString(),
  });
}

function respond(body: readonly number[]): Response {
  return new Response(Uint8Array.from(body), {
    headers: { "content-type": "application/x-protobuf" },
  });
}

const VERSIONSTAMP = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
/** A key of one text part, as Deno KV encodes it. */
const SCHEMA_KEY = [2, ...new TextEncoder().encode("schema"), 0];

/** One result for each range: nothing, but the layout's version where its key is asked for. */
function readAnswer(body: Uint8Array): number[] {
  const ranges = fieldsOf(body).map((range) => {
    const [start] = fieldsOf(range);
    if (String(Array.from(start)) !== String(SCHEMA_KEY)) return bytesField(1, []);
    const entry = [
      ...bytesField(1, SCHEMA_KEY),
      ...bytesField(2, [...serialize(1)]),
      ...numberField(3, 1),
      ...bytesField(4, VERSIONSTAMP),
    ];
    return bytesField(1, bytesField(1, entry));
  });
  return [...ranges.flat(), ...numberField(4, 1), ...numberField(8, 1)];
}

/** The fields of a protobuf message that hold bytes, in their order. */
function fieldsOf(message: Uint8Array): Uint8Array[] {
  const fields: Uint8Array[] = [];
  let at = 0;
  const readNumber = () => {
    let value = 0;
    for (let shift = 0;; shift += 7) {
      const byte = message[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const isBytes = (readNumber() & 7) === 2;
    const value = readNumber();
    if (!isBytes) continue;
    fields.push(message.subarray(at, at + value));
    at += value;
  }
  return fields;
}

/** A field of protobuf that holds a number below 128. */
function numberField(field: number, value: number): number[] {
  return [field << 3, value];
}

/** A field of protobuf that holds bytes. */
function bytesField(field: number, bytes: readonly number[]): number[] {
  const low = bytes.length & 0x7f;
  const length = bytes.length < 128 ? [low] : [low | 0x80, bytes.length >> 7];
  return [field << 3 | 2, ...length, ...bytes];
}

function close(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch {
    // Already closed.
  }
}
