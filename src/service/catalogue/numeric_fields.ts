/** The numbers of the shop's own about products, of which most shops have none. */
export class NumericFields {
  readonly #values = new Map<string, Map<number, number>>();

  /** The names of all fields that a product has. */
  get names(): readonly string[] {
    return [...this.#values.keys()];
  }

  /** The values of a field by item number; none if no product has it. */
  named(name: string): ReadonlyMap<number, number> {
    return this.#values.get(name) ?? NO_VALUES;
  }

  /** The fields of a product. */
  of(item: number): Readonly<Record<string, number>> {
    const fields: [string, number][] = [];
    for (const [name, values] of this.#values) {
      const value = values.get(item);
      if (value !== undefined) fields.push([name, value]);
    }
    return Object.fromEntries(fields);
  }

  /** Replaces all fields of a product. */
  replace(item: number, fields: Readonly<Record<string, number>>): void {
    for (const [name, values] of this.#values) {
      values.delete(item);
      if (values.size === 0) this.#values.delete(name);
    }
    for (const [name, value] of Object.entries(fields)) {
      const values = this.#values.get(name) ?? new Map<number, number>();
      this.#values.set(name, values.set(item, value));
    }
  }
}

const NO_VALUES: ReadonlyMap<number, number> = new Map();
