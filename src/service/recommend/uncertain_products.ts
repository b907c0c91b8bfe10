import type { ProductEvidence } from "../../models/content/evidence.ts";
import { estimateScore, neededStandIns } from "../../models/content/stand_ins.ts";
import { DistinctItems } from "../../linalg/sparse/distinct_items.ts";
import type { Ranked } from "../../linalg/top_k.ts";

/** What {@linkcode UncertainProducts} is made of. */
export interface UncertainOptions {
  /** The number of products that models know; higher numbers were added later. */
  readonly known: number;
  /** The number of all products. */
  readonly size: number;
  /** What training found out of products. Default nothing. */
  readonly evidence?: ProductEvidence;
  /** The stand-ins of an added product. */
  standInsOf(item: number): Uint32Array;
}

/** Items with scores. */
export interface ItemScores {
  readonly items: Uint32Array;
  readonly scores: Float32Array;
}

const read = new DistinctItems();

/**
 * The products of which models know nothing or little: those added after training and newcomers.
 * Each has at least the score that some similar products reach, its stand-ins (see
 * {@linkcode estimateScore}).
 */
export class UncertainProducts {
  readonly known: number;
  readonly size: number;
  /** Their numbers, ascending. */
  readonly items: Uint32Array;
  /** The place of each product in {@linkcode UncertainProducts.items}, -1 for all others. */
  readonly #placeOf: Int32Array;
  readonly #standIns: readonly Uint32Array[];
  readonly #needed: Uint8Array;
  /** Stand-ins × the places of those that they stand in for. */
  readonly #standingInFor: { readonly starts: Uint32Array; readonly places: Uint32Array };
  readonly #reached: Uint8Array;
  /** One per known product; only those that are read were written. */
  readonly #scores: Float32Array;

  constructor({ known, size, evidence, standInsOf }: UncertainOptions) {
    this.known = known;
    this.size = size;
    const added = Uint32Array.from({ length: size - known }, (_, i) => known + i);
    const newcomers = evidence?.newcomers ?? [];
    this.items = Uint32Array.of(...newcomers, ...added);
    this.#placeOf = new Int32Array(size).fill(-1);
    this.items.forEach((item, place) => this.#placeOf[item] = place);
    this.#standIns = [
      ...Array.from(
        newcomers,
        (_, n) => evidence!.standIns.subarray(evidence!.starts[n], evidence!.starts[n + 1]),
      ),
      ...Array.from(added, (item) => standInsOf(item)),
    ];
    this.#needed = Uint8Array.from(
      this.#standIns,
      ({ length }, place) => evidence?.needed[place] ?? neededStandIns(length),
    );
    this.#standingInFor = placesByStandIn(this.#standIns, known);
    this.#reached = new Uint8Array(this.items.length);
    this.#scores = new Float32Array(known);
  }

  /** Whether an item is one of them. */
  has(item: number): boolean {
    return this.#placeOf[item] >= 0;
  }

  /**
   * The scores of some products: an uncertain one has at least what its stand-ins say, `-Infinity`
   * if no known product is like it.
   *
   * @param ownScores The model's own scores of some known products, in their order.
   */
  scoresOf(
    items: Uint32Array,
    ownScores: (known: Uint32Array) => Float32Array,
  ): Float32Array {
    for (const item of items) {
      const place = this.#placeOf[item];
      if (item < this.known) read.add(item);
      if (place >= 0) { for (const standIn of this.#standIns[place]) read.add(standIn); }
    }
    const known = read.take();
    const own = ownScores(known);
    for (let i = 0; i < known.length; i++) this.#scores[known[i]] = own[i];
    return Float32Array.from(items, (item) => this.#raised(item, this.#scores));
  }

  /** Raises the scores of all products to what they are at least; added ones have none yet. */
  raise(scores: Float32Array): void {
    scores.fill(-Infinity, this.known);
    // Stand-ins are certain products, so none of these scores depends on another one.
    for (const item of this.items) scores[item] = this.#raised(item, scores);
  }

  #raised(item: number, scores: Float32Array): number {
    const own = item < this.known ? scores[item] : -Infinity;
    const place = this.#placeOf[item];
    if (place < 0) return own;
    return Math.max(own, estimateScore(this.#standIns[place], scores, this.#needed[place]));
  }

  /**
   * The known products on which no score of a visible one depends: they are hidden and stand in for
   * none.
   *
   * @param hidden In any order; may repeat.
   * @param isHidden 1 for each of them.
   * @returns Each once.
   */
  unneeded(hidden: Uint32Array, isHidden: Uint8Array): Uint32Array {
    const isOut = isHidden.slice(0, this.known);
    this.items.forEach((item, place) => {
      if (isHidden[item] === 1) return;
      const standIns = this.#standIns[place];
      for (let i = 0; i < standIns.length; i++) isOut[standIns[i]] = 0;
    });
    const out = new Uint32Array(hidden.length);
    let count = 0;
    for (let i = 0; i < hidden.length; i++) {
      const item = hidden[i];
      if (isOut[item] !== 1) continue;
      isOut[item] = 0;
      out[count++] = item;
    }
    return out.subarray(0, count);
  }

  /**
   * Those of which enough stand-ins are among the best known products, with their estimates: no
   * other estimate reaches the last score. Takes time linear in the stand-ins among them, whatever
   * the number of products.
   *
   * @param best All known products that reach the last score, best first.
   */
  reaching({ indices, scores }: Ranked): ItemScores {
    const items: number[] = [], estimates: number[] = [];
    const { starts, places } = this.#standingInFor;
    for (let i = 0; i < indices.length; i++) {
      for (let p = starts[indices[i]]; p < starts[indices[i] + 1]; p++) {
        const place = places[p];
        // The stand-in that makes it enough has the estimate, as scores descend.
        if (++this.#reached[place] !== this.#needed[place]) continue;
        items.push(this.items[place]);
        estimates.push(scores[i]);
      }
    }
    this.#reached.fill(0);
    return { items: Uint32Array.from(items), scores: Float32Array.from(estimates) };
  }
}

function placesByStandIn(
  standIns: readonly Uint32Array[],
  known: number,
): { starts: Uint32Array; places: Uint32Array } {
  const starts = new Uint32Array(known + 1);
  for (const items of standIns) for (const item of items) starts[item + 1]++;
  for (let item = 0; item < known; item++) starts[item + 1] += starts[item];
  const places = new Uint32Array(starts[known]);
  const next = starts.slice();
  standIns.forEach((items, place) => {
    for (const item of items) places[next[item]++] = place;
  });
  return { starts, places };
}
