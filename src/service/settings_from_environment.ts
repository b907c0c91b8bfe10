import { z } from "zod";
import type { ShardsOptions } from "../artifact/load.ts";
import { isRemote } from "../base/fetch_safely.ts";
import { InputError } from "../base/input_error.ts";
import type { ServeOptions } from "./serve.ts";
import type { AnyStoreOptions } from "./open_store.ts";
import { parseStoreUrl } from "./store/postgres/store_url.ts";

/** Comma-separated texts. */
const listRule = z.string().default("").transform((text) =>
  text.split(",").map((part) => part.trim()).filter((part) => part !== "")
);

function numberAbove0() {
  const error = "a number above 0";
  return z.coerce.number({ error }).positive({ error });
}

function wholeNumberFrom(least: number) {
  const error = `a whole number from ${least}`;
  return z.coerce.number({ error }).int({ error }).min(least, { error });
}

/**
 * The settings of the service; the rule of each is the rest of the sentence "API_TOKENS must be …".
 */
const SERVICE = z.object({
  API_TOKENS: listRule.describe(
    "comma-separated secrets; clients send one to store or change something. " +
      "Default none: no client can",
  ),
  READ_TOKENS: listRule.describe(
    "comma-separated secrets; clients send one, or one of `API_TOKENS`, to read. " +
      "Default none: every client can",
  ),
  PUBLIC_KEYS: listRule.describe(
    "comma-separated keys that the shop's pages show to everyone; the tag sends one to store " +
      "what a visitor did. Default none: pages can't send events",
  ),
  RATE_LIMIT: numberAbove0().optional().describe(
    "requests a second of each token or address, in bursts of twice as many. Default no limit",
  ),
  TRUSTED_PROXIES: wholeNumberFrom(0).optional().describe(
    "how many of the shop's own proxies append to `x-forwarded-for`. Default 0",
  ),
  CONCURRENCY: wholeNumberFrom(1).optional().describe(
    "how many requests are processed at the same time; further ones get 503. Default 500",
  ),
  CORS_ORIGINS: listRule.describe(
    "comma-separated origins whose pages may read answers, or `*` for any. Default none",
  ),
  ACCESS_LOG: z.enum(["on", "off"], { error: "on or off" }).default("on").describe(
    "whether each request is logged: `on` or `off`. Default `on`",
  ),
  PAGES: z.enum(["on", "off", "shop"], { error: "on, off or shop" }).default("on").describe(
    "pages for people, at `/pages/`: `on`, `off`, or `shop` to serve the demo of a shop on other " +
      "addresses than this machine's, too. Default `on`",
  ),
  PLACEMENTS: z.string().optional().describe(
    "the file of placements, such as `placements.json`; `deno task check-placements` checks it. " +
      "Default none",
  ),
  EXPOSURES: z.enum(["on", "off"], { error: "on or off" }).default("off").describe(
    "whether what users are shown is stored, and lists have ids: `on` or `off`. Default `off`",
  ),
  ATTRIBUTION_HOURS: wholeNumberFrom(0).optional().describe(
    "how many hours after a list an event counts for it that names no list; 0 for never. " +
      "Default 24",
  ),
  EXPERIMENTS: z.string().optional().describe(
    "the file of experiments, such as `experiments.json`; `deno task check-experiments` checks " +
      "it. Needs `EXPOSURES=on`. Default none",
  ),
  OTEL_DENO: z.string().default("").describe(
    "`true` or `1` makes Deno send OpenTelemetry; spans are then named after routes",
  ),
});

/** Where events are stored. */
const STORE = z.object({
  KV_PATH: z.string().optional().describe(
    "the store: a file, created if missing; `:memory:`, lost with the process; " +
      "or the URL of a Deno KV. Default `data/store.kv`, on Deno Deploy the platform's",
  ),
  STORE_URL: z.string().optional().describe(
    "a PostgreSQL database that several machines share, used instead: " +
      "`postgres://USER:PASSWORD@HOST:PORT,HOST:PORT/DATABASE?sslmode=verify-full`. Default none",
  ),
  STORE_CONNECTIONS: wholeNumberFrom(1).optional().describe(
    "the most connections to PostgreSQL at the same time, beside one that watches for writes. " +
      "Default 10",
  ),
  RETENTION_DAYS: numberAbove0().optional().describe(
    "how many days events are kept. Default forever",
  ),
  STORE_TIMEOUT: numberAbove0().optional().describe(
    "how many seconds the store may take to answer; if it takes longer, lists are made without " +
      "it and events get 503 until it answers again. Default 3",
  ),
  DENO_DEPLOY: z.string().optional().describe("set by Deno Deploy"),
  DENO_DEPLOYMENT_ID: z.string().optional().describe("set by Deno Deploy"),
});

const PLACE_ERROR = "a folder, or a URL that begins with https://";

/** A mistyped address isn't the name of a folder. */
function isFolderOrUrl(text: string): boolean {
  return isRemote(text) ? URL.canParse(text) : !text.includes("://");
}

/** Where histories are that are apart from the artifact. */
const HISTORIES = z.object({
  HISTORIES: z.string().refine(isFolderOrUrl, { error: PLACE_ERROR }).optional().describe(
    "where histories are that are apart from their artifact (`--histories apart`): a folder, or " +
      "its URL, which begins with `https://`; it holds a folder for each artifact. Default " +
      "`histories` beside the artifacts",
  ),
  HISTORIES_TIMEOUT: numberAbove0().optional().describe(
    "how many seconds such histories may take to be read; if they take longer, lists are made " +
      "without them until they can be read again. Default 1",
  ),
});

