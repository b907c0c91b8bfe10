import { type Candidate, measureAll, rankCandidates, type TrialSearch } from "./halving.ts";
import { optionsToJson } from "./options_json.ts";
import type { TrialOptions } from "./search_space.ts";

/**
 * Goes on from the best of some candidates: tries all its neighbours in the last round, moves to
 * the best of them if it is better, and so on, until none is or time is up.
 *
 * @param candidates As {@linkcode rankCandidates} ranks them.
 * @param search `neighbours` of a combination; those tried in this round aren't tried again.
 * @returns All candidates, ranked.
 */
export async function climb<Outcome>(
  candidates: readonly Candidate<TrialOptions, Outcome>[],
  rung: number,
  { neighbours, ...search }: TrialSearch<TrialOptions, Outcome> & {
    neighbours: (options: TrialOptions) => TrialOptions[];
  },
): Promise<Candidate<TrialOptions, Outcome>[]> {
  const keyOf = (options: TrialOptions) => JSON.stringify(optionsToJson(options));
  const numberOf = new Map(candidates.map(({ options, number }) => [keyOf(options), number]));
  let next = 1 + Math.max(-1, ...numberOf.values());
  let ranked = [...candidates];
  let last: number | undefined;
  while (ranked[0]?.rung === rung && ranked[0].number !== last) {
    const [best] = ranked;
    if (Number.isNaN(search.loss(best.outcome))) break;
    last = best.number;
    const tried = new Set(
      ranked.filter((other) => other.rung === rung).map(({ number }) => number),
    );
    const steps = neighbours(best.options).map((options) => {
      const key = keyOf(options);
      const number = numberOf.get(key) ?? next++;
      numberOf.set(key, number);
      return { options, number };
    }).filter(({ number }) => !tried.has(number));
    ranked = rankCandidates([...await measureAll(steps, rung, search), ...ranked], search);
  }
  return ranked;
}
