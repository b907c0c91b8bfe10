import { InputError } from "../../../../src/base/input_error.ts";
import { parseStoreUrl } from "../../../../src/service/store/postgres/store_url.ts";
import { assert, assertEquals, assertThrows } from "../../../assert.ts";

Deno.test("a store's URL names servers, database, user and password", () => {
  assertEquals(
    parseStoreUrl("postgres://shop:p%40ss@db1,[::1]:5433/events?sslmode=verify-ca&sslrootcert=/ca"),
    {
      hosts: [{ host: "db1", port: 5432 }, { host: "::1", port: 5433 }],
      database: "events",
      user: "shop",
      password: "p@ss",
      sslMode: "verify-ca",
      rootCertificate: "/ca",
      name: "postgres://db1,[::1]:5433/events",
    },
  );
  assertEquals(parseStoreUrl("postgresql://db/shop").sslMode, "prefer");
});

const MISTAKES: readonly [string, string][] = [
  ["mysql://shop:secret@db/shop", "must be postgres://USER"],
  ["postgres://shop:secret@db", "must be postgres://USER"],
  ["postgres://shop:secret@db:0/shop", "ports from 1 to 65535"],
  ["postgres://shop:secret@db one/shop", "hosts such as db1:5432"],
  ["postgres://shop:secret%@db/shop", "percent-encoded"],
  ["postgres://shop:secret@db/shop?sslmode=on", "sslmode one of disable, prefer"],
  ["postgres://shop:secret@10.0.0.7/shop?sslmode=verify-full", "by name, not by address"],
  ["postgres://shop:secret@db/shop?password=secret", "without options but"],
];

for (const [url, message] of MISTAKES) {
  Deno.test(`the store's URL ${url} is refused, and not repeated: ${message}`, () => {
    const error = assertThrows(() => parseStoreUrl(url), InputError, message);
    assert(!error.message.includes("secret"), error.message);
  });
}
