import type { ProductEvidence } from "../../models/content/evidence.ts";
import { estimateScore, neededStandIns } from "../../models/content/stand_ins.ts";
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
  readonly #standIns: readonly Uint32Array[];
  readonly #needed: Uint8Array;
  readonly #placeOf: ReadonlyMap<number, number>;
  /** By the number of a stand-in: the places of those that it stands in for. */
  readonly #standingInFor = new Map<number, number[]>();
  readonly #reached: Uint8Array;

  constructor({ known, size, evidence, standInsOf }: UncertainOptions) {
    this.known = known;
    this.size = size;
    const added = Uint32Array.from({ length: size - known }, (_, i) => known + i);
    const newcomers = evidence?.newcomers ?? [];
    this.items = Uint32Array.of(...newcomers, ...added);
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
    this.#placeOf = new Map(Array.from(this.items, (item, place) => [item, place]));
    this.#standIns.forEach((items, place) => {
      for (const item of items) {
        const places = this.#standingInFor.get(item);
        if (places) places.push(place);
        else this.#standingInFor.set(item, [place]);
      }
    });
    this.#reached = new Uint8Array(this.items.length);
  }

  /** Whether an item is one of them. */
  has(item: number): boolean {
    return this.#placeOf.has(item);
  }

  /** What stands in for some of them, each once. */
  standInsFor(items: Uint32Array): Uint32Array {
    const all = new Set<number>();
    for (const item of items) {
      for (const standIn of this.#standIns[this.#placeOf.get(item)!]) all.add(standIn);
    }
    return Uint32Array.from(all);
  }

  /**
   * The score that one of them has at least; `-Infinity` if no known product is like it.
   *
   * @param scoreOf The score of a known product.
   */
  estimate(item: number, scoreOf: (item: number) => number): number {
    const place = this.#placeOf.get(item)!;
    return estimateScore(this.#standIns[place], scoreOf, this.#needed[place]);
  }

  /** Raises the scores of all products to what they are at least; added ones have none yet. */
  raise(scores: Float32Array): void {
    scores.fill(-Infinity, this.known);
    for (const item of this.items) {
      const estimate = this.estimate(item, (other) => scores[other]);
      if (estimate > scores[item]) scores[item] = estimate;
    }
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
    for (let i = 0; i < indices.length; i++) {
      for (const place of this.#standingInFor.get(indices[i]) ?? []) {
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
