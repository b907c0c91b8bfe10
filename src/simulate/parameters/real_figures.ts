import type { EventsProfile } from "../../analysis/profile/events_profile.ts";

/**
 * Figures of the real shop. Source: public analyses of the REES46 data "eCommerce events history in
 * cosmetics shop" (Kaggle, mkechinov), all five months from October 2019 to February 2020 together.
 */
export const REAL_FIGURES: EventsProfile = {
  rows: 20_692_840,
  eventShares: { view: 0.4667, cart: 0.2788, remove_from_cart: 0.1923, purchase: 0.0622 },
  duplicateShare: 0.054,
  missingShares: { brand: 0.423, category_code: 0.983, user_session: 0.00022 },
  zeroPriceShare: 0.00417,
  negativePriceShare: 0.000006,
  meanPrice: 8.53,
  priceQuartiles: {
    all: [2.06, 4.05, 7.06],
    view: [2.84, 5.10, 10.00],
    cart: [1.59, 3.16, 5.56],
    remove_from_cart: [1.83, 3.46, 5.56],
    purchase: [1.59, 3.00, 5.40],
  },
  users: 1_639_151,
  sessionsPerUser: { mean: 2.8, median: 1, p75: 2 },
  productsPerUser: { mean: 6.2, median: 1, p75: 3 },
  buyerShare: 0.0675,
  sessions: 4_535_940,
  funnel: {
    view: 0.944,
    cart: 0.218,
    remove_from_cart: 0.108,
    purchase: 0.0346,
    viewOnly: 0.756,
  },
  sessionMeans: { view: 2.13, cart: 1.24, remove_from_cart: 0.66, purchase: 0.28, products: 3.05 },
  buyingSessionMeans: { cart: 6.8, products: 13.2 },
  sessionMinutes: { median: 0, p95: 35, overADayShare: 0.008 },
  gapSeconds: { median: 17, p90: 174, p99: 4_920 },
  topTenPurchaseShare: 0.0298,
  topFiveBrandShare: 0.227,
  hours: [
    // deno-fmt-ignore
    0.0093,
    0.0080,
    0.0088,
    0.0126,
    0.0188,
    0.0284,
    0.0390,
    0.0471,
    0.0521,
    0.0548,
    0.0578,
    0.0595,
    // deno-fmt-ignore
    0.0604,
    0.0579,
    0.0544,
    0.0521,
    0.0535,
    0.0581,
    0.0628,
    0.0664,
    0.0595,
    0.0403,
    0.0243,
    0.0141,
  ],
  weekdays: [0.1461, 0.1472, 0.1501, 0.1505, 0.1427, 0.1302, 0.1333],
};
