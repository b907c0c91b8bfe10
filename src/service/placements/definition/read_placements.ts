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
  const value = parse(path, await readText(path));
  const { data, error } = placementsFile.safeParse(value, { jitless: true });
  if (error) throw wrong(path, [faultOf(error, value).detail]);
  const faults = checkPlacements(data, known);
  if (faults.length > 0) throw wrong(path, faults);
  return new Placements(data);
}

async function readText(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    throw new InputError(
      `Cannot read the placements in ${path}: ${
        (error as Error).message
      }; PLACEMENTS names the file`,
    );
  }
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw wrong(path, [`it isn't JSON: ${(error as Error).message}`]);
  }
}

function wrong(path: string, faults: readonly string[]): InputError {
  const list = faults.length === 1 ? ` ${faults[0]}` : faults.map((each) => `\n  ${each}`).join("");
  return new InputError(`Cannot use the placements in ${path}:${list}`);
}
