import { z } from "zod";
import { InputError } from "../../base/input_error.ts";
import type { Algorithm } from "../../models/model.ts";
import type { SearchSpace } from "../../models/options/declarations.ts";
import type { ModelOption, OptionValue } from "../../models/options/option.ts";
import { checkOptionNames } from "./option_names.ts";
import { optionValueSchema } from "./options_json.ts";

const gridSchema = z.record(
  z.string(),
  z.array(optionValueSchema, { error: "must be a list of values to try" })
    .min(1, "must list at least one value"),
  { error: 'it must name options and list their values, as {"factors": [50, 100]}' },
);

/**
 * Reads the values to try for the options of a model from JSON such as `{"factors": [50, 100]}`;
 * infinity is the text `"Infinity"`.
 *
 * @throws {InputError} If the file is missing or malformed, names an option that the model doesn't
 * have, repeats a value, or has one that breaks the option's rule; names option and rule.
 */
export async function readGrid(path: string, algorithm: Algorithm): Promise<SearchSpace> {
  const attempt = `Cannot read the grid ${path}`;
  const { data: grid, error } = gridSchema.safeParse(await readJson(attempt, path));
  if (!grid) {
    const { path: [option], message } = error.issues[0];
    throw new InputError(
      `${attempt}: ${option === undefined ? "" : `option "${String(option)}" `}${message}`,
    );
  }
  checkOptionNames(attempt, algorithm, grid);
  if (Object.keys(grid).length === 0) {
    throw new InputError(`${attempt}: it must name at least one option, got none`);
  }
  for (const [option, values] of Object.entries(grid)) {
    checkValues(`${attempt}: option "${option}"`, values, algorithm.options[option]);
  }
  return grid;
}

function checkValues(
  attempt: string,
  values: readonly OptionValue[],
  { accepts, rule }: ModelOption,
): void {
  const wrong = values.find((value) => !accepts(value));
  if (wrong !== undefined) {
    throw new InputError(`${attempt} must be ${rule}, got ${JSON.stringify(wrong)}`);
  }
  const again = values.find((value, i) => values.indexOf(value) !== i);
  if (again !== undefined) {
    throw new InputError(`${attempt} must list each value once, ${again} is repeated`);
  }
}

async function readJson(attempt: string, path: string): Promise<unknown> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    throw new InputError(`${attempt}: ${(error as Error).message}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${attempt}: it isn't JSON, ${(error as Error).message}`);
  }
}
