import { InputError } from "../base/input_error.ts";
import type { Interactions } from "../interactions/interactions.ts";

/** The values that one option of a model may take. */
export interface OptionRule {
  /** Least value of a number. Default none. */
  readonly min?: number;
  /** Largest value of a number. Default none. */
  readonly max?: number;
  /** Whether only whole numbers will do. */
  readonly whole?: boolean;
  /** Whether `min` itself is too small. */
  readonly exclusive?: boolean;
  /** The values that the option may have, if it isn't a number. */
  readonly oneOf?: readonly (string | boolean)[];
}

/**
 * Completes a model's options from its defaults and checks them. An option given as `undefined` is left out.
 *
 * @param rules What the options may be; one without a rule may be anything.
 * @throws {InputError} If an option isn't one of the model's or breaks its rule; names model, option and rule.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const rules = { factors: { min: 1, whole: true } };
 * assertEquals(resolveOptions("svd", { factors: 100 }, { factors: 8 }, rules), { factors: 8 });
 * ```
 */
export function resolveOptions<Options extends object>(
  model: string,
  defaults: Readonly<Options>,
  given: Partial<Options> = {},
  rules: { readonly [Name in keyof Options]?: OptionRule } = {},
): Options {
  const options = { ...defaults };
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(defaults, name)) {
      const names = Object.keys(defaults).join(", ");
      throw new InputError(`Cannot fit ${model}: it has no option "${name}", only: ${names}`);
    }
    if (value !== undefined) Object.assign(options, { [name]: value });
  }
  for (const name of Object.keys(defaults) as (keyof Options & string)[]) {
    const rule = rules[name];
    if (rule?.oneOf) checkChoice(model, name, options[name], rule.oneOf);
    else if (rule) checkNumber(model, name, options[name], rule);
  }
  return options;
}

function checkChoice(
  model: string,
  name: string,
  value: unknown,
  choices: readonly (string | boolean)[],
): void {
  if (choices.some((choice) => choice === value)) return;
  throw new InputError(
    `Cannot fit ${model}: option "${name}" must be one of ${choices.join(", ")}, got ${value}`,
  );
}

function checkNumber(
  model: string,
  name: string,
  value: unknown,
  { min = -Infinity, max = Infinity, whole = false, exclusive = false }: OptionRule,
): void {
  const fits = typeof value === "number" && value <= max &&
    (exclusive ? value > min : value >= min) && (!whole || Number.isSafeInteger(value));
  if (fits) return;
  const kind = whole ? "a whole number" : "a number";
  const lower = min === -Infinity ? "" : exclusive ? ` above ${min}` : ` of at least ${min}`;
  const upper = max === Infinity ? "" : `${lower && " and"} of at most ${max}`;
  throw new InputError(
    `Cannot fit ${model}: option "${name}" must be ${kind}${lower}${upper}, got ${value}`,
  );
}

/**
 * Makes sure that there is something to learn from.
 *
 * @throws {InputError} If there are no interactions, or one weighs less than 0 or isn't finite.
 */
export function requireEvents(
  model: string,
  { items, weights }: Pick<Interactions, "items" | "weights">,
): void {
  if (items.length === 0) {
    throw new InputError(
      `Cannot fit ${model}: the training data holds no views, carts or purchases`,
    );
  }
  const wrong = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (wrong >= 0) {
    throw new InputError(
      `Cannot fit ${model}: weights must be finite and at least 0, event ${wrong} weighs ${
        weights[wrong]
      }`,
    );
  }
}
