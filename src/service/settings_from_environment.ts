import { InputError } from "../base/input_error.ts";
import type { ServeOptions } from "./serve.ts";

/** What the environment says besides the address and the store. */
export type Settings = Pick<ServeOptions, "protection" | "corsOrigins" | "accessLog" | "tracing">;

/**
 * Who may do what, and what is written of it, as the environment says:
 *
 * - `API_TOKENS`: secrets between commas, one of which whoever stores or changes something sends. Default none,
 *   which closes what needs one.
 * - `READ_TOKENS`: secrets between commas, one of which (or of the others) whoever reads sends. Default none,
 *   which opens reading to everybody.
 * - `RATE_LIMIT`: requests a second that each token or address may make, twice as many at once. Default no limit.
 * - `TRUSTED_PROXIES`: how many proxies of one's own add to `x-forwarded-for`. Default 0.
 * - `CONCURRENCY`: how many requests are worked on at once before others are turned away. Default 500.
 * - `CORS_ORIGINS`: origins between commas whose pages may read answers; `*` for any. Default none.
 * - `ACCESS_LOG`: `off` for no line for each request; default `on`.
 * - `OTEL_DENO`: `true` (or `1`) has Deno send OpenTelemetry; spans are named after routes then.
 *
 * @throws {InputError} If one of them isn't what it should be; names it.
 */
export function settingsFromEnvironment(): Settings {
  const perSecond = readNumber("RATE_LIMIT", { above: 0 });
  return {
    protection: {
      apiTokens: readList("API_TOKENS"),
      readTokens: readList("READ_TOKENS"),
      ...(perSecond !== undefined && { rateLimit: { perSecond } }),
      trustedProxies: readNumber("TRUSTED_PROXIES", { above: -1, isWhole: true }),
      concurrency: readNumber("CONCURRENCY", { above: 0, isWhole: true }),
    },
    corsOrigins: readList("CORS_ORIGINS").map(readOrigin),
    accessLog: readSwitch("ACCESS_LOG"),
    tracing: ["true", "1"].includes(Deno.env.get("OTEL_DENO") ?? ""),
  };
}

function readList(name: string): string[] {
  const texts = (Deno.env.get(name) ?? "").split(",").map((text) => text.trim());
  return texts.filter((text) => text !== "");
}

function readNumber(
  name: string,
  { above, isWhole = false }: { above: number; isWhole?: boolean },
): number | undefined {
  const text = Deno.env.get(name);
  if (!text) return undefined;
  const value = Number(text);
  if (value > above && Number.isFinite(value) && (!isWhole || Number.isInteger(value))) {
    return value;
  }
  const rule = isWhole ? `a whole number from ${above + 1}` : `a number above ${above}`;
  throw new InputError(`Cannot serve: ${name} must be ${rule}, got "${text}"`);
}

function readSwitch(name: string): boolean {
  const text = Deno.env.get(name) || "on";
  if (text === "on" || text === "off") return text === "on";
  throw new InputError(`Cannot serve: ${name} must be on or off, got "${text}"`);
}

function readOrigin(text: string): string {
  if (text === "*" || URL.parse(text)?.origin === text) return text;
  throw new InputError(
    `Cannot serve: CORS_ORIGINS must be "*" or origins such as https://shop.example.com without a ` +
      `path, got "${text}"`,
  );
}
