import { type ClientHttp2Session, type ClientHttp2Stream, connect } from "node:http2";
import { Buffer } from "node:buffer";
import { Code, ConnectError } from "@connectrpc/connect";
import type { UniversalClientFn } from "@connectrpc/connect/protocol";

/** Beyond this much unread data, the server is held back. */
const MOST_UNREAD_BYTES = 4 << 20;

/** A connection over HTTP/2 that carries the requests of gRPC; opened when first needed. */
export interface Http2Client extends Disposable {
  readonly send: UniversalClientFn;
}

/**
 * Creates a client for a server. `@connectrpc/connect-node` has one too; in Deno, whose streams
 * close before an iterator has read their last piece, it loses the end of short answers.
 *
 * @param origin The server's base URL; `http:` is HTTP/2 without TLS.
 */
export function createHttp2Client(origin: string): Http2Client {
  let session: ClientHttp2Session | undefined;
  const open = () => {
    if (session !== undefined && !session.closed && !session.destroyed) return session;
    session = connect(origin);
    session.on("error", () => {
      // The streams report it too.
    });
    return session;
  };
  return {
    async send({ url, method, header, body, signal }) {
      const { pathname } = new URL(url);
      const own = Object.fromEntries(header);
      const stream = open().request({ ":method": method, ":path": pathname, ...own });
      const answer = receive(stream);
      const abort = () => {
        answer.fail(new ConnectError("the request was cancelled", Code.Canceled));
        stream.close(8);
      };
      if (signal?.aborted) abort();
      signal?.addEventListener("abort", abort, { once: true });
      for await (const piece of body ?? []) stream.write(Buffer.from(piece));
      stream.end();
      return { ...await answer.head, body: answer.body, trailer: answer.trailer };
    },
    [Symbol.dispose]() {
      session?.destroy();
    },
  };
}

interface Answer {
  readonly head: Promise<{ status: number; header: Headers }>;
  readonly body: AsyncIterable<Uint8Array>;
  /** Filled in at the end of the body. */
  readonly trailer: Headers;
  fail(error: unknown): void;
}

function receive(stream: ClientHttp2Stream): Answer {
  const head = Promise.withResolvers<{ status: number; header: Headers }>();
  const trailer = new Headers();
  const pieces: Uint8Array[] = [];
  let [unread, ended] = [0, false];
  let failure: { error: unknown } | undefined;
  let wake = () => {};
  head.promise.catch(() => {
    // A caller that has stopped waiting needn't hear of it.
  });

  const fail = (error: unknown) => {
    if (ended) return;
    failure ??= { error };
    head.reject(error);
    wake();
  };
  // Every answer of gRPC ends with a status, unless the server died, maybe before it began.
  let lacksStatus = true;
  const end = () => {
    if (lacksStatus && !trailer.has("grpc-status")) {
      fail(new ConnectError("the answer was cut off", Code.Unavailable));
    }
    ended = true;
    wake();
  };
  stream.on("response", (fields) => {
    const isGrpc = String(fields["content-type"]).startsWith("application/grpc");
    lacksStatus = isGrpc && fields["grpc-status"] === undefined;
    head.resolve({ status: Number(fields[":status"]), header: toHeaders(fields) });
  });
  stream.on("trailers", (fields) => {
    for (const [name, value] of toHeaders(fields)) trailer.set(name, value);
  });
  stream.on("data", (piece: Uint8Array) => {
    pieces.push(piece);
    unread += piece.length;
    if (unread > MOST_UNREAD_BYTES) stream.pause();
    wake();
  });
  stream.on("end", end);
  stream.on("error", (error) => fail(new ConnectError(messageOf(error), Code.Unavailable)));
  stream.on("close", () => fail(new ConnectError("the connection was closed", Code.Unavailable)));

  async function* read(): AsyncGenerator<Uint8Array> {
    while (true) {
      const piece = pieces.shift();
      if (piece !== undefined) {
        unread -= piece.length;
        if (stream.isPaused() && unread < MOST_UNREAD_BYTES / 2) stream.resume();
        yield piece;
      } else if (failure !== undefined) throw failure.error;
      else if (ended) return;
      else await new Promise<void>((resolve) => wake = resolve);
    }
  }
  return { head: head.promise, body: read(), trailer, fail };
}

function toHeaders(fields: Readonly<Record<string, string | string[] | number | undefined>>) {
  return new Headers(
    Object.entries(fields).filter(([name]) => !name.startsWith(":"))
      .map(([name, value]): [string, string] => [name, [value].flat().join(", ")]),
  );
}

function messageOf(error: Error): string {
  return error.message || String(error.cause ?? error);
}
