/** What `Deno.serve` tells of whoever sent a request. */
export interface Connection {
  readonly remoteAddr?: Deno.Addr;
}

/** An IPv6 network gives each of its hosts as many addresses as it likes; its first 64 bits stay. */
const NETWORK_GROUPS = 4;

/**
 * Where a request comes from.
 *
 * @param trustedProxies How many proxies of one's own stand before the service: that many entries at the end of
 *   `x-forwarded-for` are true, the others anybody could have written.
 * @returns An IPv4 address, or the network of an IPv6 address; empty where there is neither.
 */
export function clientAddress(
  request: Request,
  connection: Connection | undefined,
  { trustedProxies = 0 } = {},
): string {
  const forwarded = request.headers.get("x-forwarded-for")?.split(",") ?? [];
  const { remoteAddr } = connection ?? {};
  const direct = remoteAddr && "hostname" in remoteAddr ? remoteAddr.hostname : "";
  return networkOf(
    (trustedProxies > 0 ? forwarded.at(-trustedProxies) : undefined)?.trim() || direct,
  );
}

function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1];
  if (!address.includes(":")) return address;
  const [head, tail] = address.split("::").map((part) => part.split(":").filter(Boolean));
  const gap = tail ? Array(Math.max(0, 8 - head.length - tail.length)).fill("0") : [];
  return [...head, ...gap, ...tail ?? []].slice(0, NETWORK_GROUPS).join(":");
}
