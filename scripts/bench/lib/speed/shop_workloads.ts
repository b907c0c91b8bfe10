/** The rank of `pure-svd`, the smallest number of users and items. */
export const RANK = 64;

/** What `deno task bench:models` measures on a synthetic shop, with the text of its `--help`. */
export const SHOP_WORKLOADS = {
  "als": "a sweep of als with 64 factors, beside implicit",
  "rank": "top 10 lists of als, batched and one at a time, beside implicit",
  "knn": "the neighbors of item_knn by cosine, beside implicit",
  "pure-svd": `the rank-${RANK} SVD of pure_svd, beside SciPy's svds`,
} as const;

/** A workload's name, the argument of the command and of `peers/<name>.py`. */
export type ShopWorkload = keyof typeof SHOP_WORKLOADS;
