import { decayFactor } from "../base/half_life.ts";
import { sum } from "../base/statistics.ts";
import type { History } from "../interactions/history.ts";
import { scalar, type Tensors } from "../linalg/tensor.ts";
import { topK } from "../linalg/top_k.ts";
import { defineAlgorithm } from "./define_algorithm.ts";
import type { Model } from "./model.ts";
import type { OptionsOf, SavedOptionsOf } from "./options/declarations.ts";
import { AUTO, number, whole } from "./options/option.ts";
import { readOptions, saveOptions } from "./options/saved_options.ts";
import { decayOption, sessionDecayOption } from "./options/shared_options.ts";
import { sparseScorer } from "./scoring/sparse_scorer.ts";
import { decayOf } from "./sequence/decay_of.ts";
import { MOST_RECENT, recentItems } from "./sequence/recent_items.ts";
import { indexSessions, type SessionIndex } from "./sequence/session_index.ts";
import { type Candidates, createSessionSearch } from "./sequence/session_search.ts";
import { indexFromTensors, indexToTensors } from "./sequence/session_tensors.ts";
import { statisticsOf } from "./statistics/statistics_of.ts";

const options = {
  neighbors: whole(500, {
    min: 1,
    search: [100, 200, 500],
    saved: true,
    meaning: "Maximum number of sessions to take items from",
  }),
  sampleSize: whole(2500, {
    min: 1,
    search: [1000, 2500, 5000],
    saved: true,
    meaning: "Maximum number of sessions to compare: the latest of those that share an item",
  }),
  decay: decayOption([0.5, 0.7, 0.9]),
  sessionDecay: sessionDecayOption(),
  matchDecay: number(0.9, {
    min: 0,
    max: 1,
    search: [0.5, 0.7, 0.9],
    saved: true,
    meaning:
      "Decay of a neighbour's weight per place from its latest shared item to the history's end",
  }),
  distanceDecay: number(0.8, {
    min: 0,
    max: 1,
    search: [0.6, 0.7, 0.8, 0.9],
    saved: true,
    meaning: "Decay of an item's weight per place from where the history would go on",
  }),
  idf: number(1, {
    min: 0,
    search: [0, 1, 5],
    saved: true,
    meaning: "Boost of rare items, as a multiple of their inverse document frequency",
  }),
  similarityIdf: number(1, {
    min: 0,
    search: [0, 0.2, 1],
    saved: true,
    meaning: "The same boost for the items that two sessions share",
  }),
  lengthPower: number(0.2, {
    min: 0,
    max: 1,
    search: [0, 0.2, 0.5],
    saved: true,
    meaning:
      "Damping of neighbours with many items: at 0 length has no effect, at 1 the share of " +
      "their items counts",
  }),
  sessionHalfLifeDays: number(90, {
    above: 0,
    search: [30, 90, Infinity],
    saved: true,
    meaning: "Days before the latest session at which a neighbour counts half; Infinity ignores " +
      "time",
  }),
};

/** Artifacts from before these options were added have models without them. */
const BEFORE: Tensors = {
  similarityIdf: scalar(0),
  lengthPower: scalar(0),
  sessionHalfLifeDays: scalar(Infinity),
};

/** The options of {@linkcode sessionKnn}. */
export type SessionKnnOptions = OptionsOf<typeof options>;

/** What scoring needs of them. */
type Parameters = SavedOptionsOf<typeof options>;

