/** What `Deno.serve` knows of a request's client. */
export interface Connection {
  readonly remoteAddr?: Deno.Addr;
}

/** A host can use any address of its IPv6 network, which the first 64 bits identify. */
const NETWORK_GROUPS = 4;

/**
 * The address that a request comes from.
 *
 * @param trustedProxies How many of the shop's own proxies are in front of the service. They append
 *   to `x-forwarded-for`; entries before theirs could be forged. Default 0.
 * @returns An IPv4 address, or the network of an IPv6 address; empty if unknown.
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
