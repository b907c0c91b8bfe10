import { InputError } from "../../src/base/input_error.ts";
import { settingsFromEnvironment } from "../../src/service/settings_from_environment.ts";
import { assertEquals, assertThrows } from "../assert.ts";

/** Runs something with these and no others of the settings. */
function withEnvironment<T>(settings: Readonly<Record<string, string>>, run: () => T): T {
  const names = Object.keys(settings);
  const before = names.map((name) => Deno.env.get(name));
  for (const name of names) Deno.env.set(name, settings[name]);
  try {
    return run();
  } finally {
    names.forEach((name, i) => {
      const value = before[i];
      if (value === undefined) Deno.env.delete(name);
      else Deno.env.set(name, value);
    });
  }
}

Deno.test("what the environment says is read", () => {
  const settings = withEnvironment({
    API_TOKENS: " aaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbb,",
    READ_TOKENS: "",
    RATE_LIMIT: "2.5",
    TRUSTED_PROXIES: "0",
    CONCURRENCY: "64",
    ACCESS_LOG: "off",
    OTEL_DENO: "true",
    CORS_ORIGINS: "https://shop.example.com,http://localhost:3000",
  }, settingsFromEnvironment);
  assertEquals(settings, {
    protection: {
      apiTokens: ["aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb"],
      readTokens: [],
      rateLimit: { perSecond: 2.5 },
      trustedProxies: 0,
      concurrency: 64,
    },
    corsOrigins: ["https://shop.example.com", "http://localhost:3000"],
    accessLog: false,
    tracing: true,
  });
});

const MISTAKES: readonly [string, string, string][] = [
  ["RATE_LIMIT", "fast", "RATE_LIMIT must be a number above 0"],
  ["RATE_LIMIT", "0", "RATE_LIMIT must be a number above 0"],
  ["TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES must be a whole number from 0"],
  ["CONCURRENCY", "1.5", "CONCURRENCY must be a whole number from 1"],
  ["ACCESS_LOG", "no", "ACCESS_LOG must be on or off"],
  ["CORS_ORIGINS", "shop.example.com", "CORS_ORIGINS must be"],
  ["CORS_ORIGINS", "https://shop.example.com/", "without a path"],
];

for (const [name, value, message] of MISTAKES) {
  Deno.test(`${name}=${value} is refused: ${message}`, () => {
    assertThrows(
      () => withEnvironment({ [name]: value }, settingsFromEnvironment),
      InputError,
      message,
    );
  });
}
