import { InputError } from "../../../base/input_error.ts";

/** How a connection is encrypted; as libpq's `sslmode`. */
export type SslMode = "disable" | "prefer" | "require" | "verify-ca" | "verify-full";

const SSL_MODES: readonly string[] = ["disable", "prefer", "require", "verify-ca", "verify-full"];

/** Where a PostgreSQL store is. */
export interface StoreAddress {
  /** One or more servers, of which the first that can be written to is used. */
  readonly hosts: readonly { readonly host: string; readonly port: number }[];
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly sslMode: SslMode;
  /** A file of certificates to trust; default the system's. */
  readonly rootCertificate?: string;
  /** The address for messages: without user, password and options. */
  readonly name: string;
}

const FORM = /^postgres(?:ql)?:\/\/(?:([^:@/?]*)(?::([^@/?]*))?@)?([^/?@]+)\/([^/?]+)(?:\?(.*))?$/;
const HOST = /^(\[[0-9a-fA-F:]+\]|[\w.-]+)(?::(\d{1,5}))?$/;
const ADDRESS = /^[\d.]+$|:/;
const PORT = 5432;

/**
 * Reads the address of a PostgreSQL store.
 *
 * @param url `postgres://USER:PASSWORD@HOST:PORT,HOST:PORT/DATABASE?sslmode=…&sslrootcert=…`.
 * @throws {InputError} If it has another form; repeats no part that may be secret.
 */
export function parseStoreUrl(url: string): StoreAddress {
  const [, user = "", password = "", hosts, database, query = ""] = FORM.exec(url) ??
    refuse("postgres://USER:PASSWORD@HOST:PORT/DATABASE, with several HOST:PORT after commas");
  const options = new URLSearchParams(query);
  for (const option of options.keys()) {
    if (option !== "sslmode" && option !== "sslrootcert") {
      refuse("without options but sslmode and sslrootcert");
    }
  }
  const sslMode = options.get("sslmode") ?? "prefer";
  if (!SSL_MODES.includes(sslMode)) refuse(`with sslmode one of ${SSL_MODES.join(", ")}`);
  const servers = hosts.split(",").map(readHost);
  // The client checks no certificate against an address.
  if (sslMode === "verify-full" && servers.some(({ host }) => ADDRESS.test(host))) {
    refuse("with hosts by name, not by address, for sslmode=verify-full");
  }
  const rootCertificate = options.get("sslrootcert") ?? undefined;
  return {
    hosts: servers,
    database: decode(database),
    user: decode(user) || "postgres",
    password: decode(password),
    sslMode: sslMode as SslMode,
    ...(rootCertificate !== undefined && { rootCertificate }),
    name: `postgres://${hosts}/${database}`,
  };
}

function readHost(text: string): { host: string; port: number } {
  const [, host, port = String(PORT)] = HOST.exec(text) ?? refuse("with hosts such as db1:5432");
  if (Number(port) < 1 || Number(port) > 65_535) refuse("with ports from 1 to 65535");
  return { host: host.replaceAll(/[[\]]/g, ""), port: Number(port) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse("percent-encoded UTF-8");
  }
}

function refuse(rule: string): never {
  throw new InputError(
    `Cannot open the store: STORE_URL must be ${rule}; it isn't shown here, since it may hold ` +
      "a password",
  );
}
