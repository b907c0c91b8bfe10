/**
 * The requests and answers of the API. Written by `deno task client` from the rules of the
 * service: change those, not this file.
 */

/** Which products a list may contain. */
export interface FilterOptions {
  /**
   * Only products of one of these brands, in any case; `a,b` is `a` and `b`, unless it is a name.
   * At most 100.
   */
  brand?: readonly string[];
  /** No products of these brands. At most 100. */
  notBrand?: readonly string[];
  /**
   * Only products of one of these categories, in any case: a category's path, a parent category's
   * path, or its number; `a,b` is `a` and `b`, unless it is a name. At most 100.
   */
  category?: readonly string[];
  /** No products of these categories, which are named as for `category`. At most 100. */
  notCategory?: readonly string[];
  /** Only products with a known price of at least this. From 0 to 1,000,000,000. */
  minPrice?: number;
  /** Only products with a known price of at most this. From 0 to 1,000,000,000. */
  maxPrice?: number;
}

/** The options of all lists. */
export interface ListOptions extends FilterOptions {
  /** How many products. From 1 to 1,000. Default `10`. */
  k?: number;
  /**
   * How many of the best products to skip first, for the next page. From 0 to 1,000. Default `0`.
   */
  offset?: number;
  /** Products to omit. At most 1,000. */
  not?: readonly string[];
}

/** The options of a list for a user or an anonymous visit. */
export interface RecommendOptions extends ListOptions {
  /** The model; default the one that training chose. */
  model?: string;
  /** Which of the user's own products to omit. Default `"seen"`. */
  exclude?: "seen" | "purchased" | "none";
  /**
   * 0 orders by score, 1 by variety only (maximal marginal relevance). From 0 to 1. Default `0`.
   */
  diversity?: number;
  /**
   * 0 ignores categories, 1 follows only the shares that each category has in the user's events
   * (Steck 2018). From 0 to 1. Default `0`.
   */
  calibration?: number;
  /**
   * Whether to name the user's own events behind each product; for a user's list this needs one of
   * API_TOKENS, as their history does. Default `false`.
   */
  explain?: boolean;
}

/** The options of a list for a user. */
export interface UserListOptions extends RecommendOptions {
  /**
   * Whether to demote what the user was shown within the last day. What this list shows is stored
   * if the request has one of API_TOKENS; otherwise the process remembers it for now. Default
   * `false`.
   */
  rotate?: boolean;
  /** The placement to make the list for; what else is asked narrows it. */
  placement?: string;
}

/** For whom a placement's list is, where, and what narrows it. */
export interface PlacementOptions {
  /** For whom; without events. */
  userId?: string;
  /** What the visitor did; events without times are oldest first and end now. At most 1,000. */
  events?: readonly SessionEvent[];
  /**
   * The product of the page, or those of the basket; those that nobody knows are ignored. At most
   * 100.
   */
  productId?: readonly string[];
  /** How many products; at most what the placement has. From 1 to 1,000. */
  k?: number;
  /**
   * How many of the best products to skip first, for the next page. From 0 to 1,000. Default `0`.
   */
  offset?: number;
  /** The model, if the placement leaves it open. */
  model?: string;
  /** Which of the user's own products to omit; the placement may omit more. */
  exclude?: "seen" | "purchased" | "none";
  /**
   * Only products of one of these brands, in any case; `a,b` is `a` and `b`, unless it is a name.
   * At most 100.
   */
  brand?: readonly string[];
  /** No products of these brands. At most 100. */
  notBrand?: readonly string[];
  /**
   * Only products of one of these categories, in any case: a category's path, a parent category's
   * path, or its number; `a,b` is `a` and `b`, unless it is a name. At most 100.
   */
  category?: readonly string[];
  /** No products of these categories, which are named as for `category`. At most 100. */
  notCategory?: readonly string[];
  /** Only products with a known price of at least this. From 0 to 1,000,000,000. */
  minPrice?: number;
  /** Only products with a known price of at most this. From 0 to 1,000,000,000. */
  maxPrice?: number;
  /** Products to omit. At most 1,000. */
  not?: readonly string[];
  /** 0 orders by score, 1 by variety only (maximal marginal relevance). From 0 to 1. */
  diversity?: number;
  /**
   * 0 ignores categories, 1 follows only the shares that each category has in the user's events
   * (Steck 2018). From 0 to 1.
   */
  calibration?: number;
  /**
   * Whether to name the user's own events behind each product; for a user's list this needs one of
   * API_TOKENS, as their history does. Default `false`.
   */
  explain?: boolean;
}

/** The options of a list of similar products. */
export interface SimilarOptions extends ListOptions {
  /** The model that compares products; `popularity` can't, `content` answers instead. */
  model?: string;
  /** For whom: what they bought, dislike or hid is left out, and what suits them comes first. */
  userId?: string;
  /** With `userId`: which of their products to omit. Default `"purchased"`. */
  exclude?: "seen" | "purchased" | "none";
}

/** The options of a list of what goes together. */
export interface TogetherOptions extends ListOptions {
  /**
   * Whether to say in how many baskets each product was with those asked for, and how many times as
   * often as by chance. Default `false`.
   */
  explain?: boolean;
}

