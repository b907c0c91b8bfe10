import { InputError } from "../../base/input_error.ts";
import { type Declarations, defaultsOf, type OptionsOf } from "./declarations.ts";

/**
 * Completes a model's options from their defaults and checks them. An option given as `undefined`
 * takes its default.
 *
 * @throws {InputError} If the model doesn't have an option or its value breaks the rule; names
 * model, option and rule.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { whole } from "./option.ts";
 *
 * const declared = { factors: whole(100, { min: 1, meaning: "Length of the vectors" }) };
 * assertEquals(resolveOptions("svd", declared, { factors: 8 }), { factors: 8 });
 * assertEquals(resolveOptions("svd", declared), { factors: 100 });
 * ```
 */
export function resolveOptions<Declared extends Declarations>(
  model: string,
  declared: Declared,
  given: object = {},
): OptionsOf<Declared> {
  const options = defaultsOf(declared);
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(declared, name)) {
      const names = Object.keys(declared).join(", ");
      throw new InputError(`Cannot fit ${model}: it has no option "${name}", only: ${names}`);
    }
    if (value === undefined) continue;
    const { accepts, rule } = declared[name];
    if (!accepts(value)) {
      throw new InputError(
        `Cannot fit ${model}: option "${name}" must be ${rule}, got ${value}`,
      );
    }
    Object.assign(options, { [name]: value });
  }
  return options;
}
