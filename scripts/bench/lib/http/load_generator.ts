/**
 * Sends a load, read as JSON from standard input, and prints its result as JSON. Requests are due
 * at even intervals and latency counts from then, so a server that stalls is charged for the
 * requests that had to wait (no coordinated omission). Load generators on npm send each second's
 * requests in a burst and count whole milliseconds.
 */
import { setImmediate } from "node:timers";
import { secondsSince } from "../../../../src/base/time.ts";
import type { LoadPlan, LoadResult, PlannedRequest } from "./load.ts";

const BUFFER_BYTES = 1 << 18;
const CR = 13;
const STATUS_AT = "HTTP/1.1 ".length;

/** A request's bytes on the wire, and the length of its last answer; -1 before the first. */
interface WireRequest {
  readonly bytes: Uint8Array<ArrayBuffer>;
  answerBytes: number;
}

function toWire({ method, path, body }: PlannedRequest, token: string | undefined): WireRequest {
  const content = new TextEncoder().encode(body ?? "");
  const head = [
    `${method} ${path} HTTP/1.1`,
    "host: bench",
    ...(token === undefined ? [] : [`authorization: Bearer ${token}`]),
    ...(body === undefined ? [] : [`content-length: ${content.length}`]),
    "\r\n",
  ].join("\r\n");
  const start = new TextEncoder().encode(head);
  const bytes = new Uint8Array(start.length + content.length);
  bytes.set(start);
  bytes.set(content, start.length);
  return { bytes, answerBytes: -1 };
}

/** When requests are due; without a rate each is due immediately. */
class Schedule {
  readonly #start = performance.now();
  /** On the clock of `performance.now`. */
  readonly end: number;
  readonly #every: number;
  readonly #most: number;
  #next = 0;

  constructor({ seconds, most, rate, warmUp = 0 }: LoadPlan) {
    this.#every = rate === undefined ? 0 : 1000 / rate;
    this.end = this.#start + 1000 * seconds + warmUp * this.#every;
    this.#most = most;
  }

  /** The next request's number and due time; undefined when the load is over. */
  take(now: number): { number: number; due: number } | undefined {
    const due = this.#every === 0 ? now : this.#start + this.#next * this.#every;
    if (due >= this.end || now >= this.end || this.#next >= this.#most) return undefined;
    return { number: this.#next++, due };
  }
}

/**
 * Wakes connections when their request is due. It polls, since timers are only precise to a
 * millisecond.
 */
class Pacer {
  /** Ordered by due time. */
  readonly #waiting: { readonly due: number; readonly resolve: () => void }[] = [];

  until(due: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.#waiting.push({ due, resolve }) === 1) setImmediate(this.#poll);
    return promise;
  }

  readonly #poll = (): void => {
    const now = performance.now();
    while (this.#waiting.length > 0 && this.#waiting[0].due <= now) {
      this.#waiting.shift()?.resolve();
    }
    if (this.#waiting.length > 0) setImmediate(this.#poll);
  };
}

const TOO_SLOW = "the server was too slow: no request was answered after the warm-up";

/** Statuses and latencies of the answers. */
class Tally {
  readonly statuses: Record<string, number> = {};
  readonly #latencies: Float64Array<ArrayBuffer>;
  #size = 0;
  retryAfter = 0;
  useful = 0;

  constructor(most: number) {
    this.#latencies = new Float64Array(most);
  }

  /** @param number The request's number, from 0. */
  add(number: number, status: number, latency: number): void {
    this.statuses[status] = (this.statuses[status] ?? 0) + 1;
    this.#latencies[number] = latency;
    this.#size++;
  }

  /** @param warmUp How many of the first requests to ignore. They are recorded like all others. */
  latency(warmUp: number): LoadResult["latency"] {
    const sorted = this.#latencies.subarray(warmUp, this.#size).sort();
    if (this.#size > 0 && sorted.length === 0) throw new Error(TOO_SLOW);
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))];
    return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
  }
}

