import { InputError } from "../../../src/base/input_error.ts";
import { identifyServer } from "../../../src/spark/connect/identify_server.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const ADDRESS = "sc://host:15002";

Deno.test("Spark and Sail are told apart by their versions", () => {
  assertEquals(identifyServer("4.3.0 0a1b2c", ADDRESS), { name: "Spark", version: "4.3.0" });
  assertEquals(identifyServer("4.0.1", ADDRESS), { name: "Spark", version: "4.0.1" });
  assertEquals(identifyServer("0.7.2", ADDRESS), { name: "Sail", version: "0.7.2" });
});

Deno.test("a server that is too old is refused with its version and the one it needs", () => {
  assertThrows(
    () => identifyServer("3.5.1", ADDRESS),
    InputError,
    "Cannot use the server at sc://host:15002: the version of Spark must be 4.0 or later, it is " +
      "3.5.1",
  );
  assertThrows(() => identifyServer("0.6.9", ADDRESS), InputError, "must be 0.7 or later");
  assertThrows(() => identifyServer("", ADDRESS), InputError, "it is unknown");
});
