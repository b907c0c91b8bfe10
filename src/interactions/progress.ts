/**
 * Told now and then how far a long piece of work has come.
 *
 * @param done The share that is done, from 0 to 1, never falling.
 */
export type Progress = (done: number) => void;
