import { type Catalogue, textAt } from "../../interactions/catalogue.ts";
import type { ProductChange } from "../store/entries/stored_event.ts";

/** The addresses of a product: those that the shop gave. */
export type ProductLinks = Pick<ProductChange, "imageUrl" | "url">;

const NONE: ProductLinks = {};

/** The addresses of products, of which most shops have none: they are no part of descriptions. */
export class Links {
  readonly #given: Pick<Catalogue, "imageUrl" | "url">;
  readonly #changed = new Map<number, ProductLinks>();

  /** @param given Those of the artifact, where a product without one has an empty text. */
  constructor(given: Pick<Catalogue, "imageUrl" | "url">) {
    this.#given = given;
  }

  /** The addresses of a product. */
  of(item: number): ProductLinks {
    const { imageUrl, url } = this.#given;
    const changed = this.#changed.get(item);
    if (!imageUrl && !url) return changed ? withoutEmpty(changed) : NONE;
    return withoutEmpty({
      ...given("imageUrl", imageUrl, item),
      ...given("url", url, item),
      ...changed,
    });
  }

  /** Applies the shop's changes of a product; omitted addresses stay, empty ones are taken back. */
  change(item: number, { imageUrl, url }: ProductChange): void {
    if (imageUrl === undefined && url === undefined) return;
    this.#changed.set(item, {
      ...this.#changed.get(item),
      ...(imageUrl !== undefined && { imageUrl }),
      ...(url !== undefined && { url }),
    });
  }
}

function withoutEmpty({ imageUrl, url }: ProductLinks): ProductLinks {
  return { ...(imageUrl && { imageUrl }), ...(url && { url }) };
}

function given(
  name: keyof ProductLinks,
  column: Catalogue["url"],
  item: number,
): ProductLinks {
  // Products added later are in no column.
  if (!column || item >= column.codes.length) return NONE;
  const text = textAt(column, item);
  return text === "" ? NONE : { [name]: text };
}
