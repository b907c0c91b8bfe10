import { SECONDS_PER_DAY, SECONDS_PER_HOUR } from "../../base/time.ts";
import type { SimulationPlan } from "../parameters/options.ts";
import { playSession } from "./sessions.ts";
import type { Shop } from "../products/shop.ts";
import type { Timeline } from "./timeline.ts";
import { createUser, drawLoyalty, nextVisit, type User, VISITS_PER_USER } from "./users.ts";

/** Rows per visit in the real shop, including copies. */
const ROWS_PER_VISIT = 4.56;
/** Number of days before the simulation from which regulars visit. */
const PAST_DAYS = 60;
const FIRST_USER_ID = 410_000_000;
const LARGEST_STEP = 20;

/**
 * All visitors of the shop: regulars, whose next visit is scheduled, and as many new users as it
 * takes to reach an hour's rows.
 */
export class Visitors {
  readonly #plan: SimulationPlan;
  readonly #shop: Shop;
  readonly #timeline: Timeline;
  /** By hour: users with the time of their next visit. */
  readonly #returning: { readonly user: User; readonly time: number }[][];
  #lastUserId = FIRST_USER_ID;
  #sessions = 0;

  constructor(plan: SimulationPlan, shop: Shop, timeline: Timeline) {
    this.#plan = plan;
    this.#shop = shop;
    this.#timeline = timeline;
    this.#returning = Array.from({ length: 24 * plan.days }, () => []);
    this.#createRegulars();
  }

  /**
   * Plays the visits that start in an hour. New users arrive until the hour has about the target
   * number of rows; in the last hour, at least that number.
   */
  playHour(hour: number, targetRows: number): void {
    for (const { user, time } of this.#returning[hour]) this.#play(user, time);
    this.#returning[hour] = [];
    const { random } = this.#shop;
    const isLast = hour === this.#returning.length - 1;
    while (
      this.#timeline.countIn(hour) < targetRows - (isLast ? 0 : ROWS_PER_VISIT * random.next())
    ) {
      this.#play(
        this.#newUser(drawLoyalty(random)),
        hour * SECONDS_PER_HOUR + random.integer(SECONDS_PER_HOUR),
      );
    }
  }

  /** Plays a visit and those that follow within the hour, and schedules the next one. */
  #play(user: User, time: number): void {
    const hour = Math.floor(time / SECONDS_PER_HOUR);
    let next = time;
    while (next < (hour + 1) * SECONDS_PER_HOUR) {
      const lastEnd = playSession(this.#shop, this.#timeline, user, this.#sessions++, next);
      next = nextVisit(user.loyalty, lastEnd, this.#shop.random);
    }
    this.#returning[Math.floor(next / SECONDS_PER_HOUR)]?.push({ user, time: next });
  }

  /** Simulates visits before the first day; users with a visit in the simulation are regulars. */
  #createRegulars(): void {
    const { events, days } = this.#plan;
    const { random } = this.#shop;
    const past = Math.min(PAST_DAYS, 2 * days);
    const count = Math.round(events / days * past / (ROWS_PER_VISIT * VISITS_PER_USER));
    for (let i = 0; i < count; i++) {
      const loyalty = drawLoyalty(random);
      let time = -1 - random.integer(past * SECONDS_PER_DAY);
      while (time < 0) time = nextVisit(loyalty, time, random);
      const visits = this.#returning[Math.floor(time / SECONDS_PER_HOUR)];
      visits?.push({ user: this.#newUser(loyalty), time });
    }
  }

  #newUser(loyalty: number): User {
    this.#lastUserId += 1 + this.#shop.random.integer(LARGEST_STEP);
    return createUser(this.#lastUserId, loyalty, this.#shop);
  }
}
