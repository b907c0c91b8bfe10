import { assertEquals, assertThrows } from "../../assert.ts";
import { InputError } from "../../../src/base/input_error.ts";
import { readServerAddress } from "../../../src/spark/connect/server_address.ts";

Deno.test("a server's address needs no more than a host", () => {
  assertEquals(readServerAddress("sc://spark.example"), {
    shown: "sc://spark.example:15002",
    url: "http://spark.example:15002",
    user: "recommender",
    headers: {},
  });
});

Deno.test("a token implies TLS and never shows in messages", () => {
  const address = readServerAddress("sc://dbc.example:443/;token=a%3Db;user_id=ann");
  assertEquals(address.url, "https://dbc.example:443");
  assertEquals(address.headers, { authorization: "Bearer a=b" });
  assertEquals([address.shown, address.user], ["sc://dbc.example:443", "ann"]);
});

Deno.test("other parameters become headers, by which services choose a cluster", () => {
  const { url, headers } = readServerAddress("sc://h:1/;use_ssl=true;x-cluster-id=7");
  assertEquals([url, headers], ["https://h:1", { "x-cluster-id": "7" }]);
});

Deno.test("anything else is refused with the form that it must have", () => {
  for (
    const text of ["", "localhost:15002", "spark://h:7077", "sc://", "sc://h:99999", "sc://h/x"]
  ) {
    const { message } = assertThrows(() => readServerAddress(text), InputError);
    assertEquals(
      message,
      "Cannot reach a Spark server: its address must look like sc://host:15002 or " +
        `sc://host:443/;use_ssl=true;token=SECRET, got "${text}"`,
    );
  }
  assertThrows(() => readServerAddress("sc://h:1/;token"), InputError, "like token=SECRET");
});
