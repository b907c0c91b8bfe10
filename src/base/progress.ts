/**
 * Called repeatedly during a long task with its progress.
 *
 * @param done The completed share, from 0 to 1, never decreasing.
 * @param note What has just ended, for a line of its own: `svd fitted in 12.3 s`.
 */
export type Progress = (done: number, note?: string) => void;

/** Progress whose notes begin with a label: `validation: svd fitted in 12.3 s`. */
export function labelNotes(progress: Progress, label: string): Progress {
  return (done, note) => progress(done, note && `${label}: ${note}`);
}

/**
 * The progress of two parts of a task, one after the other. The first takes half of what it last
 * reports, so nothing if it reports nothing; the second takes the rest.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const reported: number[] = [];
 * const [first, second] = inTwoParts((done) => reported.push(done));
 * first(1);
 * second(0.5);
 * assertEquals(reported, [0.5, 0.75]);
 * ```
 */
export function inTwoParts(progress: Progress = () => {}): [first: Progress, second: Progress] {
  let before = 0;
  return [
    (done) => progress(before = done / 2),
    (done) => progress(before + (1 - before) * done),
  ];
}

/**
 * Called when a stage of a long task begins; ends the previous stage.
 *
 * @returns A callback for the stage's progress.
 */
export type Stages = (name: string) => Progress;

/** Ignores all progress. */
export const NO_STAGES: Stages = () => () => {};
