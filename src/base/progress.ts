/**
 * Told now and then how far a long piece of work has come.
 *
 * @param done The share that is done, from 0 to 1, never falling.
 */
export type Progress = (done: number) => void;

/**
 * Told when a new stage of a long piece of work begins; the one before has ended.
 *
 * @returns To be told how far the stage has come.
 */
export type Stages = (name: string) => Progress;

/** For work that nobody watches. */
export const NO_STAGES: Stages = () => () => {};
