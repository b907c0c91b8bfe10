import { InputError } from "../../src/base/input_error.ts";
import {
  addressFromEnvironment,
  SETTINGS,
  settingsFromEnvironment,
  storeFromEnvironment,
} from "../../src/service/settings_from_environment.ts";
import { assertEquals, assertStringIncludes, assertThrows } from "../assert.ts";

/**
 * Runs a function with these environment variables and no others. The process's own stay as they
 * are: tests that run in parallel share them.
 */
function withEnvironment<T>(settings: Readonly<Record<string, string>>, run: () => T): T {
  const { get } = Deno.env;
  Deno.env.get = (name) => settings[name];
  try {
    return run();
  } finally {
    Deno.env.get = get;
  }
}

Deno.test("settings are read from the environment", () => {
  const settings = withEnvironment({
    API_TOKENS: " aaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbb,",
    READ_TOKENS: "",
    PUBLIC_KEYS: "shop-page-1",
    RATE_LIMIT: "2.5",
    TRUSTED_PROXIES: "0",
    CONCURRENCY: "64",
    ACCESS_LOG: "off",
    PAGES: "shop",
    PLACEMENTS: "placements.json",
    EXPOSURES: "on",
    ATTRIBUTION_HOURS: "48",
    EXPERIMENTS: "experiments.json",
    OTEL_DENO: "true",
    HISTORIES: "https://store.example.com/histories",
    HISTORIES_TIMEOUT: "0.5",
    CORS_ORIGINS: "https://shop.example.com,http://localhost:3000",
  }, settingsFromEnvironment);
  assertEquals(settings, {
    protection: {
      apiTokens: ["aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb"],
      readTokens: [],
      publicKeys: ["shop-page-1"],
      corsOrigins: ["https://shop.example.com", "http://localhost:3000"],
      rateLimit: 2.5,
      trustedProxies: 0,
      concurrency: 64,
    },
    corsOrigins: ["https://shop.example.com", "http://localhost:3000"],
    accessLog: false,
    pages: "shop",
    placements: "placements.json",
    exposures: { attributionHours: 48 },
    experiments: "experiments.json",
    histories: { place: "https://store.example.com/histories", timeout: 0.5 },
    tracing: true,
  });
});

Deno.test("the store is a file, or the platform's own on Deno Deploy", () => {
  const inEnvironment = (settings: Readonly<Record<string, string>>) =>
    withEnvironment(settings, () => storeFromEnvironment("data/store.kv"));
  assertEquals(inEnvironment({}), {
    path: "data/store.kv",
    url: undefined,
    connections: undefined,
    retentionDays: undefined,
    timeout: undefined,
  });
  assertEquals(
    inEnvironment({ KV_PATH: ":memory:", RETENTION_DAYS: "0.5", STORE_TIMEOUT: "1.5" }),
    {
      path: ":memory:",
      url: undefined,
      connections: undefined,
      retentionDays: 0.5,
      timeout: 1.5,
    },
  );
  const database = { STORE_URL: "postgres://db/shop", STORE_CONNECTIONS: "4" };
  const { url, connections } = inEnvironment(database);
  assertEquals([url, connections], ["postgres://db/shop", 4]);
  assertEquals(inEnvironment({ DENO_DEPLOY: "1" }).path, undefined);
  assertEquals(inEnvironment({ DENO_DEPLOYMENT_ID: "a", KV_PATH: "b.kv" }).path, "b.kv");
});

Deno.test("the artifacts of MODEL_URL take precedence over those of ARTIFACTS_DIR", () => {
  const inEnvironment = (settings: Readonly<Record<string, string>>) =>
    withEnvironment(settings, () => addressFromEnvironment("artifacts"));
  assertEquals(inEnvironment({}), { source: "artifacts", host: "0.0.0.0", port: 8000 });
  const MODEL_URL = "https://models.example.com";
  assertEquals(inEnvironment({ ARTIFACTS_DIR: "elsewhere", PORT: "0" }), {
    source: "elsewhere",
    host: "0.0.0.0",
    port: 0,
  });
  assertEquals(inEnvironment({ ARTIFACTS_DIR: "elsewhere", MODEL_URL, HOST: "::1" }), {
    source: MODEL_URL,
    host: "::1",
    port: 8000,
  });
});

const root = new URL("../../", import.meta.url);

Deno.test("docs/operations.md lists each setting as the code describes it", async () => {
  const text = await Deno.readTextFile(new URL("docs/operations.md", root));
  for (const [name, rule] of Object.entries(SETTINGS)) {
    assertStringIncludes(text, `| \`${name}\` | ${rule.description} |\n`);
  }
});

/** Deno reads the first, for a KV on another machine, and PostgreSQL's client the others. */
const OWN = ["DENO_KV_ACCESS_TOKEN", "PG*"];
/** `deno task serve` has options for these. */
const OPTIONS: readonly string[] = ["ARTIFACTS_DIR", "HOST", "MODEL_URL", "PORT"];

for (const file of ["scripts/ops/Dockerfile", "scripts/ops/recommender@.service"]) {
  Deno.test(`${file} permits the service to read its settings and nothing else`, async () => {
    const text = await Deno.readTextFile(new URL(file, root));
    const permitted = text.match(/--allow-env=([\w,*]+)/)?.[1].split(",");
    assertEquals(permitted, [...Object.keys(SETTINGS), ...OWN].sort());
  });
}

Deno.test("deno task serve may read its settings and nothing else", async () => {
  const { permissions } = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));
  const expected = [...Object.keys(SETTINGS), ...OWN].filter((name) => !OPTIONS.includes(name));
  assertEquals(permissions.serve.env, expected.sort());
});

const MISTAKES: readonly [string, string, string][] = [
  ["RATE_LIMIT", "fast", "RATE_LIMIT must be a number above 0"],
  ["RATE_LIMIT", "0", "RATE_LIMIT must be a number above 0"],
  ["TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES must be a whole number from 0"],
  ["CONCURRENCY", "1.5", "CONCURRENCY must be a whole number from 1"],
  ["CONCURRENCY", "0", "CONCURRENCY must be a whole number from 1"],
  ["RETENTION_DAYS", "-1", "RETENTION_DAYS must be a number above 0"],
  ["STORE_URL", "mysql://db/shop", "STORE_URL must be postgres://"],
  ["HISTORIES", "https://", "HISTORIES must be a folder, or a URL that begins with https://"],
  ["HISTORIES", "s3://shop/histories", "HISTORIES must be a folder, or a URL"],
  ["STORE_CONNECTIONS", "0", "STORE_CONNECTIONS must be a whole number from 1"],
  ["STORE_TIMEOUT", "0", "STORE_TIMEOUT must be a number above 0"],
  ["PORT", "65536", "PORT must be a whole number up to 65535"],
  ["PORT", "8e3", "PORT must be a whole number up to 65535"],
  ["ACCESS_LOG", "no", "ACCESS_LOG must be on or off"],
  ["PAGES", "yes", "PAGES must be on, off or shop"],
  ["CORS_ORIGINS", "shop.example.com", "CORS_ORIGINS must be"],
  ["CORS_ORIGINS", "https://shop.example.com/", "without a path"],
];

for (const [name, value, message] of MISTAKES) {
  Deno.test(`${name}=${value} is refused: ${message}`, () => {
    assertThrows(
      () =>
        withEnvironment({ [name]: value }, () => {
          settingsFromEnvironment();
          storeFromEnvironment("");
          addressFromEnvironment("");
        }),
      InputError,
      message,
    );
  });
}
