import { InvalidArgumentError } from "commander";
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE } from "../../src/base/time.ts";

const UNITS = { s: 1000, m: MS_PER_MINUTE, h: MS_PER_HOUR, d: MS_PER_DAY };

/**
 * Reads an option's value as a duration: `90s`, `30m`, `6h`, `1.5d`.
 *
 * @returns Milliseconds, above 0.
 * @throws {InvalidArgumentError} If it isn't one.
 */
export function duration(text: string): number {
  const [, number, unit] = text.match(/^(\d+(?:\.\d+)?)([smhd])$/) ?? [];
  const ms = Number(number) * UNITS[unit as keyof typeof UNITS];
  if (ms >= 1) return Math.round(ms);
  throw new InvalidArgumentError("It must be a duration above 0, such as 90s, 30m, 6h or 1.5d.");
}
