import type { MeanSums, RatioSums } from "../estimates.ts";
import type { UserFigures } from "./user_figures.ts";

/** A metric that is a ratio of two sums over users. */
interface RatioMetric {
  readonly kind: "ratio";
  readonly numerator: keyof UserFigures;
  readonly denominator: keyof UserFigures;
  /** What the ratio is multiplied by. */
  readonly per: number;
  readonly meaning: string;
}

/** A metric that is a mean over users, with what it was before. */
interface MeanMetric {
  readonly kind: "mean";
  readonly value: keyof UserFigures;
  readonly before: keyof UserFigures;
  readonly per: number;
  readonly meaning: string;
}

/** The metrics of experiments, by name. */
export const EXPERIMENT_METRICS = {
  clickThrough: {
    ...{ kind: "ratio", numerator: "clicked", denominator: "lists", per: 1 },
    meaning: "lists of which a product was clicked, as a share of all lists",
  },
  addToCart: {
    ...{ kind: "ratio", numerator: "carted", denominator: "lists", per: 1 },
    meaning: "lists of which a product was put into the cart, as a share of all lists",
  },
  revenuePerThousandLists: {
    ...{ kind: "ratio", numerator: "listRevenue", denominator: "lists", per: 1000 },
    meaning: "prices of what was bought from lists, per thousand lists",
  },
  conversion: {
    ...{ kind: "mean", value: "converted", before: "convertedBefore", per: 1 },
    meaning: "users who bought anything from their first list on, as a share of all users",
  },
  revenuePerUser: {
    ...{ kind: "mean", value: "revenue", before: "revenueBefore", per: 1 },
    meaning: "prices of all that users bought from their first list on, per user",
  },
} as const satisfies Record<string, RatioMetric | MeanMetric>;

/** The name of a metric of experiments. */
export type ExperimentMetric = keyof typeof EXPERIMENT_METRICS;

/** The names of all metrics of experiments. */
export const METRIC_NAMES = Object.keys(EXPERIMENT_METRICS) as readonly ExperimentMetric[];

/** The pairs of figures whose products are added up, each once. */
const PAIRS: readonly Pair[] = [
  ...new Map(
    Object.values(EXPERIMENT_METRICS).flatMap((metric) => {
      const [a, b] = partsOf(metric);
      return [[a, a], [a, b], [b, b]] as Pair[];
    }).map((pair) => [pair.join(), pair]),
  ).values(),
];

type Pair = readonly [keyof UserFigures, keyof UserFigures];

/** Sums over the users of an arm: of their figures, and of products of two of them. */
export class ArmSums {
  #users = 0;
  readonly #sums = new Map<string, number>();
  readonly #products = new Map<string, number>();

  /** Adds a user. */
  add(figures: UserFigures): void {
    this.#users++;
    for (const [name, value] of Object.entries(figures)) {
      this.#sums.set(name, (this.#sums.get(name) ?? 0) + value);
    }
    for (const [a, b] of PAIRS) {
      this.#products.set(`${a},${b}`, this.#product(a, b) + figures[a] * figures[b]);
    }
  }

  /** How many users were added. */
  get users(): number {
    return this.#users;
  }

  /** The sum of a figure. */
  sum(figure: keyof UserFigures): number {
    return this.#sums.get(figure) ?? 0;
  }

  #product(a: keyof UserFigures, b: keyof UserFigures): number {
    return this.#products.get(`${a},${b}`) ?? 0;
  }

  /** What {@linkcode ratioOf} takes of a metric. */
  ratio({ numerator, denominator }: RatioMetric): RatioSums {
    return {
      units: this.#users,
      numerators: this.sum(numerator),
      numeratorSquares: this.#product(numerator, numerator),
      denominators: this.sum(denominator),
      denominatorSquares: this.#product(denominator, denominator),
      products: this.#product(numerator, denominator),
    };
  }

  /** What {@linkcode meansOf} takes of a metric. */
  mean({ value, before }: MeanMetric): MeanSums {
    return {
      units: this.#users,
      values: this.sum(value),
      squares: this.#product(value, value),
      before: this.sum(before),
      beforeSquares: this.#product(before, before),
      products: this.#product(value, before),
    };
  }
}

function partsOf(metric: RatioMetric | MeanMetric): Pair {
  return metric.kind === "ratio"
    ? [metric.numerator, metric.denominator]
    : [metric.value, metric.before];
}
