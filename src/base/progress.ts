/**
 * Called repeatedly during long work with how much of it is done.
 *
 * @param done The share done, from 0 to 1; never decreases.
 */
export type Progress = (done: number) => void;

/**
 * Called when a stage of long work begins, which ends the stage before.
 *
 * @returns Reports the stage's progress.
 */
export type Stages = (name: string) => Progress;

/** Ignores all progress. */
export const NO_STAGES: Stages = () => () => {};
