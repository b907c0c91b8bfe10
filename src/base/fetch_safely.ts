/** How many redirects are followed. */
const MAX_REDIRECTS = 5;

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

const UNSAFE = "artifacts are only fetched over https";

/** Whether a path leads to another machine. */
export function isRemote(path: string): boolean {
  return /^https?:\/\//.test(path);
}

/**
 * Fetches from another machine what a service answers from. Redirects are followed, five at most,
 * to HTTPS alone.
 *
 * @param url HTTPS; plain HTTP only from this machine.
 * @returns The answer at the end of all redirects, whatever its status.
 * @throws {Error} If it isn't safe to fetch or can't be reached, or the signal aborts.
 */
export async function fetchSafely(
  url: string,
  { signal, headers }: { signal: AbortSignal; headers?: Readonly<Record<string, string>> },
): Promise<Response> {
  requireSafe(url);
  let at = url;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const response = await fetch(at, { signal, headers, redirect: "manual" })
      .catch((error) => {
        throw signal.aborted ? error : new TypeError(unreachable(error), { cause: error });
      });
    const location = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    await response.body?.cancel();
    const next = URL.parse(location, at);
    if (!next) throw new TypeError("the server redirects to an invalid URL");
    // This machine itself is only safe if it is where the file was to be fetched from.
    if (next.protocol !== "https:" && next.origin !== new URL(url).origin) {
      throw new TypeError(`${UNSAFE}, but the server redirects to ${next.origin}`);
    }
    at = next.href;
  }
  throw new TypeError(`the server redirects more than ${MAX_REDIRECTS} times`);
}

/**
 * Why an address can't be reached, without the address, whose query may hold a secret. Deno says
 * "fetch failed", and the reason in the cause, after the address.
 */
export function unreachable(error: Error): string {
  const reason = /\): (.*)$/s.exec((error.cause as Error | undefined)?.message ?? "")?.[1];
  return reason === undefined ? error.message : `${error.message}: ${reason}`;
}

function requireSafe(url: string): void {
  const { protocol, hostname } = new URL(url);
  if (protocol === "https:" || LOOPBACK.includes(hostname)) return;
  throw new TypeError(UNSAFE);
}
