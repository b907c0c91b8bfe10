import { Command, InvalidArgumentError } from "commander";
import { commaList, numberWithin, runTask, wholeNumber } from "../../../scripts/lib/cli.ts";
import { InputError } from "../../../src/base/input_error.ts";
import { assertEquals, assertRejects, assertThrows } from "../../assert.ts";

Deno.test("a whole number is parsed", () => {
  assertEquals(wholeNumber(1)("7"), 7);
  assertEquals(wholeNumber(-5, 5)("-5"), -5);
  assertEquals(wholeNumber(0)("9007199254740991"), 2 ** 53 - 1);
});

Deno.test("a value that isn't a whole number in range is refused with the range", () => {
  for (const text of ["", " ", "1.5", "seven", "0", "101", "NaN", "Infinity"]) {
    assertThrows(() => wholeNumber(1, 100)(text), InvalidArgumentError, "whole number, 1 to 100.");
  }
  assertThrows(() => wholeNumber(1)("0"), InvalidArgumentError, "whole number, 1 or more.");
  assertThrows(() => wholeNumber(1)("9007199254740992"), InvalidArgumentError, "1 or more.");
});

Deno.test("a number is read within its limits, and anything else refused with them", () => {
  assertEquals([numberWithin(0, 0.4)("0.25"), numberWithin(0, 0.4)("0")], [0.25, 0]);
  for (const text of ["", " ", "some", "0.41", "-0.1", "NaN"]) {
    assertThrows(() => numberWithin(0, 0.4)(text), InvalidArgumentError, "number from 0 to 0.4.");
  }
});

Deno.test("a comma-separated list ignores spaces and empty entries", () => {
  assertEquals(commaList("svd, als ,,item_knn,"), ["svd", "als", "item_knn"]);
  assertThrows(() => commaList(" , "), InvalidArgumentError, "at least one");
});

Deno.test("a task gets the options of its command line", async () => {
  let received: object = {};
  const command = new Command().requiredOption("--count <n>", "", wholeNumber(1))
    .action((options: object) => {
      received = options;
    });
  await runTask(command, ["--count", "3"]);
  assertEquals(received, { count: 3 });
});

Deno.test("an unexpected error is rethrown", async () => {
  const command = new Command().action(() => Promise.reject(new TypeError("a bug")));
  await assertRejects(() => runTask(command, []), TypeError, "a bug");
});

Deno.test("an input error is one line on standard error and exit code 1", async () => {
  const printed: string[] = [];
  const { error } = console, { exit } = Deno;
  console.error = (line: string) => printed.push(line);
  Deno.exit = (code) => {
    throw new Error(`exit ${code}`);
  };
  try {
    const command = new Command().action(() => {
      throw new InputError("Cannot read x.csv: there is no such file");
    });
    await assertRejects(() => runTask(command, []), Error, "exit 1");
  } finally {
    console.error = error;
    Deno.exit = exit;
  }
  assertEquals(printed, ["error: Cannot read x.csv: there is no such file"]);
});