const PORT_ERROR = "a whole number up to 65535";

/** The artifacts, and the address to listen on. */
const ADDRESS = z.object({
  ARTIFACTS_DIR: z.string().optional().describe("the folder of the artifacts. Default `artifacts`"),
  MODEL_URL: z.string().optional().describe(
    "the URL of a folder of artifacts on another machine, used instead; must begin with `https://`",
  ),
  HOST: z.string().default("0.0.0.0").describe(
    "the address to listen on. Default `0.0.0.0`, which other machines can reach",
  ),
  PORT: z.string().regex(/^\d+$/, { error: PORT_ERROR }).default("8000").transform(Number)
    .pipe(z.number().max(65_535, { error: PORT_ERROR })).describe(
      "the port to listen on. Default 8000",
    ),
});

/** All settings by the name of their environment variable, with their rules and what they mean. */
export const SETTINGS = {
  ...SERVICE.shape,
  ...STORE.shape,
  ...HISTORIES.shape,
  ...ADDRESS.shape,
};

/** The settings of the service but for its address and its store. */
export type Settings = Pick<
  ServeOptions,
  | "protection"
  | "corsOrigins"
  | "accessLog"
  | "pages"
  | "placements"
  | "exposures"
  | "experiments"
  | "tracing"
  | "histories"
>;

/**
 * Reads who may do what, and what is logged.
 *
 * @throws {InputError} If a setting breaks its rule; names it.
 */
export function settingsFromEnvironment(): Settings {
  const settings = read(SERVICE);
  const { EXPOSURES, EXPERIMENTS } = settings;
  if (EXPERIMENTS !== undefined && EXPOSURES === "off") {
    throw new InputError(
      "Cannot serve: EXPERIMENTS needs EXPOSURES=on, since an experiment is measured by what " +
        `users are shown; got EXPERIMENTS="${EXPERIMENTS}"`,
    );
  }
  return {
    protection: {
      apiTokens: settings.API_TOKENS,
      readTokens: settings.READ_TOKENS,
      publicKeys: settings.PUBLIC_KEYS,
      corsOrigins: settings.CORS_ORIGINS.map(requireOrigin),
      rateLimit: settings.RATE_LIMIT,
      trustedProxies: settings.TRUSTED_PROXIES,
      concurrency: settings.CONCURRENCY,
    },
    corsOrigins: settings.CORS_ORIGINS.map(requireOrigin),
    accessLog: settings.ACCESS_LOG === "on",
    pages: settings.PAGES,
    placements: settings.PLACEMENTS,
    exposures: EXPOSURES === "on" ? { attributionHours: settings.ATTRIBUTION_HOURS } : undefined,
    experiments: EXPERIMENTS,
    histories: historiesFromEnvironment(),
    tracing: ["true", "1"].includes(settings.OTEL_DENO),
  };
}

/**
 * Reads where events are stored.
 *
 * @param path The file if the environment names none; on Deno Deploy it is the platform's own store
 *   instead.
 * @throws {InputError} If a setting breaks its rule; names it.
 */
export function storeFromEnvironment(path: string): AnyStoreOptions {
  const { KV_PATH, STORE_URL, DENO_DEPLOY, DENO_DEPLOYMENT_ID, ...settings } = read(STORE);
  if (STORE_URL !== undefined) parseStoreUrl(STORE_URL);
  const isOnDeploy = DENO_DEPLOY !== undefined || DENO_DEPLOYMENT_ID !== undefined;
  return {
    path: KV_PATH ?? (isOnDeploy ? undefined : path),
    url: STORE_URL,
    connections: settings.STORE_CONNECTIONS,
    retentionDays: settings.RETENTION_DAYS,
    timeout: settings.STORE_TIMEOUT,
  };
}

/**
 * Reads where histories are that are apart from the artifact.
 *
 * @throws {InputError} If a setting breaks its rule.
 */
export function historiesFromEnvironment(): Pick<ShardsOptions, "place" | "timeout"> {
  const { HISTORIES: place, HISTORIES_TIMEOUT: timeout } = read(HISTORIES);
  return { ...(place !== undefined && { place }), ...(timeout !== undefined && { timeout }) };
}

/** Where the artifacts are, and where to listen. */
export type AddressSettings = Pick<ServeOptions, "host" | "port"> & { readonly source: string };

/** Reads where the artifacts are, and where to listen.
 *
 * @param folder Where artifacts are if the environment doesn't say.
 * @throws {InputError} If a setting breaks its rule; names it.
 */
export function addressFromEnvironment(folder: string): AddressSettings {
  const { MODEL_URL, ARTIFACTS_DIR, HOST, PORT } = read(ADDRESS);
  return { source: MODEL_URL ?? ARTIFACTS_DIR ?? folder, host: HOST, port: PORT };
}

/** Reads settings; an empty text counts as unset. */
function read<Rules extends z.ZodObject>(rules: Rules): z.output<Rules> {
  const texts = Object.fromEntries(
    Object.keys(rules.shape).map((name) => [name, Deno.env.get(name) || undefined]),
  );
  const { data, error } = rules.safeParse(texts, { jitless: true });
  if (!error) return data;
  const [{ path: [name], message }] = error.issues;
  const text = texts[String(name)];
  throw new InputError(`Cannot serve: ${String(name)} must be ${message}, got "${text}"`);
}

function requireOrigin(text: string): string {
  if (text === "*" || URL.parse(text)?.origin === text) return text;
  throw new InputError(
    `Cannot serve: CORS_ORIGINS must be "*" or origins such as https://shop.example.com ` +
      `without a path, got "${text}"`,
  );
}
