import type { Random } from "../../linalg/random.ts";
import { heavyCount } from "../parameters/distributions.ts";

/** How many events of each type a session will have. */
export interface Intent {
  readonly views: number;
  readonly carts: number;
  readonly removals: number;
  readonly purchases: number;
}

/** A count of at least 1: a log-normal number, rounded up and capped. */
type Count = readonly [median: number, sigma: number, max: number];

/** The share of sessions with events of each type, and their number in those sessions. */
interface Habits {
  readonly views: readonly [share: number, count: Count];
  readonly carts: readonly [share: number, count: Count];
  readonly removals: readonly [share: number, count: Count];
}

/** The probability that a session ends with a purchase. */
const buys = (loyalty: number): number => 0.019 + 0.026 * loyalty;
/** The probability that a session without one changes the cart; loyal users keep theirs longer. */
const fillsCart = (loyalty: number): number => 0.034 + 0.41 * loyalty ** 3;
/** The number of views in a browsing session; most view one product. */
const browsing = (loyalty: number): Count => [0.14 + loyalty ** 3, 1.3, 150];

const FILLING: Habits = {
  views: [0.75, [2.0, 1.15, 250]],
  carts: [0.92, [2.5, 1.15, 200]],
  removals: [0.48, [2.8, 1.15, 150]],
};
const CHECKING_OUT: Habits = {
  views: [0.9, [1.2, 1.1, 250]],
  carts: [0.75, [5.5, 1.0, 200]],
  removals: [0.4, [3.5, 1.1, 150]],
};
const PURCHASES: Count = [4.85, 0.95, 150];

/** Draws the purpose of a visit: mostly browsing, sometimes filling the cart, rarely buying. */
export function drawIntent(loyalty: number, random: Random): Intent {
  const draw = random.next();
  if (draw < buys(loyalty)) {
    return { ...drawHabits(CHECKING_OUT, random), purchases: heavyCount(random, ...PURCHASES) };
  }
  if (draw < buys(loyalty) + fillsCart(loyalty)) {
    const { views, carts, removals } = drawHabits(FILLING, random);
    return { views, carts: removals > 0 ? carts : Math.max(1, carts), removals, purchases: 0 };
  }
  const views = heavyCount(random, ...browsing(loyalty));
  return { views, carts: 0, removals: 0, purchases: 0 };
}

function drawHabits({ views, carts, removals }: Habits, random: Random): Omit<Intent, "purchases"> {
  const draw = ([share, count]: readonly [number, Count]): number =>
    random.next() < share ? heavyCount(random, ...count) : 0;
  return { views: draw(views), carts: draw(carts), removals: draw(removals) };
}