/** Sends requests on one connection, one at a time, until the schedule ends. */
async function send(
  connection: Deno.TcpConn,
  requests: readonly WireRequest[],
  { schedule, tally, pacer }: { schedule: Schedule; tally: Tally; pacer: Pacer },
): Promise<void> {
  const buffer = new Uint8Array(BUFFER_BYTES);
  for (
    let task = schedule.take(performance.now());
    task;
    task = schedule.take(performance.now())
  ) {
    if (task.due > performance.now()) await pacer.until(task.due);
    const request = requests[task.number % requests.length];
    for (let at = 0; at < request.bytes.length;) {
      at += await connection.write(at === 0 ? request.bytes : request.bytes.subarray(at));
    }
    await receive(connection, request, buffer);
    const status = 100 * buffer[STATUS_AT] + 10 * buffer[STATUS_AT + 1] + buffer[STATUS_AT + 2] -
      111 * 48;
    if (status === 503 && /\r\nretry-after: \d/i.test(headOf(buffer))) tally.retryAfter++;
    const now = performance.now();
    if ((status === 200 || status === 202) && now < schedule.end) tally.useful++;
    tally.add(task.number, status, now - task.due);
  }
}

/** Reads one answer; one as long as the last answer to the same request isn't parsed. */
async function receive(
  connection: Deno.Conn,
  request: WireRequest,
  buffer: Uint8Array<ArrayBuffer>,
): Promise<void> {
  let size = await readSome(connection, buffer);
  if (size === request.answerBytes) return;
  while (endOfHead(buffer, size) < 0) size += await readSome(connection, buffer.subarray(size));
  if (/\r\ntransfer-encoding: chunked/i.test(headOf(buffer))) {
    while (!endsInChunks(buffer, size)) {
      size += await readSome(connection, buffer.subarray(size));
    }
    request.answerBytes = size;
    return;
  }
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(headOf(buffer))?.[1] ?? 0);
  const body = endOfHead(buffer, size);
  const total = body + length;
  // The body is discarded.
  while (size < total) size += await readSome(connection, buffer.subarray(body));
  request.answerBytes = total;
}

async function connect(port: number): Promise<Deno.TcpConn> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  connection.setNoDelay(true);
  return connection;
}

async function readSome(connection: Deno.Conn, buffer: Uint8Array<ArrayBuffer>): Promise<number> {
  const size = await connection.read(buffer);
  if (size === null) throw new Error("the server closed a connection");
  return size;
}

function headOf(buffer: Uint8Array<ArrayBuffer>): string {
  return new TextDecoder().decode(buffer.subarray(0, endOfHead(buffer, buffer.length)));
}

/** The start of the body; -1 if the head is incomplete. */
function endOfHead(buffer: Uint8Array<ArrayBuffer>, size: number): number {
  for (let at = 0; at + 3 < size; at++) {
    if (buffer[at] === CR && buffer[at + 2] === CR) return at + 4;
  }
  return -1;
}

const LAST_CHUNK = new TextEncoder().encode("\r\n0\r\n\r\n");

/** Whether the buffer ends with the last chunk. The body is JSON, which has no such line. */
function endsInChunks(buffer: Uint8Array, size: number): boolean {
  return LAST_CHUNK.every((byte, i) => buffer[size - LAST_CHUNK.length + i] === byte);
}

/** Sends a load and waits for all answers. */
async function generateLoad(plan: LoadPlan): Promise<LoadResult> {
  const requests = plan.requests.map((request) => toWire(request, plan.token));
  const tally = new Tally(plan.most);
  using opened = new DisposableStack();
  const connections = await Promise.all(
    Array.from({ length: plan.connections }, async () => opened.use(await connect(plan.port))),
  );
  const start = performance.now();
  const shared = { schedule: new Schedule(plan), tally, pacer: new Pacer() };
  await Promise.all(connections.map((connection) => send(connection, requests, shared)));
  const seconds = secondsSince(start);
  const { statuses, useful, retryAfter } = tally;
  return { statuses, useful, retryAfter, seconds, latency: tally.latency(plan.warmUp ?? 0) };
}

if (import.meta.main) {
  const plan: LoadPlan = JSON.parse(await new Response(Deno.stdin.readable).text());
  console.log(JSON.stringify(await generateLoad(plan)));
  Deno.exit(0);
}
