import { InputError } from "../../base/input_error.ts";
import { nearestName } from "../../base/nearest_name.ts";
import type { Algorithm } from "../../models/model.ts";

/**
 * Makes sure that options are those of a model.
 *
 * @param attempt How the message begins: what could not be done.
 * @throws {InputError} If one is not; names it, the nearest right one, and all there are.
 */
export function checkOptionNames(
  attempt: string,
  { name: model, defaults }: Algorithm,
  options: object,
): void {
  const names = Object.keys(defaults);
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
