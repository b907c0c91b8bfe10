import { InputError } from "../../base/input_error.ts";
import { nearestName } from "../../base/nearest_name.ts";
import type { Algorithm } from "../../models/model.ts";

/**
 * Checks that a model has all of the given options.
 *
 * @param attempt Start of the message: what failed.
 * @throws {InputError} If it lacks one; names it, the most similar one and all of the model's.
 */
export function checkOptionNames(
  attempt: string,
  { name: model, options: declared }: Algorithm,
  options: object,
): void {
  const names = Object.keys(declared);
  const wrong = Object.keys(options).find((name) => !names.includes(name));
  if (wrong === undefined) return;
  const nearest = nearestName(wrong, names);
  throw new InputError(
    `${attempt}: ${model} has no option "${wrong}"${
      nearest ? `, did you mean "${nearest}"?` : ""
    }` +
      ` It has: ${names.join(", ") || "none"}`,
  );
}