/** The options of a list of new arrivals. */
export interface NewOptions extends ListOptions {
  /** Products that came within the last days, for example 7d; default 14d. */
  window?: string;
  /** In whose order; default newest first. */
  userId?: string;
  /** With `userId`: the model; default the one that training chose. */
  model?: string;
  /** With `userId`: which of their products to omit. Default `"seen"`. */
  exclude?: "seen" | "purchased" | "none";
}

/** The options of a list of popular products. */
export interface PopularOptions extends ListOptions {
  /** Only events of the last days up to the current hour, for example 7d. */
  window?: string;
}

/** The products to order, and for whom: a user, or a visitor by their events. */
export interface RankOptions {
  /** The products to order, such as a search result or a page of a category. At most 1,000. */
  productIds: readonly string[];
  /** Whose list it is; without events. */
  userId?: string;
  /** What the visitor did; events without times are oldest first and end now. At most 1,000. */
  events?: readonly SessionEvent[];
  /** The model; default the one that training chose. */
  model?: string;
}

/** Which users to compare for a product, and how long. */
export interface AudienceOptions {
  /** How many users. From 1 to 1,000. Default `100`. */
  k?: number;
  /** Only users in this segment of the file of placements. */
  segment?: string;
  /** The model; default the one that training chose. */
  model?: string;
  /**
   * The user to begin with: 0, or `next` of the answer before. From 0 to 1,000,000,000. Default
   * `0`.
   */
  from?: number;
  /** After how long to stop; the answer's `next` goes on. From 1 to 30. Default `5`. */
  seconds?: number;
}

/** Which page of a long answer to return. */
export interface PageOptions {
  /** The most to return. From 1 to 1,000. Default `100`. */
  limit?: number;
  /** How many to skip first. From 0 to 1,000,000,000. Default `0`. */
  offset?: number;
}

/** Which users to list. */
export interface UsersOptions {
  /** The most to return. From 1 to 1,000. Default `100`. */
  limit?: number;
  /** Where to begin: 0, or `next` of the answer before. Default `"0"`. */
  from?: string;
  /** Only users in this segment of the file of placements. */
  segment?: string;
}

/** Which products to find, and which page of them to return. */
export interface SearchOptions extends FilterOptions, PageOptions {
  /** Words that the id, brand, category or title must contain. */
  query?: string;
}

/** An event of an anonymous visit. */
export interface SessionEvent {
  /** The shop's id. */
  productId: string;
  type:
    | "view"
    | "cart"
    | "purchase"
    | "remove_from_cart"
    | "dislike"
    | "undo_dislike"
    | "hide"
    | "undo_hide";
  /**
   * When it happened: ISO 8601 with a time zone, or seconds or milliseconds since 1970; default
   * now.
   */
  time?: string | number;
  /**
   * For how many days a dislike or hide holds; default until undo_dislike or undo_hide. From 1 to
   * 3,650.
   */
  days?: number;
}

/** An event to store. */
export interface ShopEvent extends SessionEvent {
  /** Names the event, so that it can be sent again safely. */
  eventId?: string;
  /** The shop's id. */
  userId: string;
  /** The shop's id of the visit. */
  sessionId?: string;
  /** The product's price at the time. From 0 to 1,000,000,000. */
  price?: number;
  /** The list that it came from: the header x-list-id of the list's answer. */
  listId?: string;
}

/** One of the ways that an experiment compares. */
export interface ExperimentArm {
  /** Letters, digits, - and _. */
  name: string;
  /** Its part of the users who take part; those of all arms sum to 1. From 0 to 1. */
  share: number;
  /** The model of the placement's own step. */
  model?: string;
  /** The placement that is served instead. */
  placement?: string;
}

/** An experiment: what is compared, for whom and when. */
export interface Experiment {
  /** The placement whose lists differ; default users' lists without a placement. */
  placement?: string;
  /** Experiments of one layer never have the same user; default the placement's own, or lists. */
  layer?: string;
  /** Where its part of the layer's users begins. From 0 to 1. Default `0`. */
  from?: number;
  /** How large a part of the layer's users takes part. From 0 to 1. Default `1`. */
  share?: number;
  /** When it begins; default at once. */
  start?: string | number;
  /** When it ends, and everyone gets the usual lists; default never. */
  stop?: string | number;
  /**
   * In how many days from its start the share grows to its full size, evenly; users only join. From
   * 0 to 365. Default `0`.
   */
  rampDays?: number;
  /**
   * What is compared, the control first; one without a model or placement is as usual. At most 10.
   */
  arms: readonly ExperimentArm[];
}

/** Which of what was shown to export. */
export interface ExposuresOptions {
  /** Only lists shown at this time or later, as for events; 0 for all. */
  since?: string | number;
}

/** A list, or the part of it that a user saw. */
export interface Impression {
  /** The list's id: the header x-list-id of its answer. */
  listId: string;
  /** The products that were seen. At most 100. */
  productIds: readonly string[];
  /** Their places in the list, from 1; default its first places. */
  positions?: readonly number[];
  /** The shop's id. */
  userId: string;
  /** When it was seen, as for events; default now. */
  time?: string | number;
}

