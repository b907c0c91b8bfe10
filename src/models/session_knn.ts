import { groupBySession, type Sessions } from "../interactions/sessions.ts";
import { groupPositions } from "../linalg/sparse/group_positions.ts";
import { readScalar, readTensor, scalar, tensor, type Tensors } from "../linalg/tensor.ts";
import { topK } from "../linalg/top_k.ts";
import type { Algorithm, Model } from "./model.ts";
import { requireEvents, resolveOptions } from "./options.ts";
import { type RecentItems, recentItems, type RecentItemsOptions } from "./sequence/recent_items.ts";

/** How {@linkcode sessionKnn} finds sessions like the current one and what it takes from them. */
export interface SessionKnnOptions extends RecentItemsOptions {
  /** How many sessions to take items from. Default 500. */
  neighbors: number;
  /** How many sessions to look at: the latest of those that share an item. Default 2,500. */
  sampleSize: number;
  /** What an item of the history counts against the one after it. Default 0.9. */
  decay: number;
  /** What a session of the history counts against the next one; 0 uses the last alone. Default 0.8. */
  sessionDecay: number;
  /** What a neighbour counts less for each place that its latest shared item is from the end. Default 0.9. */
  matchDecay: number;
  /** What an item of a neighbour counts less for each place from where the history would go on. Default 0.8. */
  distanceDecay: number;
  /** How much rare items are favoured, as a multiple of their inverse frequency. Default 1. */
  idf: number;
}

/**
 * What others did whose sessions were like this one (V-SKNN, Ludewig and Jannach 2018, indexed as in Kersbergen,
 * Sprangers and Schelter 2022). With the last different items of the history counting as {@linkcode recentItems}
 * says, the neighbours are the sessions n with the largest
 *
 *   sim(n) = Σᵢ countᵢ     over the items shared with n,
 *
 * among the latest `sampleSize` that share any. If m is the latest item shared, the p-th last of the history, j
 * scores
 *
 *   Σ_n sim(n) · matchDecay^p · distanceDecay^d · w_nj · (1 + idf · ln(sessions / sessions with j))
 *
 * where d is how many places j stands behind the one after m, or before m (Garg et al. 2019, STAN); m itself has
 * 0. A session holds each of its items once, where it came last, w_nj being the largest weight it had there.
 * Sessions are those of the data, or else cut where a user paused for more than 30 minutes.
 *
 * Fitting is linear in the events, but for sorting the sessions, and takes 12 bytes for each; scoring
 * O(c log c + neighbours × their length) for the c ≤ recent items × sampleSize sessions that share an item.
 */
export const sessionKnn: Algorithm<SessionKnnOptions> = {
  name: "session_knn",
  description: "What others did whose sessions were like this one",
  defaults: {
    neighbors: 500,
    sampleSize: 2500,
    decay: 0.9,
    sessionDecay: 0.8,
    matchDecay: 0.9,
    distanceDecay: 0.8,
    idf: 1,
  },
  searchSpace: {
    neighbors: [100, 200, 500],
    sampleSize: [1000, 2500, 5000],
    decay: [0.5, 0.7, 0.9],
    sessionDecay: [0.5, 0.8, 1],
    matchDecay: [0.5, 0.7, 0.9],
    distanceDecay: [0.6, 0.7, 0.8, 0.9],
    idf: [0, 1, 5],
  },

  fit(train, given) {
    const share = { min: 0, max: 1 };
    const options = resolveOptions("session_knn", this.defaults, given, {
      neighbors: { min: 1, whole: true },
      sampleSize: { min: 1, whole: true },
      decay: share,
      sessionDecay: share,
      matchDecay: share,
      distanceDecay: share,
      idf: { min: 0 },
    });
    requireEvents("session_knn", train);
    return createSessionKnn(indexSessions(groupBySession(train), train.itemIds.size), options);
  },

  fromTensors(tensors) {
    const options = { ...this.defaults };
    for (const name of Object.keys(options) as (keyof SessionKnnOptions)[]) {
      options[name] = readScalar(tensors, name);
    }
    return createSessionKnn({
      indptr: readTensor(tensors, "indptr", Uint32Array).data,
      items: readTensor(tensors, "items", Uint32Array).data,
      weights: readTensor(tensors, "weights", Float32Array).data,
      itemIndptr: readTensor(tensors, "itemIndptr", Uint32Array).data,
      itemSessions: readTensor(tensors, "itemSessions", Uint32Array).data,
    }, options);
  },
};

/** Sessions, the oldest first, and for each item the sessions that hold it. */
interface SessionIndex {
  /** Where each session begins; sessions + 1 entries. */
  readonly indptr: Uint32Array;
  /** The items of each session in the order in which they came last. */
  readonly items: Uint32Array;
  /** The largest weight of each item's events in the session. */
  readonly weights: Float32Array;
  /** Where each item's sessions begin; items + 1 entries. */
  readonly itemIndptr: Uint32Array;
  /** The sessions of each item, ascending. */
  readonly itemSessions: Uint32Array;
}

