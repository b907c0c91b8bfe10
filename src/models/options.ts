import { InputError } from "../interactions/input_error.ts";

/** The values that one option of a model may take. */
export interface OptionRule {
  readonly min?: number;
  readonly max?: number;
  /** Whether only whole numbers will do. */
  readonly whole?: boolean;
  /** Whether `min` itself is too small. */
  readonly exclusive?: boolean;
}

/**
 * Completes a model's options from its defaults and checks them.
 *
 * @param rules The range of every numeric option that has one.
 * @throws {InputError} If an option isn't one of the model's or is out of range; names model, option and rule.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert/equals";
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
  for (const name of Object.keys(given)) {
    if (name in defaults) continue;
    const names = Object.keys(defaults).join(", ");
    throw new InputError(`Cannot fit ${model}: it has no option "${name}", only: ${names}`);
  }
  const options = { ...defaults, ...given };
  for (const name of Object.keys(defaults) as (keyof Options & string)[]) {
    const rule = rules[name];
    if (rule) checkNumber(model, name, options[name], rule);
  }
  return options;
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

/** @throws {InputError} If there are no interactions that a model could learn from. */
export function requireEvents(model: string, train: { readonly items: Uint32Array }): void {
  if (train.items.length === 0) {
    throw new InputError(
      `Cannot fit ${model}: the training data holds no views, carts or purchases`,
    );
  }
}
