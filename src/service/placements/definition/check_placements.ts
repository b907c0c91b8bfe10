import { nearestName } from "../../../base/nearest_name.ts";
import { UNKNOWN } from "../../../interactions/catalogue.ts";
import { withParents } from "../../catalogue/category_path.ts";
import type { Filters } from "../../catalogue/filters.ts";
import type { Products } from "../../catalogue/products.ts";
import { CONTENT_MODEL } from "../../recommend/live_content.ts";
import type {
  PlacementDefinition,
  PlacementRule,
  PlacementsFile,
  ProductConditions,
  SegmentDefinition,
  Step,
} from "./schema.ts";

/** What the names in a file of placements may refer to. */
export interface KnownNames {
  /** Of the models that lists can be requested from. */
  readonly models: readonly string[];
  /** Default not known yet: names of products, brands, categories and fields aren't checked. */
  readonly products?: Products;
}

/** How many steps a chain may have once other placements' steps are in the place of their names. */
const MOST_STEPS = 50;

/**
 * Looks up every name of a file of placements.
 *
 * @returns What is wrong, one sentence each, with the place in the file; empty if nothing is.
 */
export function checkPlacements(file: PlacementsFile, known: KnownNames): string[] {
  const check = new Check(file, known);
  for (const [name, placement] of Object.entries(file.placements)) {
    check.placement(`placements.${name}`, placement);
  }
  for (const [name, rule] of Object.entries(file.rules)) check.rule(`rules.${name}`, rule);
  for (const [name, segment] of Object.entries(file.segments)) {
    check.segment(`segments.${name}`, segment);
  }
  check.defaults();
  return [...check.faults, ...findCycles(file)];
}

/** What a rule names that nobody knows, one sentence each, which begins with the field's name. */
export function checkRule(
  rule: PlacementRule,
  file: Pick<PlacementsFile, "segments">,
  known: KnownNames,
): string[] {
  const check = new Check({ placements: {}, rules: {}, defaults: [], ...file }, known);
  check.rule("", rule);
  return check.faults;
}

class Check {
  readonly faults: string[] = [];
  readonly #file: PlacementsFile;
  readonly #known: KnownNames;
  readonly #brands: readonly string[] | undefined;
  readonly #categories: readonly string[] | undefined;

