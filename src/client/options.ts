/** Where the service is, and how to reach it. */
export interface ClientOptions {
  /** For example `https://recommend.example.com`. */
  url: string;
  /** The most time that one attempt may take, in milliseconds. Default 5,000. */
  timeoutMs?: number;
  /** How many times a request that is safe to repeat is retried. Default 2. */
  retries?: number;
  /** One of the service's API tokens. It allows writes: keep it out of browsers. Default none. */
  token?: string;
  /** Sent with every request. Default none. */
  headers?: Readonly<Record<string, string>>;
  /** Default the platform's. */
  fetch?: typeof fetch;
}

const TIMEOUT_MS = 5000;
const RETRIES = 2;

/** What sending a request needs to know. */
export type TransportOptions = Required<Omit<ClientOptions, "token">>;

/** The options with defaults filled in and the token among the headers. */
export function withDefaults(
  { url, token, headers, ...options }: ClientOptions,
): TransportOptions {
  return {
    timeoutMs: TIMEOUT_MS,
    retries: RETRIES,
    fetch: globalThis.fetch.bind(globalThis),
    ...options,
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers },
    url: url.replace(/\/+$/, ""),
  };
}
