import { type Command, InvalidArgumentError } from "commander";
import { InputError } from "../../src/base/input_error.ts";

/**
 * Parses the command line and runs the task. An {@linkcode InputError} is printed as one line
 * without a stack trace, and the process exits with 1.
 */
export async function runTask(command: Command, args: string[] = Deno.args): Promise<void> {
  checkRequiredLast(command);
  // Help has no colors; commander would ask the environment, which `serve` may not read.
  command.configureOutput({ getOutHasColors: () => false, getErrHasColors: () => false });
  try {
    await command.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.error(`error: ${error.message}`);
    Deno.exit(1);
  }
}

/** Paths, or what stands for them, and what is written there. */
export type WrittenFiles = Readonly<Record<string, string>>;

/** Adds to a command's help where it writes what. */
export function addWrittenFiles(command: Command, files: WrittenFiles): Command {
  const width = Math.max(...Object.keys(files).map(({ length }) => length));
  const lines = Object.entries(files).map(([path, what]) => `  ${path.padEnd(width)}  ${what}`);
  return command.addHelpText("after", `\nWrites:\n${lines.join("\n")}`);
}

/** Reports a mistyped `--evnts` as such, before a missing `--events`. */
function checkRequiredLast(command: Command): void {
  const required = command.options.filter(({ mandatory }) => mandatory);
  for (const option of required) option.makeOptionMandatory(false);
  command.hook("preAction", () => {
    const missing = required.find((option) =>
      command.getOptionValue(option.attributeName()) === undefined
    );
    if (missing) command.error(`error: required option '${missing.flags}' not specified`);
  });
}

/**
 * Makes a parser for an option's value that is a whole number.
 *
 * @throws {InvalidArgumentError} From the parser, if the value isn't between `min` and `max`.
 */
export function wholeNumber(min: number, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === "" || !Number.isSafeInteger(value) || value < min || value > max) {
      const range = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `${min} to ${max}`;
      throw new InvalidArgumentError(`It must be a whole number, ${range}.`);
    }
    return value;
  };
}

/**
 * Makes a parser for an option's value that is a number.
 *
 * @throws {InvalidArgumentError} From the parser, if the value isn't between `min` and `max`.
 */
export function numberWithin(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a number from ${min} to ${max}.`);
  };
}

/** Reads an option's value as a number above 0. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) {
    throw new InvalidArgumentError("It must be a number above 0.");
  }
  return value;
}

/** Reads an option's value as a comma-separated list. */
export function commaList(text: string): string[] {
  const words = text.split(",").map((word) => word.trim()).filter((word) => word !== "");
  if (words.length === 0) throw new InvalidArgumentError("It must list at least one name.");
  return words;
}