/** New facts about a product; omitted ones keep their values. */
export interface ProductChange {
  brand?: string;
  /** The category's path, for example accessories.bag. */
  category?: string;
  /** The shop's number of the category. */
  categoryId?: string;
  /** From 0 to 1,000,000,000. */
  price?: number;
  title?: string;
  /** The address of its picture. */
  imageUrl?: string;
  /** The address of its page in the shop. */
  url?: string;
  /** Products out of stock are never recommended. */
  inStock?: boolean;
  /**
   * When the product came to the shop, which decides for how long it is a new arrival; default when
   * it is put for the first time, if no event named it before.
   */
  addedAt?: string | number;
  /**
   * Numbers of the shop's own by name, such as its margin, for rules; they replace all that were
   * given before, and no list shows them.
   */
  fields?: {
    readonly [name: string]: number;
  };
}

/** New facts about one of several products; omitted ones keep their values. */
export interface NamedProductChange extends ProductChange {
  /** The shop's id. */
  productId: string;
}

/** A rule that changes lists wherever its scope says. */
export interface Rule {
  /** Only in these placements; default in all, and in lists without a placement. At most 100. */
  placements?: readonly string[];
  /** When the rule begins; default at once. */
  from?: string | number;
  /** When it ends; default never. */
  until?: string | number;
  /**
   * Only where the list is of one of these categories: by its filter, or by a product of the page.
   * At most 100.
   */
  categories?: readonly string[];
  /** Only for users in one of these segments. At most 100. */
  segments?: readonly string[];
  /** Puts a product at a place of the list. */
  pin?: {
    /** The shop's id. */
    productId: string;
    /** The place in the list, from 1. From 1 to 100. */
    position: number;
  };
  /** Raises or lowers products. */
  boost?: {
    /** Multiplies scores; below 1 it buries. From 0.01 to 100. */
    factor: number;
    /** One of these. At most 1,000. */
    products?: readonly string[];
    /**
     * Only products of one of these brands, in any case; `a,b` is `a` and `b`, unless it is a name.
     * At most 100.
     */
    brand?: readonly string[];
    /** No products of these brands. At most 100. */
    notBrand?: readonly string[];
    /**
     * Only products of one of these categories, in any case: a category's path, a parent category's
     * path, or its number; `a,b` is `a` and `b`, unless it is a name. At most 100.
     */
    category?: readonly string[];
    /** No products of these categories, which are named as for `category`. At most 100. */
    notCategory?: readonly string[];
    /** Only products with a known price of at least this. From 0 to 1,000,000,000. */
    minPrice?: number;
    /** Only products with a known price of at most this. From 0 to 1,000,000,000. */
    maxPrice?: number;
    /**
     * The shop's own numbers of a product, such as `margin`, from `min` to `max`; a product without
     * the number isn't meant.
     */
    fields?: {
      readonly [name: string]: {
        min?: number;
        max?: number;
      };
    };
  };
  /** Only these products. */
  include?: {
    /** One of these. At most 1,000. */
    products?: readonly string[];
    /**
     * Only products of one of these brands, in any case; `a,b` is `a` and `b`, unless it is a name.
     * At most 100.
     */
    brand?: readonly string[];
    /** No products of these brands. At most 100. */
    notBrand?: readonly string[];
    /**
     * Only products of one of these categories, in any case: a category's path, a parent category's
     * path, or its number; `a,b` is `a` and `b`, unless it is a name. At most 100.
     */
    category?: readonly string[];
    /** No products of these categories, which are named as for `category`. At most 100. */
    notCategory?: readonly string[];
    /** Only products with a known price of at least this. From 0 to 1,000,000,000. */
    minPrice?: number;
    /** Only products with a known price of at most this. From 0 to 1,000,000,000. */
    maxPrice?: number;
    /**
     * The shop's own numbers of a product, such as `margin`, from `min` to `max`; a product without
     * the number isn't meant.
     */
    fields?: {
      readonly [name: string]: {
        min?: number;
        max?: number;
      };
    };
  };
  /** Never these products. */
  exclude?: {
    /** One of these. At most 1,000. */
    products?: readonly string[];
    /**
     * Only products of one of these brands, in any case; `a,b` is `a` and `b`, unless it is a name.
     * At most 100.
     */
    brand?: readonly string[];
    /** No products of these brands. At most 100. */
    notBrand?: readonly string[];
    /**
     * Only products of one of these categories, in any case: a category's path, a parent category's
     * path, or its number; `a,b` is `a` and `b`, unless it is a name. At most 100.
     */
    category?: readonly string[];
    /** No products of these categories, which are named as for `category`. At most 100. */
    notCategory?: readonly string[];
    /** Only products with a known price of at least this. From 0 to 1,000,000,000. */
    minPrice?: number;
    /** Only products with a known price of at most this. From 0 to 1,000,000,000. */
    maxPrice?: number;
    /**
     * The shop's own numbers of a product, such as `margin`, from `min` to `max`; a product without
     * the number isn't meant.
     */
    fields?: {
      readonly [name: string]: {
        min?: number;
        max?: number;
      };
    };
  };
  /** The most products of each known brand or category. */
  cap?: {
    by: "brand" | "category";
    /** From 1 to 1,000. */
    most: number;
  };
  /** How much of the list is new arrivals. */
  newArrivals?: {
    /** At least this share of the list, rounded up. From 0 to 1. */
    share?: number;
    /** At most this share, rounded down. From 0 to 1. */
    most?: number;
    /** A new arrival came within the last days; default 14. From 1 to 90. */
    days?: number;
  };
  /**
   * When what the user bought is listed again; until then never, whatever `exclude` says. Of
   * several rules the first that means a product holds.
   */
  boughtAgain?: {
    /**
     * How long after the last purchase the product is listed again; default never. From 0 to 3,650.
     */
    days?: number;
    /** One of these. At most 1,000. */
    products?: readonly string[];
    /**
     * Only products of one of these brands, in any case; `a,b` is `a` and `b`, unless it is a name.
     * At most 100.
     */
    brand?: readonly string[];
    /** No products of these brands. At most 100. */
    notBrand?: readonly string[];
    /**
     * Only products of one of these categories, in any case: a category's path, a parent category's
     * path, or its number; `a,b` is `a` and `b`, unless it is a name. At most 100.
     */
    category?: readonly string[];
    /** No products of these categories, which are named as for `category`. At most 100. */
    notCategory?: readonly string[];
    /** Only products with a known price of at least this. From 0 to 1,000,000,000. */
    minPrice?: number;
    /** Only products with a known price of at most this. From 0 to 1,000,000,000. */
    maxPrice?: number;
    /**
     * The shop's own numbers of a product, such as `margin`, from `min` to `max`; a product without
     * the number isn't meant.
     */
    fields?: {
      readonly [name: string]: {
        min?: number;
        max?: number;
      };
    };
  };
}

