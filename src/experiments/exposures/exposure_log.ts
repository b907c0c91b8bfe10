import type { z } from "zod";
import { InputError } from "../../base/input_error.ts";
import {
  type Exposure,
  exposureLine,
  type ExposureWithOutcomes,
  type Outcome,
} from "./exposure.ts";

/**
 * Writes lists and what came of them as NDJSON: a line of the kind `list` for each list, and after
 * it one of the kind `event` for each of its outcomes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const exposure = { listId: "l1", at: 0, userId: "ann", model: "als", productIds: ["7"],
 *   positions: [1], propensities: [1] };
 * const text = formatExposures({ exposure, outcomes: [] });
 * assertEquals(JSON.parse(text), { kind: "list", ...exposure });
 * ```
 */
export function formatExposures({ exposure, outcomes }: ExposureWithOutcomes): string {
  const lines = [
    { kind: "list", ...exposure },
    ...outcomes.map((outcome) => ({ kind: "event", ...outcome })),
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

/**
 * Reads what {@linkcode formatExposures} wrote. Empty lines are skipped.
 *
 * @param lines Without their line breaks.
 * @param options `name`: what errors call the log, such as its path.
 * @throws {InputError} Names the log, the line, the field, the rule and the value.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const lines = [
 *   '{"kind":"list","listId":"l1","at":0,"userId":"ann","model":"als","productIds":["7","9"],' +
 *   '"positions":[1,2],"propensities":[1,1]}',
 *   '{"kind":"event","listId":"l1","productId":"9","type":"view","at":5,"position":2,' +
 *   '"by":"listId"}',
 * ];
 * const [{ exposure, outcomes }] = await Array.fromAsync(
 *   readExposures(lines, { name: "exposures.ndjson" }),
 * );
 * assertEquals([exposure.userId, outcomes[0].position], ["ann", 2]);
 * ```
 */
export async function* readExposures(
  lines: Iterable<string> | AsyncIterable<string>,
  { name }: { name: string },
): AsyncGenerator<ExposureWithOutcomes> {
  let current: { exposure: Exposure; outcomes: Outcome[] } | undefined;
  let number = 0;
  for await (const line of lines) {
    number++;
    if (line.trim() === "") continue;
    const refuse = (fault: string): InputError =>
      new InputError(
        `Cannot read the exposures in ${name}, line ${number}: ${fault}; ` +
          "deno task export writes the format",
      );
    const { kind, ...record } = readLine(line, refuse);
    if (kind === "list") {
      if (current) yield current;
      requireParallel(record as Exposure, refuse);
      current = { exposure: record as Exposure, outcomes: [] };
      continue;
    }
    const outcome = record as Outcome;
    if (outcome.listId !== current?.exposure.listId) {
      throw refuse(
        `listId must be that of the list before the event, ${
          JSON.stringify(current?.exposure.listId ?? null)
        }, got ${JSON.stringify(outcome.listId)}`,
      );
    }
    current.outcomes.push(outcome);
  }
  if (current) yield current;
}

type Refuse = (fault: string) => InputError;

function readLine(line: string, refuse: Refuse): z.output<typeof exposureLine> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw refuse(`it must be JSON, but ${(error as Error).message}`);
  }
  const { data, error } = exposureLine.safeParse(value);
  if (data) return data;
  const [{ path, message }] = error.issues;
  const sent = path.reduce<unknown>(
    (part, key) => (part as Record<PropertyKey, unknown>)?.[key],
    value,
  );
  const field = path.length > 0 ? `${path.join(".")}: ` : "";
  throw refuse(`${field}${message}, got ${JSON.stringify(sent)?.slice(0, MOST_SHOWN)}`);
}

/** How many characters of a value an error shows. */
const MOST_SHOWN = 80;

function requireParallel(exposure: Exposure, refuse: Refuse): void {
  const { productIds, experiment, arm } = exposure;
  for (const field of ["positions", "propensities"] as const) {
    if (exposure[field].length === productIds.length) continue;
    throw refuse(
      `${field} must have one number for each of ${productIds.length} productIds, got ` +
        exposure[field].length,
    );
  }
  if ((experiment === undefined) === (arm === undefined)) return;
  throw refuse(`experiment and arm belong together, got ${experiment} and ${arm}`);
}
