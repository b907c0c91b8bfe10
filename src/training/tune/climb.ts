import { type Candidate, measureAll, rankCandidates, type TrialSearch } from "./halving.ts";
import { optionsToJson } from "./options_json.ts";
import type { TrialOptions } from "./search_space.ts";

/**
 * Goes on from the best of some candidates, in the round that it reached: tries the neighbours in
 * one option, moves to the best of them if it is better, and again as long as that helps, then goes
 * on with the next option, until no option has a better neighbour or time is up.
 *
 * @param candidates As {@linkcode rankCandidates} ranks them.
 * @param search `neighbours` of a combination, by option; those tried in this round aren't tried
 * again.
 * @returns All candidates, ranked.
 */
export async function climb<Outcome>(
  candidates: readonly Candidate<TrialOptions, Outcome>[],
  { neighbours, ...search }: TrialSearch<TrialOptions, Outcome> & {
    neighbours: (options: TrialOptions) => TrialOptions[][];
  },
): Promise<Candidate<TrialOptions, Outcome>[]> {
  const keyOf = (options: TrialOptions) => JSON.stringify(optionsToJson(options));
  const numberOf = new Map(candidates.map(({ options, number }) => [keyOf(options), number]));
  let next = 1 + Math.max(-1, ...numberOf.values());
  let ranked = [...candidates];
  let option = 0, fruitless = 0;
  while (ranked.length > 0 && !Number.isNaN(search.loss(ranked[0].outcome))) {
    const [best] = ranked;
    const { rung } = best;
    const byOption = neighbours(best.options);
    if (fruitless >= byOption.length) break;
    const tried = new Set(
      ranked.filter((other) => other.rung === rung).map(({ number }) => number),
    );
    const steps = byOption[option].map((options) => {
      const key = keyOf(options);
      const number = numberOf.get(key) ?? next++;
      numberOf.set(key, number);
      return { options, number };
    }).filter(({ number }) => !tried.has(number));
    ranked = rankCandidates([...await measureAll(steps, rung, search), ...ranked], search);
    const isBetter = ranked[0].number !== best.number;
    fruitless = isBetter ? 0 : fruitless + 1;
    if (!isBetter) option = (option + 1) % byOption.length;
  }
  return ranked;
}
