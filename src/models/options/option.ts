/** A value that tuning can try and JSON can represent. */
export type OptionValue = number | string | boolean;

/**
 * One option of a model, declared once: its type, check, search space, `--help` and saved form all
 * come from here.
 *
 * @typeParam Saved Whether a fitted model needs the option to score, so that it is saved with it.
 */
export interface ModelOption<Value = unknown, Saved extends boolean = boolean> {
  /** A phrase that explains the option, with the unit if it has one. */
  readonly meaning: string;
  readonly default: Value;
  /** The allowed values, as error messages word them: `a whole number of at least 1`. */
  readonly rule: string;
  /** Whether a value, of any type, follows the rule. */
  accepts(value: unknown): boolean;
  /** The values worth trying, for tuning; empty for an option that tuning leaves at its default. */
  readonly search: readonly Value[];
  readonly saved: Saved;
  /**
   * Whether it changes nothing but the scores of the history's own items, on which lists of new
   * items don't depend.
   */
  readonly onlyOwn: boolean;
  /**
   * All values, if the option isn't a number. They are saved as positions in this list: only append
   * to it.
   */
  readonly choices?: readonly Value[];
}

/** What every kind of option can declare. */
export interface OptionDetails<Value, Saved extends boolean> {
  /** As in {@linkcode ModelOption.meaning}. */
  readonly meaning: string;
  /** As in {@linkcode ModelOption.search}. Default none. */
  readonly search?: readonly Value[];
  /** As in {@linkcode ModelOption.saved}. Default false. */
  readonly saved?: Saved;
  /** As in {@linkcode ModelOption.onlyOwn}. Default false. */
  readonly onlyOwn?: boolean;
}

/** The range of a number. */
export interface NumberRange {
  /** Smallest value allowed. Default none. */
  readonly min?: number;
  /** Largest value allowed. Default none. */
  readonly max?: number;
  /** The value must be larger than this one; instead of `min`. Default none. */
  readonly above?: number;
}

/**
 * An option that is a number.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const share = number(0.1, { above: 0, max: 0.5, meaning: "Share of the events to hold out" });
 * assertEquals(share.rule, "a number above 0 and of at most 0.5");
 * assertEquals([share.accepts(0), share.accepts(0.5)], [false, true]);
 * ```
 */
export function number<Saved extends boolean = false>(
  value: number,
  details: NumberRange & OptionDetails<number, Saved>,
): ModelOption<number, Saved> {
  return declare(value, details, {
    rule: `a number${rangeText(details)}`,
    accepts: (value) => isWithin(value, details),
  });
}

/** An option that is a whole number. */
export function whole<Saved extends boolean = false>(
  value: number,
  details: NumberRange & OptionDetails<number, Saved>,
): ModelOption<number, Saved> {
  return declare(value, details, {
    rule: `a whole number${rangeText(details)}`,
    accepts: (value) => Number.isSafeInteger(value) && isWithin(value, details),
  });
}

/** The value of an option that the model derives from the data. */
export const AUTO = "auto";

/**
 * An option that is by default derived from the data; its meaning says how. What a model chose is
 * in its `chosen`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const neighbors = auto(whole(300, { min: 1, search: [100, 300], meaning: "How many are kept" }));
 * assertEquals(neighbors.rule, "auto or a whole number of at least 1");
 * assertEquals([neighbors.default, ...neighbors.search], ["auto", "auto", 100, 300]);
 * ```
 *
 * @param option The same option with a default of its own, which isn't used.
 */
export function auto<Value extends number | string, Saved extends boolean>(
  { rule, accepts, search, choices, ...option }: ModelOption<Value, Saved>,
): ModelOption<Value | typeof AUTO, Saved> {
  return {
    ...option,
    default: AUTO,
    rule: `${AUTO} or ${rule}`,
    accepts: (value) => value === AUTO || accepts(value),
    search: search.length > 0 ? [AUTO, ...search] : [],
    choices: choices && [AUTO, ...choices],
  };
}

/** An option that is one of a few texts. */
export function choice<const Choices extends readonly string[], Saved extends boolean = false>(
  choices: Choices,
  value: Choices[number],
  details: OptionDetails<Choices[number], Saved>,
): ModelOption<Choices[number], Saved> {
  return declare(value, details, {
    rule: `one of ${choices.join(", ")}`,
    accepts: (value) => choices.some((choice) => choice === value),
    choices,
  });
}

/** An option that is on or off. */
export function flag<Saved extends boolean = false>(
  value: boolean,
  details: OptionDetails<boolean, Saved>,
): ModelOption<boolean, Saved> {
  return declare(value, details, {
    rule: "one of true, false",
    accepts: (value) => typeof value === "boolean",
    choices: [false, true],
  });
}

/**
 * An option that is a list. Tuning doesn't try lists, and they aren't saved as tensors.
 *
 * @param rule What the list contains: `a list of numbers`. `fit` checks any further requirements.
 */
export function list<Item>(
  value: readonly Item[],
  { meaning, rule }: { readonly meaning: string; readonly rule: string },
): ModelOption<readonly Item[], false> {
  return declare(value, { meaning }, { rule, accepts: Array.isArray });
}

function declare<Value, Saved extends boolean = false>(
  value: Value,
  { meaning, search = [], saved, onlyOwn = false }: OptionDetails<Value, Saved>,
  kind: Pick<ModelOption<Value>, "rule" | "accepts" | "choices">,
): ModelOption<Value, Saved> {
  // If omitted, `saved` is false in the type as well.
  return { meaning, default: value, ...kind, search, onlyOwn, saved: (saved ?? false) as Saved };
}

function isWithin(
  value: unknown,
  { min = -Infinity, max = Infinity, above }: NumberRange,
): boolean {
  return typeof value === "number" && value >= min && value <= max &&
    (above === undefined || value > above);
}

/** ` of at least 1 and of at most 100`; empty without bounds. */
function rangeText({ min, max, above }: NumberRange): string {
  const lower = above !== undefined
    ? ` above ${above}`
    : min !== undefined
    ? ` of at least ${min}`
    : "";
  const upper = max === undefined ? "" : `${lower && " and"} of at most ${max}`;
  return lower + upper;
}