/**
 * What others did in similar sessions (V-SKNN, Ludewig and Jannach 2018, indexed as in Kersbergen,
 * Sprangers and Schelter 2022). With the last distinct items of the history weighted by {@linkcode
 * recentItems}, the neighbours are the sessions n with the largest
 *
 *   sim(n) = 2^(−age_n / half-life) · |n|^−lengthPower ·
 *            Σᵢ weightᵢ · (1 + similarityIdf · ln(sessions / sessions with i))
 *
 * over the items shared with n, among the latest `sampleSize` that share any; |n| is the number of
 * its items, age_n counts from the end of the latest session in whole days. Age and length are from
 * STAN (Garg et al. 2019), rarity from VSTAN (Ludewig et al. 2021). If m is the latest shared item,
 * the p-th last of the history from 0, j scores
 *
 *   Σ_n sim(n) · matchDecay^p · distanceDecay^d · w_nj · (1 + idf · ln(sessions / sessions with j))
 *
 * where d is the number of places between j and the one after m, or between j and m if j comes
 * before m (STAN, too); for m itself d is 0. A session holds each of its items once,
 * at its last event, w_nj being the largest weight it had there. Sessions are those of the data;
 * without them, a pause of more than 30 minutes ends a session.
 *
 * Fitting is linear in the events, except for sorting the sessions, and takes 12 bytes per event;
 * scoring O(c log c + neighbours × their length) for the c ≤ recent items × sampleSize sessions
 * that share an item.
 */
export const sessionKnn = defineAlgorithm({
  name: "session_knn",
  description: "What others did in sessions like this one",
  options,

  fitsFrom: "sums",

  async fit(train, options) {
    const statistics = statisticsOf(train);
    const decay = await decayOf(statistics, options.decay);
    const index = indexSessions(await statistics.sessions(), train.itemIds.size);
    return {
      ...createSessionKnn(index, { ...options, decay }),
      ...(options.decay === AUTO && { chosen: { decay } }),
    };
  },

  fromTensors: (tensors) =>
    createSessionKnn(indexFromTensors(tensors), readOptions(options, { ...BEFORE, ...tensors })),
});

/** The sessions most like a history. */
interface Neighbors extends Omit<Candidates, "sessions"> {
  /** The items that the history ended with, latest first. */
  readonly recent: Uint32Array;
  /** What each of them adds to a similarity. */
  readonly weights: Float32Array;
  /** The neighbours' numbers among the candidates, the most similar first. */
  readonly chosen: Uint32Array;
}