  constructor(file: PlacementsFile, known: KnownNames) {
    this.#file = file;
    this.#known = known;
    const { catalogue } = known.products ?? {};
    this.#brands = catalogue && distinct(catalogue.brand.values);
    this.#categories = catalogue && distinct([
      ...catalogue.categoryCode.values.flatMap(withParents),
      ...catalogue.categoryId.values,
    ]);
  }

  placement(at: string, placement: PlacementDefinition): void {
    const { placements, rules, segments } = this.#file;
    this.#step(at, placement);
    this.#names(`${at}.rules`, placement.rules, { kind: "rule", known: Object.keys(rules) });
    for (const [i, step] of (placement.fallback ?? []).entries()) {
      const place = `${at}.fallback[${i}]`;
      if (typeof step === "object") this.#step(place, step);
      else this.#names(place, [step], { kind: "placement", known: Object.keys(placements) });
    }
    for (const [i, { segment, placement: other }] of (placement.variants ?? []).entries()) {
      const place = `${at}.variants[${i}]`;
      this.#names(place, [segment], { kind: "segment", known: Object.keys(segments) });
      this.#names(place, [other], { kind: "placement", known: Object.keys(placements) });
    }
  }

  defaults(): void {
    const { defaults, rules } = this.#file;
    this.#names("defaults", defaults, { kind: "rule", known: Object.keys(rules) });
  }

  #step(at: string, step: Step): void {
    const { model, strategy, window } = step;
    const models = strategy === "similar"
      ? [...this.#known.models, CONTENT_MODEL]
      : this.#known.models;
    if (model !== undefined) this.#names(`${at}.model`, [model], { kind: "model", known: models });
    if (model !== undefined && (strategy === "popular" || strategy === "together")) {
      this.faults.push(`${at}.model: strategy ${strategy} has no model`);
    }
    if (window !== undefined && strategy !== "popular" && strategy !== "new") {
      this.faults.push(`${at}.window: only the strategies popular and new have a window`);
    }
    for (const option of ["diversity", "calibration"] as const) {
      if (step[option] === undefined || strategy === "personal") continue;
      this.faults.push(`${at}.${option}: only strategy personal has it`);
    }
    this.filters(at, step);
    this.#products(`${at}.not`, step.not);
  }

  rule(at: string, rule: PlacementRule): void {
    const { segments: names, categories, pin, boost, include, exclude, boughtAgain } = rule;
    this.#names(within(at, "segments"), names, {
      kind: "segment",
      known: Object.keys(this.#file.segments),
    });
    this.#ofKind(within(at, "categories"), "category", categories);
    if (pin) this.#products(within(at, "pin.productId"), [pin.productId]);
    for (const [effect, conditions] of Object.entries({ boost, include, exclude, boughtAgain })) {
      if (conditions) this.#conditions(within(at, effect), conditions);
    }
  }

  segment(at: string, { boughtBrand, boughtCategory }: SegmentDefinition): void {
    this.#ofKind(`${at}.boughtBrand`, "brand", boughtBrand);
    this.#ofKind(`${at}.boughtCategory`, "category", boughtCategory);
  }

  #conditions(at: string, { products, fields = {}, ...filters }: ProductConditions): void {
    this.#products(`${at}.products`, products);
    this.filters(at, filters);
    const known = this.#known.products?.fields.names;
    this.#names(`${at}.fields`, Object.keys(fields), { kind: "field of products", known });
  }

  filters(at: string, { brand, notBrand, category, notCategory }: Filters): void {
    this.#ofKind(`${at}.brand`, "brand", brand);
    this.#ofKind(`${at}.notBrand`, "brand", notBrand);
    this.#ofKind(`${at}.category`, "category", category);
    this.#ofKind(`${at}.notCategory`, "category", notCategory);
  }

  #ofKind(at: string, kind: "brand" | "category", names?: readonly string[]): void {
    const known = kind === "brand" ? this.#brands : this.#categories;
    this.#names(at, names, { kind, known });
  }

  #products(at: string, ids: readonly string[] = []): void {
    const { products } = this.#known;
    if (!products) return;
    const unknown = ids.filter((id) => products.indexOf(id) < 0);
    if (unknown.length === 0) return;
    const known = Array.from({ length: products.size }, (_, item) => products.idAt(item));
    this.#names(at, unknown, { kind: "product", known });
  }

  #names(
    at: string,
    names: readonly string[] = [],
    { kind, known }: { kind: string; known: readonly string[] | undefined },
  ): void {
    if (!known) return;
    const all = new Set(known);
    const isAnyCase = kind === "brand" || kind === "category";
    for (const name of names) {
      if (all.has(isAnyCase ? name.toLowerCase() : name)) continue;
      const nearest = nearestName(name, known);
      const hint = isAnyCase && name.toLowerCase() === UNKNOWN
        ? `: answers say so of products whose ${kind} isn't known`
        : nearest === undefined
        ? ""
        : `; did you mean "${nearest}"?`;
      this.faults.push(`${at}: there is no ${kind} "${name}"${hint}`);
    }
  }
}

/** The name of a field within another one, or at the top. */
function within(at: string, name: string): string {
  return at === "" ? name : `${at}.${name}`;
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.toLowerCase()))]
    .filter((name) => name !== UNKNOWN && name !== "");
}

/** Placements whose chain or variants lead back to themselves, or that become too long. */
function findCycles({ placements }: PlacementsFile): string[] {
  const faults: string[] = [];
  for (const next of ["fallback", "variants"] as const) {
    const lengths = new Map<string, number>();
    const visit = (name: string, path: readonly string[]): number => {
      if (path.includes(name)) {
        const cycle = [...path.slice(path.indexOf(name)), name].join(" → ");
        faults.push(`placements.${name}.${next}: it leads back to itself: ${cycle}`);
        return 0;
      }
      const known = lengths.get(name);
      if (known !== undefined) return known;
      const length = othersOf(placements[name], next)
        .reduce((sum, other) => sum + visit(other, [...path, name]), stepsOf(placements[name]));
      lengths.set(name, length);
      return length;
    };
    for (const name of Object.keys(placements)) {
      if (lengths.has(name)) continue;
      const length = visit(name, []);
      if (next === "fallback" && length > MOST_STEPS) {
        faults.push(`placements.${name}.fallback: it has ${length} steps, more than ${MOST_STEPS}`);
      }
    }
  }
  return faults;
}

/** The steps of a placement's own. */
function stepsOf(placement: PlacementDefinition | undefined): number {
  return 1 + (placement?.fallback ?? []).filter((step) => typeof step === "object").length;
}

function othersOf(
  placement: PlacementDefinition | undefined,
  next: "fallback" | "variants",
): readonly string[] {
  if (!placement) return [];
  return next === "variants"
    ? (placement.variants ?? []).map(({ placement }) => placement)
    : (placement.fallback ?? []).filter((step) => typeof step === "string");
}
