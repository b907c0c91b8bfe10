import { SECONDS_PER_HOUR } from "../../base/time.ts";
import type { Random } from "../../linalg/random.ts";
import { isConvenient } from "./calendar.ts";
import { logNormal, pareto } from "../parameters/distributions.ts";
import type { EventCode } from "./timeline.ts";

/** Log-normal seconds before a view, a cart, a removal and a purchase's first row. */
const GAPS = [
  { median: 34, sigma: 1.5 },
  { median: 16, sigma: 1.6 },
  { median: 8, sigma: 1.7 },
  { median: 75, sigma: 1 },
];
const LONGEST_GAP = 1_800;

/** The share of sessions with pauses, and the share of their gaps that are pauses. */
const INTERRUPTED = 0.3;
const PAUSES = 0.071;
/** P(pause > x) = (30 min / x)^0.45, up to 14 days: browsers keep sessions for long. */
const PAUSE = { min: 1_800, exponent: 0.45, max: 1_200_000 };
const MAX_ATTEMPTS = 5;

/** Draws whether a session has pauses. */
export function isInterrupted(random: Random): boolean {
  return random.next() < INTERRUPTED;
}

/**
 * Seconds until the next event of a session.
 *
 * @param time When the last event took place, in seconds since the start of the simulation.
 */
export function drawGap(
  random: Random,
  { type, time, interrupted }: { type: EventCode; time: number; interrupted: boolean },
): number {
  if (interrupted && random.next() < PAUSES) return drawPause(time, random);
  const { median, sigma } = GAPS[type];
  return Math.round(Math.min(LONGEST_GAP, logNormal(random, median, sigma)));
}

/** A pause that mostly ends at a busy hour. */
function drawPause(time: number, random: Random): number {
  let pause = 0;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    pause = Math.ceil(pareto(random, PAUSE.min, PAUSE.exponent, PAUSE.max));
    if (pause < SECONDS_PER_HOUR || isConvenient(time + pause, random)) break;
  }
  return pause;
}
