import type { z } from "zod";
import { InputError } from "../../../base/input_error.ts";
import { faultOf } from "../../http/parameters.ts";
import { checkPlacements, type KnownNames } from "./check_placements.ts";
import { Placements } from "./placements.ts";
import { placementsFile } from "./schema.ts";

/**
 * Reads a file of placements and checks it.
 *
 * @throws {InputError} If it can't be read, isn't JSON, breaks a rule, or names something that
 *   there isn't; says all that is wrong.
 */
export async function readPlacements(path: string, known: KnownNames): Promise<Placements> {
  return new Placements(
    await readSettingsFile(path, {
      ...{ noun: "placements", setting: "PLACEMENTS", rule: placementsFile },
      check: (file) => checkPlacements(file, known),
    }),
  );
}

/** A kind of file that a setting names. */
export interface SettingsFile<Rule extends z.ZodType> {
  /** What messages call its content. */
  readonly noun: string;
  readonly setting: string;
  readonly rule: Rule;
  /** What is wrong with it though it keeps the rule, one sentence each. */
  check(content: z.output<Rule>): readonly string[];
}

/**
 * Reads a file of JSON that a setting names and checks it.
 *
 * @throws {InputError} If it can't be read, isn't JSON or breaks a rule; says all that is wrong.
 */
export async function readSettingsFile<Rule extends z.ZodType>(
  path: string,
  { noun, setting, rule, check }: SettingsFile<Rule>,
): Promise<z.output<Rule>> {
  const wrong = (faults: readonly string[]) =>
    new InputError(
      `Cannot use the ${noun} in ${path}:` +
        (faults.length === 1 ? ` ${faults[0]}` : faults.map((each) => `\n  ${each}`).join("")),
    );
  const text = await readText(path, { noun, setting });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw wrong([`it isn't JSON: ${(error as Error).message}`]);
  }
  const { data, error } = rule.safeParse(value, { jitless: true });
  if (error) throw wrong([faultOf(error, value).detail]);
  const faults = check(data!);
  if (faults.length > 0) throw wrong(faults);
  return data!;
}

async function readText(
  path: string,
  { noun, setting }: { noun: string; setting: string },
): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    throw new InputError(
      `Cannot read the ${noun} in ${path}: ${(error as Error).message}; ${setting} names the file`,
    );
  }
}
