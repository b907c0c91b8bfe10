import { InputError } from "../../base/input_error.ts";

/** The oldest versions whose SQL has all that is used: major and minor number. */
const OLDEST = { Spark: [4, 0], Sail: [0, 7] } as const;

/** Which server it is. */
export interface ServerFacts {
  /** Spark itself, or Sail, which runs Spark's SQL in one process without a JVM. */
  readonly name: keyof typeof OLDEST;
  /** For example `4.3.0`. */
  readonly version: string;
}

/**
 * Tells Sail, which numbers its versions from 0, from Spark, of which no version 0 speaks Spark
 * Connect.
 *
 * @param version What the server answers to `version()`.
 * @throws {InputError} If it is older than what is needed.
 */
export function identifyServer(version: string, address: string): ServerFacts {
  const [major, minor] = version.split(".").map((part) => Number.parseInt(part));
  const name = major === 0 ? "Sail" : "Spark";
  const [oldest, oldestMinor] = OLDEST[name];
  if (major > oldest || major === oldest && minor >= oldestMinor) {
    return { name, version: version.split(" ")[0] };
  }
  throw new InputError(
    `Cannot use the server at ${address}: the version of ${name} must be ` +
      `${oldest}.${oldestMinor} or later, it is ${version || "unknown"}`,
  );
}
