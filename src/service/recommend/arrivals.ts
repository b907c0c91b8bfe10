import type { Artifact } from "../../artifact/load.ts";
import type { FirstEvents } from "../../histories/histories.ts";
import type { Products } from "../catalogue/products.ts";
import type { Span } from "./recent_counts.ts";

/**
 * Which products came lately. A product comes when the shop adds it, or with its first event if
 * that is earlier. A first event only tells that a product is new if the events go back as long
 * before the window as the window is: otherwise most products would be, as nothing is known of the
 * time before.
 */
export class Arrivals {
  readonly #histories: Artifact["interactions"]["histories"];
  readonly #products: Products;
  readonly #windowOf: (days: number) => Promise<Span>;
  #first: FirstEvents | undefined;

  /**
   * @param windowOf The last days up to the present, or up to the last event if there are none in
   *   them.
   */
  constructor(
    { interactions: { histories } }: Pick<Artifact, "interactions">,
    products: Products,
    windowOf: (days: number) => Promise<Span>,
  ) {
    this.#histories = histories;
    this.#products = products;
    this.#windowOf = windowOf;
  }

  /**
   * How new each product is, by item number: 1 if it came at the end of the last days, more if it
   * came later, less if earlier, and 0 if it came before them.
   */
  async newness(days: number): Promise<{ readonly window: Span; readonly newness: Float32Array }> {
    const window = await this.#windowOf(days);
    const length = window.to - window.from;
    const newness = new Float32Array(this.#products.size);
    const come = (item: number, time: number) => {
      newness[item] = time < window.from || time === Infinity
        ? 0
        : (1 + time - window.from) / (1 + length);
    };
    const { ofItem, ofAll } = this.#first ??= this.#histories.firstEvents(this.#products.known);
    if (ofAll <= window.from - length) ofItem.forEach((time, item) => come(item, time));
    for (const [item, ms] of this.#products.addedAt) {
      const time = ms / 1000;
      if (item >= ofItem.length || time < ofItem[item]) come(item, time);
    }
    return { window, newness };
  }
}
