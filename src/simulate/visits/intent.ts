import type { Random } from "../../linalg/random.ts";
import { heavyCount } from "../parameters/distributions.ts";

/** How many events of each kind a session is to have. */
export interface Intent {
  readonly views: number;
  readonly carts: number;
  readonly removals: number;
  readonly purchases: number;
}

/** A count of at least 1: a log-normal number of this median and spread, rounded up, and its limit. */
type Count = readonly [median: number, sigma: number, max: number];

/** The share of sessions with events of each kind, and how many there are then. */
interface Habits {
  readonly views: readonly [share: number, count: Count];
  readonly carts: readonly [share: number, count: Count];
  readonly removals: readonly [share: number, count: Count];
}

/** The chance that a session ends with a purchase. */
const buys = (loyalty: number): number => 0.019 + 0.026 * loyalty;
/** The chance that a session without one fills or empties the cart: the loyal keep theirs for long. */
const fillsCart = (loyalty: number): number => 0.034 + 0.41 * loyalty ** 3;
/** Views of somebody who just looks around; most look at one product. */
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

/** What somebody comes for: mostly a look around, sometimes the cart, now and then to buy. */
export function drawIntent(loyalty: number, random: Random): Intent {
  const mood = random.next();
  if (mood < buys(loyalty)) {
    return { ...drawHabits(CHECKING_OUT, random), purchases: heavyCount(random, ...PURCHASES) };
  }
  if (mood < buys(loyalty) + fillsCart(loyalty)) {
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
