import { Code, ConnectError } from "@connectrpc/connect";
import { assertEquals } from "../../assert.ts";
import { InputError } from "../../../src/base/input_error.ts";
import { explainError } from "../../../src/spark/connect/explain_error.ts";

function explain(message: string, code: Code): string {
  const error = explainError(new ConnectError(message, code), "clean", "sc://h:1");
  return error instanceof InputError ? error.message : "not explained";
}

Deno.test("a server that doesn't answer is named, with what to do", () => {
  assertEquals(
    explain("connect ECONNREFUSED", Code.Unavailable),
    "Cannot clean: no Spark server answers at sc://h:1 (connect ECONNREFUSED); start one " +
      "(deno task spark:up) or correct --master",
  );
});

Deno.test("Spark's own errors keep their first line and say what to do", () => {
  assertEquals(
    explain("[PATH_NOT_FOUND] Path does not exist: file:/no.csv. SQLSTATE: 42K03", Code.Internal),
    "Cannot clean: Spark says: [PATH_NOT_FOUND] Path does not exist: file:/no.csv.; check the " +
      "path; the server and its executors read it, not this machine",
  );
});

Deno.test("a query's plan and a stack trace are left out", () => {
  assertEquals(
    explain("[ODD] one\n  two\n== SQL ==\nSELECT\n\tat org.apache.X(Y.scala:1)", Code.Internal),
    "Cannot clean: Spark says: [ODD] one two",
  );
});

Deno.test("a restarted server, a wrong token and another kind of server are told apart", () => {
  const restarted = explain("[INVALID_HANDLE.SESSION_NOT_FOUND] gone", Code.Internal);
  assertEquals(
    restarted,
    "Cannot clean: the Spark server at sc://h:1 was started anew meanwhile; run the command again",
  );
  assertEquals(
    explain("no", Code.Unauthenticated),
    "Cannot clean: the server at sc://h:1 refuses this client (no); check the token in its address",
  );
  assertEquals(
    explain("HTTP 404", Code.Unimplemented),
    "Cannot clean: the server at sc://h:1 doesn't speak Spark Connect, or lacks a part of it " +
      "(HTTP 404); Spark 4.0 or later does (sbin/start-connect-server.sh)",
  );
});

Deno.test("an error that isn't the server's stays what it is", () => {
  const bug = new TypeError("x is undefined");
  assertEquals(explainError(bug, "clean", "sc://h:1"), bug);
});
