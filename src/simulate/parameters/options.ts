import { InputError } from "../../base/input_error.ts";
import { SECONDS_PER_DAY } from "../../base/time.ts";

/** What to simulate. */
export interface SimulationOptions {
  /** Number of rows without the header: 1 to 1,000,000,000. Default 300,000. */
  events?: number;
  /** Number of days they span; at least 1. Default 31. */
  days?: number;
  /** The first day, UTC, as `YYYY-MM-DD`; from 1970 on. Default 2019-10-01. */
  start?: string;
  /** The same seed gives the same bytes. A whole number; its lower 32 bits are used. Default 1. */
  seed?: number;
  /**
   * The share of the series that are launched per 30 days, at a random moment; of any period at
   * most two fifths are. 0 to 0.4. Default 0.08, about as in the real shop.
   */
  launches?: number;
}

/** The defaults of {@linkcode SimulationOptions}. */
export const SIMULATION_DEFAULTS: Readonly<Required<SimulationOptions>> = {
  events: 300_000,
  days: 31,
  start: "2019-10-01",
  seed: 1,
  launches: 0.08,
};

/** Checked options. */
export interface SimulationPlan {
  readonly events: number;
  readonly days: number;
  /** Midnight at the start of the first day, in seconds since 1970-01-01 UTC. */
  readonly startTime: number;
  readonly seed: number;
  /** The share of the series launched per 30 days. */
  readonly launches: number;
}

/** The most series that are launched, however long the period. */
export const MOST_LAUNCHES = 0.4;

/** Users and sessions are numbered with 32 bits. */
const MOST_EVENTS = 1e9;
/** Times are unsigned 32-bit seconds, which end in 2106. */
const LAST_TIME = 2 ** 32 - 1;

/**
 * Fills in the defaults and checks every option.
 *
 * @throws {InputError} If one is out of range.
 */
export function planSimulation(options: SimulationOptions = {}): SimulationPlan {
  const { events, days, start, seed, launches } = { ...SIMULATION_DEFAULTS, ...options };
  checkWhole("events", events, 1, MOST_EVENTS);
  checkWhole("days", days, 1, Number.MAX_SAFE_INTEGER);
  checkWhole("seed", seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  if (!(launches >= 0 && launches <= MOST_LAUNCHES)) {
    throw new InputError(
      `Cannot simulate events: launches must be a share from 0 to ${MOST_LAUNCHES}, ` +
        `got ${launches}`,
    );
  }
  const startTime = parseDay(start);
  if (startTime + days * SECONDS_PER_DAY > LAST_TIME) {
    throw new InputError(
      `Cannot simulate events: start and days must end before 2106, ` +
        `got ${start} and ${days} days; give fewer days`,
    );
  }
  return { events, days, startTime, seed, launches };
}

function checkWhole(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new InputError(
    `Cannot simulate events: ${name} must be a whole number from ${min} to ${max}, got ${value}`,
  );
}

function parseDay(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  // Date.parse turns 30 February into a day in March, so the day must survive the round trip.
  if (time >= 0 && new Date(time).toISOString().startsWith(text)) return time / 1000;
  throw new InputError(
    `Cannot simulate events: start must be a day from 1970 on, written YYYY-MM-DD, got "${text}"`,
  );
}
