import type { AUTO, ModelOption, OptionValue } from "./option.ts";

/** All options of a model, by name, in the order of `--help`. */
export type Declarations = Readonly<Record<string, ModelOption>>;

/**
 * The type of the options that were declared: name and type of value.
 *
 * @example
 * ```ts
 * import { whole } from "./option.ts";
 *
 * const declared = { factors: whole(64, { min: 1, meaning: "Length of the vectors" }) };
 * const options: OptionsOf<typeof declared> = { factors: 8 };
 * ```
 */
export type OptionsOf<Declared> = {
  -readonly [Name in keyof Declared]: Declared[Name] extends ModelOption<infer Value> ? Value
    : never;
};

/**
 * The type of those options that a fitted model needs to score. It knows what to derive from the
 * data by then.
 */
export type SavedOptionsOf<Declared> = {
  readonly [
    Name in keyof Declared as Declared[Name] extends ModelOption<unknown, true> ? Name : never
  ]: Declared[Name] extends ModelOption<infer Value> ? Exclude<Value, typeof AUTO> : never;
};

/** The values worth trying, by the option's name; none of the lists is empty. */
export type SearchSpace = Readonly<Record<string, readonly OptionValue[]>>;

/** The default of every option. */
export function defaultsOf<Declared extends Declarations>(declared: Declared): OptionsOf<Declared> {
  return Object.fromEntries(
    Object.entries(declared).map(([name, option]) => [name, option.default]),
  ) as OptionsOf<Declared>;
}

/** The declared values worth trying, for the options that have any. */
export function searchSpaceOf(declared: Declarations): SearchSpace {
  return Object.fromEntries(
    Object.entries(declared).filter(([, { search }]) => search.length > 0)
      // Only lists have other values, and they declare none to try.
      .map(([name, { search }]) => [name, search as readonly OptionValue[]]),
  );
}