function createSessionKnn(index: SessionIndex, parameters: Parameters): Model {
  const { indptr, items, itemIndptr } = index;
  const codes = index.weights instanceof Float32Array ? undefined : index.weights.codes;
  const values = index.weights instanceof Float32Array ? index.weights : index.weights.values;
  const { neighbors, matchDecay, distanceDecay } = parameters;
  const itemCount = itemIndptr.length - 1;
  const boosts = new Float32Array(itemCount);
  for (let item = 0; item < itemCount; item++) {
    boosts[item] = rarityBoost(index, item, parameters.idf);
  }
  const closeness = powersUpTo(MOST_RECENT, matchDecay);
  const nearness = powersUpTo(index.longest, distanceDecay);
  const adjust = similarityAdjustment(index, parameters);
  const most = Math.min(neighbors, parameters.sampleSize, indptr.length - 1);
  const starts = new Uint32Array(most);
  const ends = new Uint32Array(most);
  const firsts = new Uint32Array(most);
  const parts = new Float64Array(index.longest);
  const findCandidates = createSessionSearch(index, parameters.sampleSize);
  /** The sessions most like a history; valid until the next call. */
  function findNeighbors(history: History): Neighbors {
    const recent = recentItems(history, itemCount, parameters);
    const weights = recent.weights.map((weight, i) =>
      weight * Math.fround(rarityBoost(index, recent.items[i], parameters.similarityIdf))
    );
    const { sessions, similarities, matches } = adjust(findCandidates({ ...recent, weights }));
    const chosen = topK(similarities, neighbors).indices;
    // Sessions lie anywhere in memory: looking them all up first lets these reads overlap.
    for (let n = 0; n < chosen.length; n++) {
      starts[n] = indptr[sessions[chosen[n]]];
      ends[n] = indptr[sessions[chosen[n]] + 1];
    }
    for (let n = 0; n < chosen.length; n++) firsts[n] = items[starts[n]];
    return { recent: recent.items, weights, chosen, similarities, matches };
  }
  /** Sets `parts` to what the n-th of the chosen neighbours adds to its items' scores. */
  function weighItems({ recent, chosen, similarities, matches }: Neighbors, n: number): void {
    const c = chosen[n];
    const start = starts[n], end = ends[n], shared = recent[matches[c]];
    let match = start;
    if (firsts[n] !== shared) { do match++; while (items[match] !== shared); }
    const weight = similarities[c] * closeness[matches[c]];
    for (let p = start; p < end; p++) {
      const distance = p > match ? p - match - 1 : match - p;
      const own = codes ? values[codes[p]] : values[p];
      parts[p - start] = own * weight * nearness[distance] * boosts[items[p]];
    }
  }
  /** The place of each item in a list, from 1; 0 for items that aren't in it. */
  function placesOf(list: Uint32Array): Uint32Array {
    const places = new Uint32Array(itemCount);
    list.forEach((item, i) => places[item] = i + 1);
    return places;
  }
  return {
    noSignal: 0,
    ...sparseScorer(itemCount, (history, sums) => {
      const found = findNeighbors(history);
      for (let n = 0; n < found.chosen.length; n++) {
        weighItems(found, n);
        sums.addEach(items, parts, starts[n], ends[n]);
      }
    }),
    explain(history, requested) {
      const found = findNeighbors(history);
      const { recent, weights } = found;
      const events = Array.from(recent, (item) => history.items.lastIndexOf(item));
      const places = placesOf(recent);
      const explanations = Array.from(
        requested,
        () => ({ base: 0, events: new Float32Array(history.items.length) }),
      );
      const explained = placesOf(requested);
      for (let n = 0; n < found.chosen.length; n++) {
        const start = starts[n], end = ends[n];
        let p = start;
        while (p < end && explained[items[p]] === 0) p++;
        if (p === end) continue;
        weighItems(found, n);
        const shared: number[] = [];
        for (let q = start; q < end; q++) {
          if (places[items[q]] > 0) shared.push(places[items[q]] - 1);
        }
        const total = sum(shared.map((place) => weights[place]));
        for (; p < end; p++) {
          const i = explained[items[p]] - 1;
          if (i < 0) continue;
          const added = explanations[i].events;
          for (const place of shared) {
            added[events[place]] += parts[p - start] * weights[place] / total;
          }
        }
      }
      return explanations;
    },
    toTensors: () => ({
      ...indexToTensors(index),
      ...saveOptions(options, parameters),
    }),
  };
}

/** base⁰, base¹ and so on, `count` of them. */
function powersUpTo(count: number, base: number): Float64Array {
  return Float64Array.from({ length: count }, (_, exponent) => base ** exponent);
}

/** 1 + idf · ln(sessions / sessions with the item); 1 for an item of no session. */
function rarityBoost({ indptr, itemIndptr }: SessionIndex, item: number, idf: number): number {
  const sessions = indptr.length - 1;
  const frequency = itemIndptr[item + 1] - itemIndptr[item];
  return 1 + idf * Math.log(sessions / (frequency || sessions));
}

/** Multiplies the similarity of each session by 2^(−age / half-life) · length^−lengthPower. */
function similarityAdjustment(
  { lengths, longest, dayStarts }: SessionIndex,
  { lengthPower, sessionHalfLifeDays }: Parameters,
): (candidates: Candidates) => Candidates {
  const days = dayStarts.length - 1;
  const recency = Float64Array.from(
    { length: days },
    (_, day) => decayFactor(days - 1 - day, sessionHalfLifeDays),
  );
  const brevity = Float64Array.from({ length: longest + 1 }, (_, size) => size ** -lengthPower);
  return (candidates) => {
    const { sessions, similarities } = candidates;
    let day = days - 1;
    for (let c = 0; c < sessions.length; c++) {
      const session = sessions[c];
      while (session < dayStarts[day]) day--;
      similarities[c] *= recency[day] * brevity[lengths[session]];
    }
    return candidates;
  };
}
