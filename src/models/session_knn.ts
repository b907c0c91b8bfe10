import { groupBySession } from "../interactions/sessions.ts";
import { numbersCopier, numbersFromTensors, numbersToTensors } from "../linalg/coded_numbers.ts";
import { startsFromTensors, startsToTensors } from "../linalg/lengths.ts";
import { narrow, readWholeNumbers } from "../linalg/narrow.ts";
import { readScalar, readTensor, scalar, tensor, type Tensors } from "../linalg/tensor.ts";
import { topK } from "../linalg/top_k.ts";
import { defineAlgorithm } from "./define_algorithm.ts";
import type { Model } from "./model.ts";
import type { OptionsOf } from "./options/declarations.ts";
import { number, whole } from "./options/option.ts";
import { readOptions, saveOptions } from "./options/saved_options.ts";
import { decayOption, sessionDecayOption } from "./options/shared_options.ts";
import { sparseScorer } from "./scoring/sparse_scorer.ts";
import { MOST_RECENT, recentItems } from "./sequence/recent_items.ts";
import {
  indexSessions,
  longestSession,
  packSessions,
  type SessionIndex,
} from "./sequence/session_index.ts";
import { createSessionSearch } from "./sequence/session_search.ts";

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
};

/** The options of {@linkcode sessionKnn}. */
export type SessionKnnOptions = OptionsOf<typeof options>;

/**
 * What others did in similar sessions (V-SKNN, Ludewig and Jannach 2018, indexed as in Kersbergen,
 * Sprangers and Schelter 2022). With the last distinct items of the history weighted by {@linkcode
 * recentItems}, the neighbours are the sessions n with the largest
 *
 *   sim(n) = Σᵢ weightᵢ     over the items shared with n,
 *
 * among the latest `sampleSize` that share any. If m is the latest shared item, the p-th last of
 * the history from 0, j scores
 *
 *   Σ_n sim(n) · matchDecay^p · distanceDecay^d · w_nj · (1 + idf · ln(sessions / sessions with j))
 *
 * where d is the number of places between j and the one after m, or between j and m if j comes
 * before m (Garg et al. 2019, STAN); for m itself d is 0. A session holds each of its items once,
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

  fit: (train, options) =>
    createSessionKnn(indexSessions(groupBySession(train), train.itemIds.size), options),

  fromTensors: (tensors) =>
    createSessionKnn(indexFromTensors(tensors), readOptions(options, tensors)),
});

function indexToTensors(
  { indptr, items, weights, itemIndptr, itemSessions: { starts, bytes }, longest }: SessionIndex,
): Tensors {
  return {
    ...startsToTensors("lengths", indptr),
    items: tensor(items),
    ...numbersToTensors("weights", weights),
    ...startsToTensors("itemLengths", itemIndptr),
    itemSessions: tensor(bytes),
    ...startsToTensors("itemBytes", starts),
    longest: scalar(longest),
  };
}

function indexFromTensors(tensors: Tensors): SessionIndex {
  if ("indptr" in tensors) return indexOfVersion1(tensors);
  const items = readWholeNumbers(tensors, "items");
  const bytes = readTensor(tensors, "itemSessions", Uint8Array).data;
  return {
    indptr: startsFromTensors(tensors, "lengths", items.length),
    items,
    weights: numbersFromTensors(tensors, "weights"),
    itemIndptr: startsFromTensors(tensors, "itemLengths", items.length),
    itemSessions: { starts: startsFromTensors(tensors, "itemBytes", bytes.length), bytes },
    longest: readScalar(tensors, "longest"),
  };
}

/** Artifacts of format version 1 have plain arrays. */
function indexOfVersion1(tensors: Tensors): SessionIndex {
  const indptr = readTensor(tensors, "indptr", Uint32Array).data;
  const itemIndptr = readTensor(tensors, "itemIndptr", Uint32Array).data;
  const itemSessions = readTensor(tensors, "itemSessions", Uint32Array).data;
  const items = readTensor(tensors, "items", Uint32Array).data;
  return {
    indptr,
    items: narrow(items, itemIndptr.length - 1),
    weights: readTensor(tensors, "weights", Float32Array).data,
    itemIndptr,
    itemSessions: packSessions({ itemIndptr, itemSessions, sessions: indptr.length - 1 }),
    longest: longestSession(indptr),
  };
}

function createSessionKnn(index: SessionIndex, parameters: SessionKnnOptions): Model {
  const { indptr, items, itemIndptr } = index;
  const copyWeights = numbersCopier(index.weights);
  const { neighbors, matchDecay, distanceDecay } = parameters;
  const itemCount = itemIndptr.length - 1;
  const boosts = rarityBoosts(index, parameters.idf);
  const closeness = powersUpTo(MOST_RECENT, matchDecay);
  const nearness = powersUpTo(index.longest, distanceDecay);
  const most = Math.min(neighbors, parameters.sampleSize, indptr.length - 1);
  const starts = new Uint32Array(most);
  const ends = new Uint32Array(most);
  const firsts = new Uint32Array(most);
  const parts = new Float64Array(index.longest);
  const findCandidates = createSessionSearch(index, parameters.sampleSize);
  return {
    noSignal: 0,
    ...sparseScorer(itemCount, (history, sums) => {
      const recent = recentItems(history, itemCount, parameters);
      const { sessions, similarities, matches } = findCandidates(recent);
      const chosen = topK(similarities, neighbors).indices;
      // Sessions lie anywhere in memory: looking them all up first lets these reads overlap.
      for (let n = 0; n < chosen.length; n++) {
        starts[n] = indptr[sessions[chosen[n]]];
        ends[n] = indptr[sessions[chosen[n]] + 1];
      }
      for (let n = 0; n < chosen.length; n++) firsts[n] = items[starts[n]];
      for (let n = 0; n < chosen.length; n++) {
        const c = chosen[n];
        const start = starts[n], end = ends[n], shared = recent.items[matches[c]];
        let match = start;
        if (firsts[n] !== shared) { do match++; while (items[match] !== shared); }
        const weight = similarities[c] * closeness[matches[c]];
        copyWeights(start, end, parts);
        for (let p = start; p < end; p++) {
          const distance = p > match ? p - match - 1 : match - p;
          const i = p - start;
          parts[i] = parts[i] * weight * nearness[distance] * boosts[items[p]];
        }
        sums.addEach(items, parts, { start, end });
      }
    }),
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
function rarityBoosts({ indptr, itemIndptr }: SessionIndex, idf: number): Float32Array {
  const sessions = indptr.length - 1;
  return Float32Array.from({ length: itemIndptr.length - 1 }, (_, item) => {
    const frequency = itemIndptr[item + 1] - itemIndptr[item];
    return 1 + idf * Math.log(sessions / (frequency || sessions));
  });
}
