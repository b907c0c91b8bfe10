import { EFFECTS } from "../../schema/business_rules.ts";
import type {
  PlacementDefinition,
  PlacementRule,
  PlacementsFile,
  SegmentDefinition,
  Step,
} from "./schema.ts";

/** A step of a chain, and the placement that lends it, if any. */
export interface ChainStep extends Step {
  /** Absent in a step of the placement's own. */
  readonly placement?: string;
}

/** A rule with its name. */
export interface NamedRule extends PlacementRule {
  readonly name: string;
}

/** A placement that is ready to be resolved: all names are looked up. */
export interface Placement
  extends Pick<PlacementDefinition, "k" | "exclude" | "impressions" | "explore"> {
  readonly name?: string;
  /** The placement's own step, then its chain. */
  readonly steps: readonly [ChainStep, ...ChainStep[]];
  /** Whether the file gives a chain; if not, the model's own completion fills empty places. */
  readonly hasChain: boolean;
  readonly rules: readonly NamedRule[];
  readonly variants: NonNullable<PlacementDefinition["variants"]>;
}

/** The placements and segments of a file whose names are all checked. */
export class Placements {
  readonly #placements: ReadonlyMap<string, Placement>;
  readonly segments: ReadonlyMap<string, SegmentDefinition>;
  /** The rules that hold where no rule of a placement has the same effect. */
  readonly defaults: readonly NamedRule[];
  /** The names of the file's rules. */
  readonly ruleNames: ReadonlySet<string>;
  /** The file's content, to see whether it changed. */
  readonly text: string;

  /** @param file One that `checkPlacements()` found no fault in. */
  constructor(file: PlacementsFile) {
    this.#placements = new Map(
      Object.entries(file.placements).map(([name, definition]) => [
        name,
        toPlacement(name, definition, file),
      ]),
    );
    this.segments = new Map(Object.entries(file.segments));
    this.defaults = rulesOf(file.defaults, file);
    this.ruleNames = new Set(Object.keys(file.rules));
    this.text = JSON.stringify(file);
  }

  /** The names of all placements. */
  get names(): readonly string[] {
    return [...this.#placements.keys()];
  }

  /** A placement by name. */
  get(name: string): Placement | undefined {
    return this.#placements.get(name);
  }
}

/** No file: no placements and no segments. */
export const NO_PLACEMENTS = new Placements({
  placements: {},
  rules: {},
  segments: {},
  defaults: [],
});

function toPlacement(
  name: string,
  definition: PlacementDefinition,
  file: PlacementsFile,
): Placement {
  const { k, exclude, impressions, explore, rules = [], variants = [], fallback = [] } = definition;
  return {
    ...{ name, k, exclude, impressions, explore, variants },
    hasChain: fallback.length > 0,
    steps: [ownStep(definition), ...chainOf(definition, file)],
    rules: withDefaults(rulesOf(rules, file), rulesOf(file.defaults, file)),
  };
}

function rulesOf(names: readonly string[], file: PlacementsFile): NamedRule[] {
  return names.map((name) => ({ name, ...file.rules[name] }));
}

/** Rules, then those defaults that have another effect than each of them. */
function withDefaults(
  rules: readonly NamedRule[],
  defaults: readonly NamedRule[],
): readonly NamedRule[] {
  const own = new Set(rules.map(effectOf));
  return [...rules, ...defaults.filter((rule) => !own.has(effectOf(rule)))];
}

function effectOf(rule: NamedRule) {
  return EFFECTS.find((effect) => rule[effect] !== undefined);
}

/** A chain with other placements' steps in the place of their names. */
function chainOf({ fallback = [] }: PlacementDefinition, file: PlacementsFile): ChainStep[] {
  return fallback.flatMap((step) => {
    if (typeof step !== "string") return [step];
    const definition = file.placements[step];
    const lent = [ownStep(definition), ...chainOf(definition, file)];
    return lent.map((each) => ({ placement: step, ...each }));
  });
}

/** What a placement says of its own step. */
function ownStep(definition: PlacementDefinition): Step {
  const { k: _, exclude: __, rules: ___, variants: ____, fallback: _____, ...more } = definition;
  const { impressions: ______, explore: _______, ...step } = more;
  return step;
}
