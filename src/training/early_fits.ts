import type { Progress } from "../base/progress.ts";
import type { Model } from "../models/model.ts";

/** Fits models, in the order of their names. */
export type FitAll = (names: readonly string[], progress: Progress) => Promise<Model[]>;

/** Models that are fitted while others are still measured. */
export interface EarlyFits {
  /** Starts to fit models. */
  begin(names: readonly string[]): void;
  /**
   * The models of some names, in their order: those that were begun, if all of them are among the
   * names, and the others. Progress is shown from here on, with the notes so far.
   */
  finish(names: readonly string[], progress: Progress): Promise<Model[]>;
}

/** Starts without a model. */
export function earlyFits(fitAll: FitAll): EarlyFits {
  let begun: readonly string[] = [];
  let models: Promise<Model[]> = Promise.resolve([]);
  const notes: string[] = [];
  let done = 0;
  let show: Progress = (_, note) => {
    if (note) notes.push(note);
  };
  return {
    begin(names) {
      begun = names;
      models = fitAll(names, (share, note) => {
        done = share;
        show(share, note);
      });
      // A failure counts when the models are asked for.
      models.catch(() => {});
    },
    async finish(names, progress) {
      if (!begun.every((name) => names.includes(name))) return await fitAll(names, progress);
      const rest = names.filter((name) => !begun.includes(name));
      // Each share is that of its part of the models.
      const share = begun.length / names.length;
      for (const note of notes) progress(share * done, note);
      show = (done, note) => progress(share * done, note);
      const early = await models;
      const late = rest.length === 0
        ? []
        : await fitAll(rest, (done, note) => progress(share + (1 - share) * done, note));
      return names.map((name) =>
        begun.includes(name) ? early[begun.indexOf(name)] : late[rest.indexOf(name)]
      );
    },
  };
}