/** Which events to export. */
export interface ExportOptions {
  /**
   * Only events received at this time or later: a date (from midnight UTC), ISO 8601, or seconds or
   * milliseconds since 1970; 0 for all.
   */
  since?: string | number;
  /**
   * Whether to change texts that a spreadsheet would evaluate as formulas; not for training.
   * Default `false`.
   */
  spreadsheet?: boolean;
}

/** A product of the catalogue. */
export interface Product {
  productId: string;
  /** `unknown` if the shop gave none. */
  brand: string;
  /** The category's path, or its number if the shop gave no path. */
  category: string;
  /** The latest known price in the shop's currency; 0 if unknown. */
  price: number;
  title?: string;
  /** The address of its picture, if the shop gave one. */
  imageUrl?: string;
  /** The address of its page, if the shop gave one. */
  url?: string;
  inStock: boolean;
}

/** A product as the shop's own programs see it after a change. */
export interface ChangedProduct extends Product {
  /** The shop's own numbers, if there are any; other answers omit them. */
  fields?: {
    [name: string]: number;
  };
}

/** What changing several products did. */
export interface ChangedProductsAnswer {
  /** Different products in the request, all of which have been changed. */
  changed: number;
  /** Those of them that the service didn't know. */
  added: number;
}

/** The product that was deleted. */
export interface DeletedProductAnswer {
  productId: string;
}

/** One page of the products found, and their total number. */
export interface ProductsAnswer {
  total: number;
  items: Product[];
}

/** What one of the user's own events adds to a score. */
export interface Contribution {
  productId: string;
  type: "view" | "cart" | "purchase";
  /** ISO 8601, UTC. */
  time: string;
  contribution: number;
}

/**
 * Why a product has its score. `base`, the contributions and `others` add up to the score, before
 * rules change it.
 */
export interface Explanation {
  /** Whether the contributions are terms of the model's formula. */
  exact: boolean;
  /** The product's score without the history. */
  base: number;
  /** The five events that add most, largest first. */
  because: Contribution[];
  /** What all further events add; absent if there are none. */
  others?: number;
  /**
   * With `calibration`: the share of the product's category in the user's events, each with its
   * weight, and in the list; absent if its category or all of theirs are unknown.
   */
  category?: {
    /** From 0 to 1. */
    user: number;
    /** From 0 to 1. */
    list: number;
  };
}

/** A product of a list. */
export interface RecommendedProduct {
  productId: string;
  /** `unknown` if the shop gave none. */
  brand: string;
  /** The category's path, or its number if the shop gave no path. */
  category: string;
  /** The latest known price in the shop's currency; 0 if unknown. */
  price: number;
  title?: string;
  /** The address of its picture, if the shop gave one. */
  imageUrl?: string;
  /** The address of its page, if the shop gave one. */
  url?: string;
  /** Comparable only within the list and its source. */
  score: number;
  /**
   * What put the product on the list: the list's model or, where it had no more to recommend,
   * popularity in the user's categories, likeness to the user's products, or popularity; absent
   * where no model chose the product, as of pinned ones.
   */
  source?: "model" | "category" | "content" | "popularity";
  explanation?: Explanation;
}