function indexSessions(sessions: Sessions, itemCount: number): SessionIndex {
  const { indptr, items, weights } = withoutRepeats(sessions, itemCount);
  const sessionOf = new Uint32Array(items.length);
  for (let s = 0; s + 1 < indptr.length; s++) sessionOf.fill(s, indptr[s], indptr[s + 1]);
  const { indptr: itemIndptr, positions } = groupPositions(items, itemCount);
  return { indptr, items, weights, itemIndptr, itemSessions: positions.map((p) => sessionOf[p]) };
}

/** Leaves each item of a session where it came last. */
function withoutRepeats(
  sessions: Sessions,
  itemCount: number,
): Sessions {
  const count = sessions.indptr.length - 1;
  const indptr = new Uint32Array(count + 1);
  const items = new Uint32Array(sessions.items.length);
  const weights = new Float32Array(sessions.items.length);
  const places = new Uint32Array(itemCount);
  const seenIn = new Uint32Array(itemCount);
  let end = 0;
  for (let s = 0; s < count; s++) {
    for (let p = sessions.indptr[s + 1] - 1; p >= sessions.indptr[s]; p--) {
      const item = sessions.items[p];
      const weight = sessions.weights[p];
      if (seenIn[item] === s + 1) {
        weights[places[item]] = Math.max(weights[places[item]], weight);
        continue;
      }
      seenIn[item] = s + 1;
      places[item] = end;
      weights[end] = weight;
      items[end++] = item;
    }
    items.subarray(indptr[s], end).reverse();
    weights.subarray(indptr[s], end).reverse();
    indptr[s + 1] = end;
  }
  return { indptr, items: items.slice(0, end), weights: weights.slice(0, end) };
}

function createSessionKnn(index: SessionIndex, options: SessionKnnOptions): Model {
  const { indptr, items, weights, itemIndptr } = index;
  const { neighbors, matchDecay, distanceDecay } = options;
  const itemCount = itemIndptr.length - 1;
  const boosts = rarityBoosts(index, options.idf);
  const nearness = powersUpTo(longestSession(index), distanceDecay);
  const findCandidates = createSearch(index, options.sampleSize);
  return {
    itemCount,
    score(history, scores) {
      scores.fill(0);
      const recent = recentItems(history, itemCount, options);
      const { sessions, similarities, matches } = findCandidates(recent);
      for (const c of topK(similarities, neighbors).indices) {
        const start = indptr[sessions[c]], end = indptr[sessions[c] + 1];
        const match = items.indexOf(recent.items[matches[c]], start);
        const weight = similarities[c] * matchDecay ** matches[c];
        for (let p = start; p < end; p++) {
          const distance = p > match ? p - match - 1 : match - p;
          scores[items[p]] += weights[p] * weight * nearness[distance] * boosts[items[p]];
        }
      }
    },
    toTensors(): Tensors {
      const arrays = Object.entries(index).map(([name, data]) => [name, tensor(data)]);
      const scalars = Object.entries(options).map(([name, value]) => [name, scalar(value)]);
      return Object.fromEntries([...arrays, ...scalars]);
    },
  };
}

function longestSession({ indptr }: SessionIndex): number {
  let longest = 0;
  for (let s = 0; s + 1 < indptr.length; s++) {
    longest = Math.max(longest, indptr[s + 1] - indptr[s]);
  }
  return longest;
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

/** The latest sessions that share an item with a history, latest first. */
interface Candidates {
  readonly sessions: Uint32Array;
  readonly similarities: Float32Array;
  /** Which of the history's items, latest first, is the latest that is shared. */
  readonly matches: Uint8Array;
}

/** A search that reuses its buffers, one place for each session. */
function createSearch(
  { indptr, itemIndptr, itemSessions }: SessionIndex,
  sampleSize: number,
): (recent: RecentItems) => Candidates {
  const similarityOf = new Float32Array(indptr.length - 1);
  const matchOf = new Uint8Array(indptr.length - 1);
  const found = new Uint32Array(indptr.length - 1);
  return ({ items, weights }) => {
    let count = 0;
    for (let place = 0; place < items.length; place++) {
      const end = itemIndptr[items[place] + 1];
      for (let p = Math.max(itemIndptr[items[place]], end - sampleSize); p < end; p++) {
        const session = itemSessions[p];
        if (similarityOf[session] === 0) {
          found[count++] = session;
          matchOf[session] = place;
        }
        similarityOf[session] += weights[place];
      }
    }
    const latest = found.subarray(0, count).sort().reverse();
    const sessions = latest.slice(0, sampleSize);
    const similarities = new Float32Array(sessions.length);
    const matches = new Uint8Array(sessions.length);
    for (let c = 0; c < sessions.length; c++) {
      similarities[c] = similarityOf[sessions[c]];
      matches[c] = matchOf[sessions[c]];
    }
    for (let c = 0; c < count; c++) similarityOf[latest[c]] = 0;
    return { sessions, similarities, matches };
  };
}
