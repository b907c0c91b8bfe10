import { InputError } from "../../base/input_error.ts";

/** The port of a Spark Connect server, unless the address names another. */
const PORT = 15002;

/** Where a Spark Connect server listens, and what to send it with each request. */
export interface ServerAddress {
  /** The address as it was given, without secrets; for messages. */
  readonly shown: string;
  /** The base URL for gRPC. */
  readonly url: string;
  readonly user: string;
  /** Headers of each request. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Reads the address of a Spark Connect server in the form that all of Spark's clients share:
 * `sc://host:port/;use_ssl=true;token=SECRET;user_id=NAME`. The port may be missing (15002), and so
 * may all parameters; unknown ones become headers, which is how services choose a cluster. A token
 * implies TLS.
 *
 * @throws {InputError} If it isn't such an address.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(readServerAddress("sc://127.0.0.1").url, "http://127.0.0.1:15002");
 * assertEquals(readServerAddress("sc://spark.example:443/;token=abc").headers, {
 *   authorization: "Bearer abc",
 * });
 * ```
 */
export function readServerAddress(text: string): ServerAddress {
  const match = /^sc:\/\/([^/:;?#@\s]+|\[[\da-f:.]+\])(?::(\d{1,5}))?(?:\/(?:;(.*))?)?$/i.exec(
    text,
  );
  if (match === null || Number(match[2] ?? PORT) > 65535) {
    throw new InputError(
      "Cannot reach a Spark server: its address must look like sc://host:15002 or " +
        `sc://host:443/;use_ssl=true;token=SECRET, got "${text}"`,
    );
  }
  const [, host, port = PORT, list = ""] = match;
  const { use_ssl, token, user_id, ...others } = readParameters(list);
  const isSecure = token !== undefined || use_ssl === "true";
  return {
    shown: `sc://${host}:${port}`,
    url: `${isSecure ? "https" : "http"}://${host}:${port}`,
    user: user_id ?? "recommender",
    headers: { ...others, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
  };
}

function readParameters(list: string): Record<string, string | undefined> {
  const pairs = list.split(";").filter((pair) => pair !== "");
  return Object.fromEntries(pairs.map((pair) => {
    const at = pair.indexOf("=");
    if (at > 0) return [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))];
    throw new InputError(
      `Cannot reach a Spark server: parameters of its address are like token=SECRET, got "${pair}"`,
    );
  }));
}