/** What a rule did to a product of a list. */
export interface ItemEffect {
  rule: string;
  effect: "pin" | "boost" | "include" | "exclude" | "cap" | "newArrivals" | "boughtAgain";
  /** Of a boost: what the score was multiplied by. */
  factor?: number;
  /** Of a pin: the place that the rule asks for. */
  position?: number;
  /** Of `boughtAgain`: when the user last bought it. */
  bought?: string;
}

/** A product of a placement's list. */
export interface PlacedProduct extends RecommendedProduct {
  /** Which of the list's `steps` found it, from 0; absent for a pinned product. */
  step?: number;
  /** There if its place was given to exploration. */
  explored?: true;
  /** With `explain`: what rules did to it. */
  rules?: ItemEffect[];
}

/** What became of a rule that holds for a list. */
export interface RuleOutcome {
  rule: string;
  effect: "pin" | "boost" | "include" | "exclude" | "cap" | "newArrivals" | "boughtAgain";
  isMet: boolean;
  /** Why it isn't met. */
  detail?: string;
  /** Of `boughtAgain`: how many of the products that the user bought it hides for now. */
  hides?: number;
}

/** A step of a placement's chain. */
export interface PlacementStep {
  strategy: string;
  model: string;
  /** The placement that lends the step, if another does. */
  placement?: string;
}

/** A list for a user. */
export interface RecommendAnswer {
  userId: string;
  model: string;
  /** `mixed` if the model recommends only some of the products, as each one's `source` says. */
  strategy: "personalized" | "mixed" | "popular";
  items: PlacedProduct[];
  /** The placement that made the list: the one asked for, or its variant for a segment. */
  placement?: string;
  /** The steps of the chain that were asked. */
  steps?: PlacementStep[];
  /** With `explain`: what became of each rule that holds for the list. */
  rules?: RuleOutcome[];
  /** There if the store can't be read: the list is made from the artifact alone. */
  store?: "unavailable";
  /**
   * There if histories are apart from the artifact and can't be read: the list is made from what
   * the store has of the user.
   */
  histories?: "unavailable";
}

/** A rule that the shop put. */
export interface RuleAnswer {
  name: string;
  /** Only in these placements; default in all, and in lists without a placement. At most 100. */
  placements?: string[];
  /** ISO 8601, UTC. */
  from?: string;
  /** ISO 8601, UTC. */
  until?: string;
  /**
   * Only where the list is of one of these categories: by its filter, or by a product of the page.
   * At most 100.
   */
  categories?: string[];
  /** Only for users in one of these segments. At most 100. */
  segments?: string[];
  /** Puts a product at a place of the list. */
  pin?: {
    /** The shop's id. */
    productId: string;
    /** The place in the list, from 1. From 1 to 100. */
    position: number;
  };
  /** Raises or lowers products. */
  boost?: {
    /** Multiplies scores; below 1 it buries. From 0.01 to 100. */
    factor: number;
    /** One of these. At most 1,000. */
    products?: string[];
    /**
     * Only products of one of these brands, in any case; `a,b` is `a` and `b`, unless it is a name.
     * At most 100.
     */
    brand?: string[];
    /** No products of these brands. At most 100. */
    notBrand?: string[];
    /**
     * Only products of one of these categories, in any case: a category's path, a parent category's
     * path, or its number; `a,b` is `a` and `b`, unless it is a name. At most 100.
     */
    category?: string[];
    /** No products of these categories, which are named as for `category`. At most 100. */
    notCategory?: string[];
    /** Only products with a known price of at least this. From 0 to 1,000,000,000. */
    minPrice?: number;
    /** Only products with a known price of at most this. From 0 to 1,000,000,000. */
    maxPrice?: number;
    /**
     * The shop's own numbers of a product, such as `margin`, from `min` to `max`; a product without
     * the number isn't meant.
     */
    fields?: {
      [name: string]: {
        min?: number;
        max?: number;
      };
    };
  };
  /** Only these products. */
  include?: {
    /** One of these. At most 1,000. */
    products?: string[];
    /**
     * Only products of one of these brands, in any case; `a,b` is `a` and `b`, unless it is a name.
     * At most 100.
     */
    brand?: string[];
    /** No products of these brands. At most 100. */
    notBrand?: string[];
    /**
     * Only products of one of these categories, in any case: a category's path, a parent category's
     * path, or its number; `a,b` is `a` and `b`, unless it is a name. At most 100.
     */
    category?: string[];
    /** No products of these categories, which are named as for `category`. At most 100. */
    notCategory?: string[];
    /** Only products with a known price of at least this. From 0 to 1,000,000,000. */
    minPrice?: number;
    /** Only products with a known price of at most this. From 0 to 1,000,000,000. */
    maxPrice?: number;
    /**
     * The shop's own numbers of a product, such as `margin`, from `min` to `max`; a product without
     * the number isn't meant.
     */
    fields?: {
      [name: string]: {
        min?: number;
        max?: number;
      };
    };
  };
  /** Never these products. */
  exclude?: {
    /** One of these. At most 1,000. */
    products?: string[];
    /**
     * Only products of one of these brands, in any case; `a,b` is `a` and `b`, unless it is a name.
     * At most 100.
     */
    brand?: string[];
    /** No products of these brands. At most 100. */
    notBrand?: string[];
    /**
     * Only products of one of these categories, in any case: a category's path, a parent category's
     * path, or its number; `a,b` is `a` and `b`, unless it is a name. At most 100.
     */
    category?: string[];
    /** No products of these categories, which are named as for `category`. At most 100. */
    notCategory?: string[];
    /** Only products with a known price of at least this. From 0 to 1,000,000,000. */
    minPrice?: number;
    /** Only products with a known price of at most this. From 0 to 1,000,000,000. */
    maxPrice?: number;
    /**
     * The shop's own numbers of a product, such as `margin`, from `min` to `max`; a product without
     * the number isn't meant.
     */
    fields?: {
      [name: string]: {
        min?: number;
        max?: number;
      };
    };
  };
  /** The most products of each known brand or category. */
  cap?: {
    by: "brand" | "category";
    /** From 1 to 1,000. */
    most: number;
  };
  /** How much of the list is new arrivals. */
  newArrivals?: {
    /** At least this share of the list, rounded up. From 0 to 1. */
    share?: number;
    /** At most this share, rounded down. From 0 to 1. */
    most?: number;
    /** A new arrival came within the last days; default 14. From 1 to 90. */
    days?: number;
  };
  /**
   * When what the user bought is listed again; until then never, whatever `exclude` says. Of
   * several rules the first that means a product holds.
   */
  boughtAgain?: {
    /**
     * How long after the last purchase the product is listed again; default never. From 0 to 3,650.
     */
    days?: number;
    /** One of these. At most 1,000. */
    products?: string[];
    /**
     * Only products of one of these brands, in any case; `a,b` is `a` and `b`, unless it is a name.
     * At most 100.
     */
    brand?: string[];
    /** No products of these brands. At most 100. */
    notBrand?: string[];
    /**
     * Only products of one of these categories, in any case: a category's path, a parent category's
     * path, or its number; `a,b` is `a` and `b`, unless it is a name. At most 100.
     */
    category?: string[];
    /** No products of these categories, which are named as for `category`. At most 100. */
    notCategory?: string[];
    /** Only products with a known price of at least this. From 0 to 1,000,000,000. */
    minPrice?: number;
    /** Only products with a known price of at most this. From 0 to 1,000,000,000. */
    maxPrice?: number;
    /**
     * The shop's own numbers of a product, such as `margin`, from `min` to `max`; a product without
     * the number isn't meant.
     */
    fields?: {
      [name: string]: {
        min?: number;
        max?: number;
      };
    };
  };
  /** Products, brands, categories and numbers that nobody knows so far. */
  warnings: string[];
}

