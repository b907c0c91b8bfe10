import type { TextColumn } from "../../interactions/catalogue.ts";

/** A text column that can grow and change; the column it is made from stays unchanged. */
export class GrowingText {
  #codes: Uint32Array;
  readonly #values: string[];
  readonly #missing: string;
  #codeOf: Map<string, number> | undefined;

  /** @param missing The text of items that are added, until they get one. */
  constructor({ codes, values }: TextColumn, missing: string) {
    this.#codes = codes.slice();
    this.#values = [...values];
    this.#missing = missing;
  }

  /** The current column; valid until the next change. */
  get column(): TextColumn {
    return { codes: this.#codes, values: this.#values };
  }

  /** Makes room for more items. */
  grow(size: number): void {
    if (size === this.#codes.length) return;
    const codes = new Uint32Array(size).fill(this.#codeFor(this.#missing), this.#codes.length);
    codes.set(this.#codes);
    this.#codes = codes;
  }

  /** Gives an item a text. */
  set(item: number, text: string): void {
    this.#codes[item] = this.#codeFor(text);
  }

  #codeFor(text: string): number {
    this.#codeOf ??= new Map(this.#values.map((value, code) => [value, code]));
    let code = this.#codeOf.get(text);
    if (code === undefined) {
      code = this.#values.push(text) - 1;
      this.#codeOf.set(text, code);
    }
    return code;
  }
}
