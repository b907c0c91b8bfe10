import { Code, ConnectError } from "@connectrpc/connect";
import { InputError } from "../../base/input_error.ts";
import { ErrorInfoSchema } from "../generated/google/rpc/error_details_pb.ts";

/** The longest part of a server's message that is shown. */
const MOST_CHARACTERS = 600;

/** What to do about Spark's own classes of errors, by how their names begin. */
const ADVICE: readonly (readonly [name: RegExp, advice: string])[] = [
  [
    /^PATH_NOT_FOUND|^FAILED_READ_FILE\.FILE_NOT_EXIST/,
    "check the path; the server and its executors read it, not this machine",
  ],
  [/^PATH_ALREADY_EXISTS/, "choose another --out, or remove what is there"],
  [
    /^TABLE_OR_VIEW_NOT_FOUND|^UNRESOLVED|^PARSE_SYNTAX_ERROR|^DATATYPE_MISMATCH/,
    "the server may be of a version that this program doesn't know: it is tested with 4.3",
  ],
];

/** Failures of the connection, after which a request may be sent again. */
const TRANSIENT: ReadonlySet<Code> = new Set([
  ...[Code.Unavailable, Code.Aborted, Code.DeadlineExceeded],
]);

/** Whether an error is a failure of the connection, which may be over the next time. */
export function isTransient(error: unknown): boolean {
  return error instanceof ConnectError && (TRANSIENT.has(error.code) ||
    // A broken HTTP/2 stream has no status of its own.
    error.code === Code.Internal && /stream|socket|ECONN|closed/i.test(error.rawMessage));
}

/** Whether the server no longer knows a session or an operation: it was started anew. */
export function isForgotten(error: unknown): boolean {
  return error instanceof ConnectError &&
    /INVALID_HANDLE\.(SESSION|OPERATION)/.test(error.rawMessage);
}

/**
 * Explains a failure of a Spark server.
 *
 * @param attempted What was attempted, to follow "Cannot".
 * @param server The server's address.
 * @returns An {@linkcode InputError}, or the error itself if it isn't one of the connection or the
 * server.
 */
export function explainError(error: unknown, attempted: string, server: string): unknown {
  if (!(error instanceof ConnectError)) return error;
  return new InputError(`Cannot ${attempted}: ${reasonOf(error, server)}`, { cause: error });
}

function reasonOf(error: ConnectError, server: string): string {
  if (isForgotten(error)) {
    return `the Spark server at ${server} was started anew meanwhile; run the command again`;
  }
  if (error.code === Code.Unimplemented) {
    return `the server at ${server} doesn't speak Spark Connect, or lacks a part of it ` +
      `(${firstLines(error.rawMessage)}); Spark 4.0 or later does (sbin/start-connect-server.sh)`;
  }
  if (error.code === Code.Unauthenticated || error.code === Code.PermissionDenied) {
    return `the server at ${server} refuses this client (${firstLines(error.rawMessage)}); ` +
      "check the token in its address";
  }
  if (error.code === Code.Canceled) return "it was interrupted";
  if (isTransient(error)) {
    return `no Spark server answers at ${server} (${firstLines(error.rawMessage)}); ` +
      "start one (deno task spark:up) or correct --master";
  }
  const name = errorClassOf(error);
  const advice = ADVICE.find(([pattern]) => name !== undefined && pattern.test(name))?.[1];
  return `Spark says: ${firstLines(error.rawMessage)}${advice ? `; ${advice}` : ""}`;
}

/** Spark's name of the error, like `PATH_NOT_FOUND`; from the details, else from the message. */
function errorClassOf(error: ConnectError): string | undefined {
  const [info] = error.findDetails(ErrorInfoSchema);
  return info?.metadata.errorClass ?? /^\[([A-Z][A-Z_.\d]*)\]/.exec(error.rawMessage)?.[1];
}

/** The message without the query's plan and the stack trace. */
function firstLines(message: string): string {
  const [text] = message.split(/\n\s*(?:at |== |JVM stacktrace|SQLSTATE|'?[A-Z]\w+ \[)/);
  const line = text.replace(/\s+/g, " ").replace(/ SQLSTATE: \w+.*$/, "").trim();
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)} …` : line;
}