/** All rules that the shop put, in the order of their names. */
export interface RulesAnswer {
  rules: RuleAnswer[];
}

/** The rule that was deleted. */
export interface DeletedRule {
  name: string;
}

/** One page of users; `next` goes on. */
export interface UsersAnswer {
  /**
   * The artifact's users, then those of whom only the store knows. A page ends after a second, so
   * that one of a small segment may have fewer users than its limit, or none.
   */
  users: {
    userId: string;
    /** How many events the artifact has of them, and the store since. */
    events: number;
  }[];
  /** The `from` to go on with; absent if these are the last. */
  next?: string;
}

/** The users who would want a product most. */
export interface AudienceAnswer {
  productId: string;
  model: string;
  users: {
    userId: string;
    /**
     * Where the product's score stands beside the ten best others that are new to the user: 0 is
     * the tenth's, 1 the first's; above, up to 2, the product would come first, the higher the
     * farther ahead; below 0 it wouldn't be on the list.
     */
    affinity: number;
  }[];
  /**
   * Of the users looked at in this answer, those of the segment with a known history who don't have
   * the product.
   */
  compared: number;
  /**
   * The share of the artifact's users that this answer and those before it have looked at: at 1 the
   * best of all answers together are the best of all users. From 0 to 1.
   */
  share: number;
  /** These come first, and mostly want the product most; absent if its category isn't known. */
  inCategory?: {
    /** Users of the artifact who did something in the product's category. */
    users: number;
    /** The share of them that was looked at. From 0 to 1. */
    share: number;
  };
  /** What to send as `from` to go on; absent if all are done. */
  next?: number;
}

/** A placement's list. */
export interface PlacementAnswer {
  userId?: string;
  model: string;
  /** `mixed` if the model recommends only some of the products, as each one's `source` says. */
  strategy: "personalized" | "mixed" | "popular";
  items: PlacedProduct[];
  /** The placement that made the list: the one asked for, or its variant for a segment. */
  placement?: string;
  steps: PlacementStep[];
  /** With `explain`: what became of each rule that holds for the list. */
  rules?: RuleOutcome[];
  /** There if the store can't be read: the list is made from the artifact alone. */
  store?: "unavailable";
  /**
   * There if histories are apart from the artifact and can't be read: the list is made from what
   * the store has of the user.
   */
  histories?: "unavailable";
}

