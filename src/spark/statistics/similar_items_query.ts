import { MOST_HALF_LIVES } from "../../base/half_life.ts";
import { SECONDS_PER_DAY } from "../../base/time.ts";
import type { SimilarityOptions } from "../../interactions/statistics.ts";
import { BM25_K1 } from "../../models/neighbours/comparison.ts";
import { double } from "./popularity_query.ts";
import { ratingsIn, single, type Span } from "./ratings_query.ts";
import { strongest } from "./strongest.ts";

/** One similarity of `itemKnn` in SQL. */
interface Formula {
  /** The weight of a rating. */
  readonly weight: string;
  /** How much a user with `n` of the `items` counts. */
  readonly damping: string;
  /** The norm of an item, an aggregate. */
  readonly norm: string;
  /** The value of a pair with sum `s` and norms `a` and `b`. */
  readonly value: string;
}

/** What similarities are computed from. */
type Compared = Omit<SimilarityOptions, "neighbors">;

/** The nearest items of each item, as `findSimilarItems()` finds them. */
export function similarItemsQuery(span: Span, options: SimilarityOptions): string {
  const { neighbors, pairHalfLifeDays } = options;
  const { norm, value } = formulaOf(options);
  const gap = `abs(a.last - b.last) / ${SECONDS_PER_DAY}.0D / ${double(pairHalfLifeDays)}`;
  const decay = pairHalfLifeDays === Infinity
    ? ""
    : ` * pow(2.0D, -least(${MOST_HALF_LIVES}.0D, ${gap}))`;
  return strongest(
    `WITH ${weighedIn(span, options)},
norms AS (SELECT item, ${norm} AS norm FROM weighed GROUP BY item),
sums AS (SELECT a.item AS i, b.item AS j, sum(a.d * a.w * b.w${decay}) AS s
  FROM weighed AS a JOIN weighed AS b ON a.user_id = b.user_id AND a.item < b.item
  GROUP BY a.item, b.item),
both AS (SELECT inline(array(named_struct('i', i, 'j', j, 's', s),
  named_struct('i', j, 'j', i, 's', s))) FROM sums)
SELECT i, j, ${value} AS value FROM (SELECT i, j, s, x.norm AS a, y.norm AS b
  FROM both JOIN norms AS x ON i = x.item JOIN norms AS y ON j = y.item)`,
    neighbors,
  );
}

/**
 * The columns `item` and `value`: the similarity of items to themselves, as `selfSimilarities()`
 * computes it.
 */
export function selfSimilaritiesQuery(span: Span, options: Compared): string {
  const { norm, value } = formulaOf(options);
  return `WITH ${weighedIn(span, options)},
sums AS (SELECT item, sum(d * w * w) AS s, ${norm} AS norm FROM weighed GROUP BY item)
SELECT CAST(item AS INT) AS item, CAST(${value} AS FLOAT) AS value
  FROM (SELECT item, s, norm AS a, norm AS b FROM sums WHERE s > 0)`;
}

/** The table `weighed`, for a query's WITH: each user's weight `w` of an item, and damping `d`. */
function weighedIn(span: Span, options: Compared): string {
  const { weight, damping } = formulaOf(options);
  return `ratings AS (${ratingsIn(span, options.rating)}),
users AS (SELECT user_id, count(*) AS n FROM ratings GROUP BY user_id),
totals AS (SELECT item, sum(rating) AS total FROM ratings GROUP BY item),
size AS (SELECT count(*) AS items, sum(total) / count(*) AS mean FROM totals),
damped AS (SELECT user_id, ${damping} AS d FROM users CROSS JOIN size),
weighed AS (SELECT user_id, item, rating, last, d, ${weight} AS w
  FROM ratings JOIN damped USING (user_id) JOIN totals USING (item) CROSS JOIN size)`;
}

function formulaOf({ similarity, shrinkage, userPower, popularityPower }: Compared): Formula {
  const byActivity = `pow(n, -${double(userPower)})`;
  const byRarity = "pow(ln(items / n), 2)";
  const s = `+ ${double(shrinkage)}`;
  const conditional = `s / (a * pow(b, ${double(popularityPower)}) ${s})`;
  const cosine = `s / (sqrt(a * b) ${s})`;
  const squares = `sum(${single("rating * rating")})`;
  switch (similarity) {
    case "conditional":
      return { weight: "rating", damping: byActivity, norm: "sum(rating)", value: conditional };
    case "cosine":
      return { weight: "rating", damping: byActivity, norm: squares, value: cosine };
    case "jaccard": {
      const value = `s / (a + b - s ${s})`;
      return { weight: "rating", damping: byActivity, norm: squares, value };
    }
    case "tfidf": {
      const weight = single("sqrt(rating)");
      return { weight, damping: byRarity, norm: "sum(d * rating)", value: cosine };
    }
    case "bm25": {
      const b = double(popularityPower);
      const length = `(1 - ${b} + ${b} * total / mean)`;
      const weight = single(`rating * ${BM25_K1 + 1} / (rating + ${BM25_K1} * ${length})`);
      return { weight, damping: byRarity, norm: "1.0D", value: `s / (1 ${s})` };
    }
  }
}
