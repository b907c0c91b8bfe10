import { Command } from "commander";
import {
  addFormatOptions,
  type FormatFlags,
  formatOptions,
} from "../../../scripts/lib/format_options.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

function parse(...args: string[]) {
  const command = addFormatOptions(new Command().exitOverride().configureOutput({ writeErr() {} }));
  return formatOptions(command.parse(args, { from: "user" }).opts<FormatFlags>());
}

Deno.test("the form of files is read from the command line, and nothing if nothing is said", () => {
  assertEquals(parse(), undefined);
  assertEquals(
    parse(
      ...["--columns", "user_id=customer_id, event_time=ts", "--separator", "tab"],
      ...["--decimal", ",", "--types", "page_view=view,order=purchase,ping="],
    ),
    {
      columns: { user_id: "customer_id", event_time: "ts" },
      separator: "\t",
      decimal: ",",
      types: { page_view: "view", order: "purchase", ping: "" },
    },
  );
});

Deno.test("mistakes in the form of files name the rule", () => {
  assertThrows(() => parse("--columns", "customer=user_id"), Error, "there is no customer");
  assertThrows(() => parse("--columns", "user_id="), Error, "Name the file's column for user_id");
  assertThrows(
    () => parse("--columns", "user_id"),
    Error,
    'It must be pairs like a=b, got "user_id"',
  );
  assertThrows(() => parse("--types", "order=buy"), Error, "there is no buy");
  assertThrows(() => parse("--separator", "ab"), Error, "It must be one character");
  assertThrows(() => parse("--decimal", "'"), Error, "Allowed choices are ., ,");
});