/** The names of placements and segments. */
export interface PlacementsAnswer {
  placements: string[];
  segments: string[];
}

/** A list for an anonymous visit. */
export interface SessionAnswer {
  model: string;
  /** `mixed` if the model recommends only some of the products, as each one's `source` says. */
  strategy: "personalized" | "mixed" | "popular";
  items: PlacedProduct[];
  /** The placement that made the list: the one asked for, or its variant for a segment. */
  placement?: string;
  /** The steps of the chain that were asked. */
  steps?: PlacementStep[];
  /** With `explain`: what became of each rule that holds for the list. */
  rules?: RuleOutcome[];
}

/** Products in the order of a user's or a visitor's interest. */
export interface RankAnswer {
  model: string;
  /** `mixed` if the model recommends only some of the products, as each one's `source` says. */
  strategy: "personalized" | "mixed" | "popular";
  items: PlacedProduct[];
  /** Products that nobody knows, in the order in which they were sent; show them last. */
  unknown: string[];
  /** There if the store can't be read: the list is made from the artifact alone. */
  store?: "unavailable";
  /**
   * There if histories are apart from the artifact and can't be read: the list is made from what
   * the store has of the user.
   */
  histories?: "unavailable";
}

/** Products similar to one. */
export interface SimilarAnswer {
  productId: string;
  userId?: string;
  model: string;
  items: RecommendedProduct[];
  /** There if the store can't be read: the list is made from the artifact alone. */
  store?: "unavailable";
  /**
   * There if histories are apart from the artifact and can't be read: the list is made from what
   * the store has of the user.
   */
  histories?: "unavailable";
}

/** How often a product was in one basket with one of those asked for. */
export interface PairReason {
  productId: string;
  /** Baskets with both: what a user carted or bought within a day. */
  baskets: number;
  /** How many times as often as by chance, shrunk towards what their categories say. */
  lift: number;
}

/** A product that goes with others. */
export interface TogetherProduct {
  productId: string;
  /** `unknown` if the shop gave none. */
  brand: string;
  /** The category's path, or its number if the shop gave no path. */
  category: string;
  /** The latest known price in the shop's currency; 0 if unknown. */
  price: number;
  title?: string;
  /** The address of its picture, if the shop gave one. */
  imageUrl?: string;
  /** The address of its page, if the shop gave one. */
  url?: string;
  /** The estimated probability that it is any other product of the basket. */
  score: number;
  /**
   * Whether baskets with both say so, baskets with products of their categories, or only the
   * product's popularity in baskets.
   */
  source: "pair" | "category" | "popularity";
  /** With `explain`: the products asked for that it was with most often, at most five. */
  because?: PairReason[];
}

/** What goes with a product or a basket. */
export interface TogetherAnswer {
  productIds: string[];
  /** Products asked for that nobody knows. */
  unknown: string[];
  /**
   * `popular` if nothing is known of what goes with these products, `mixed` for some of the list.
   */
  strategy: "together" | "mixed" | "popular";
  items: TogetherProduct[];
}

/** The most popular products, and the window they were counted in. */
export interface PopularAnswer {
  window?: {
    /** ISO 8601, UTC. */
    from: string;
    /** ISO 8601, UTC. */
    to: string;
  };
  items: RecommendedProduct[];
}

/** New arrivals, and the window that they came in. */
export interface NewAnswer {
  userId?: string;
  /** They came in it, or later. */
  window: {
    /** ISO 8601, UTC. */
    from: string;
    /** ISO 8601, UTC. */
    to: string;
  };
  /** `newest` if the newest come first. */
  model: string;
  /** With `newest`, a score of 1 is the end of the window, 0 its beginning. */
  items: RecommendedProduct[];
  /** There if the store can't be read: the list is made from the artifact alone. */
  store?: "unavailable";
  /**
   * There if histories are apart from the artifact and can't be read: the list is made from what
   * the store has of the user.
   */
  histories?: "unavailable";
}

/** What merging another id into a user did. */
export interface MergedAnswer {
  userId: string;
  from: string;
  /** Stored events that moved; those in the artifact count as well. */
  movedEvents: number;
}

/** One page of a user's events, newest first. */
export interface HistoryAnswer {
  userId: string;
  total: number;
  events: {
    productId: string;
    type: "view" | "cart" | "purchase";
    /** ISO 8601, UTC. */
    time: string;
  }[];
}

/** Why one of several events was refused. */
export interface Refusal {
  index: number;
  detail: string;
  parameter?: string;
  allowed?: string[];
}

/** What happened to the events sent. */
export interface EventsAnswer {
  accepted: number;
  /** Events whose eventId was stored before. */
  duplicates: number;
  /**
   * Valid events of products that nobody knows yet: they count once PUT /products/{productId} or a
   * training adds the product.
   */
  unknownProducts: number;
  /** Valid events whose listId is of no list of this service; they are stored without it. */
  unknownLists: number;
  refused: Refusal[];
}

/** An estimate and the bounds that hold the true value. */
export interface EffectInterval {
  estimate: number;
  /** Left out if it isn't bounded, as with few users. */
  low?: number;
  /** As `low`. */
  high?: number;
}

/** What an arm has more than the control. */
export interface EffectAnswer {
  /** What the arm has more than the control. */
  difference: EffectInterval;
  /** The same as a share of the control's value. */
  relative?: EffectInterval;
  /** Whether the interval excludes 0. */
  isCertain: boolean;
}

/** A metric of an arm. */
export interface MetricAnswer {
  /** Left out without users or lists. */
  value?: number;
  standardError?: number;
  /**
   * Compared to the control. The intervals hold at all times at once: stopping when an effect is
   * certain is allowed.
   */
  effect?: EffectAnswer;
}

/** What an arm brought. */
export interface ArmReport {
  name: string;
  /** Left out for those who never take part. */
  share?: number;
  users: number;
  /** Lists that were shown. */
  lists: number;
  /** Lists of which a product was clicked. */
  clicked: number;
  /** Lists of which a product was put into the cart. */
  carted: number;
  /** Lists of which a product was bought. */
  bought: number;
  metrics: {
    clickThrough: MetricAnswer;
    addToCart: MetricAnswer;
    revenuePerThousandLists: MetricAnswer;
    conversion: MetricAnswer;
    revenuePerUser: MetricAnswer;
  };
}

/** An experiment as the shop defined it. */
export interface ExperimentAnswer {
  name: string;
  /** The placement whose lists differ; default users' lists without a placement. */
  placement?: string;
  /** Experiments of one layer never have the same user; default the placement's own, or lists. */
  layer?: string;
  /** Where its part of the layer's users begins. From 0 to 1. Default `0`. */
  from?: number;
  /** How large a part of the layer's users takes part. From 0 to 1. Default `1`. */
  share?: number;
  /** ISO 8601. */
  start?: string;
  /** ISO 8601. */
  stop?: string;
  /**
   * In how many days from its start the share grows to its full size, evenly; users only join. From
   * 0 to 365. Default `0`.
   */
  rampDays?: number;
  /**
   * What is compared, the control first; one without a model or placement is as usual. At most 10.
   */
  arms: ExperimentArm[];
  /** Whether it is of the file, or was put. */
  source: "file" | "put";
  /** `invalid`: it names what there isn't any more, so that it doesn't run. */
  state: "planned" | "running" | "stopped" | "invalid";
  /** Why it is invalid. */
  faults: string[];
}

/** All experiments, in the order of their names. */
export interface ExperimentsAnswer {
  /** The share of users who never take part. */
  holdout: number;
  experiments: ExperimentAnswer[];
}

/** An experiment, and what it found so far. */
export interface ExperimentReport extends ExperimentAnswer {
  /** When its figures were read; they are reused for a minute or longer. */
  measured: string;
  /** What each arm brought, the control first. */
  results: ArmReport[];
  sampleRatio: {
    pValue: number;
    /** Whether arms have other shares of users than they should: then no figure can be trusted. */
    isOff: boolean;
  };
  /** Users who were in several arms, since they were merged; left out. */
  mixedUsers: number;
  /**
   * What the experiment can find, judging by a time as long as it is to run; before it has users.
   */
  plan?: {
    /** Users who would take part. */
    users: number;
    metrics: {
      clickThrough?: {
        value: number;
        /** The smallest difference found with a power of 80%. */
        detectable: number;
      };
      addToCart?: {
        value: number;
        /** The smallest difference found with a power of 80%. */
        detectable: number;
      };
      revenuePerThousandLists?: {
        value: number;
        /** The smallest difference found with a power of 80%. */
        detectable: number;
      };
      conversion?: {
        value: number;
        /** The smallest difference found with a power of 80%. */
        detectable: number;
      };
      revenuePerUser?: {
        value: number;
        /** The smallest difference found with a power of 80%. */
        detectable: number;
      };
    };
  };
}

/** The experiment that was deleted. */
export interface DeletedExperiment {
  name: string;
}

/** What happened to the impressions sent. */
export interface ImpressionsAnswer {
  /** Lists that are new or have more products now. */
  accepted: number;
  /** All other impressions of lists: what was reported first counts. */
  duplicates: number;
  refused: Refusal[];
}

/** What was deleted of a user. */
export interface ForgottenAnswer {
  userId: string;
  deletedEvents: number;
}

/** The artifact that is served. */
export interface VersionAnswer {
  version: string;
  /** ISO 8601, UTC. */
  created: string;
  formatVersion: number;
  defaultModel: string;
  models: string[];
}

/** The artifact that is served after a reload, and the one before it. */
export interface ReloadAnswer {
  version: string;
  previous: string;
}

/** Whether the whole service works. */
export interface ReadinessAnswer {
  status: "ready" | "degraded";
  version: string;
  store: "available" | "unavailable";
  /** Whether what users did until training can be read: always if it is inside the artifact. */
  histories: "available" | "unavailable";
  detail?: string;
}

/** Why the service refused a request (RFC 9457). */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  parameter?: string;
  allowed?: string[];
  refused?: Refusal[];
}
