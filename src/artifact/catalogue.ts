import {
  type Catalogue,
  OPTIONAL_TEXTS,
  type OptionalText,
  type TextColumn,
} from "../interactions/catalogue.ts";
import { narrowest, readWholeNumbers } from "../linalg/narrow.ts";
import { readTensor, tensor, type Tensors } from "../linalg/tensor.ts";
import { checkBelow, checkLength } from "./checks.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * The catalogue as tensors: each text column as codes, in as many bits as the largest needs, and
 * its distinct texts, as JSON in UTF-8, which can hold any text and is parsed in one call.
 */
export function catalogueToTensors(catalogue: Catalogue): Tensors {
  const { categoryId, categoryCode, brand, price } = catalogue;
  return {
    ...columnToTensors("categoryId", categoryId),
    ...columnToTensors("categoryCode", categoryCode),
    ...columnToTensors("brand", brand),
    ...Object.assign({}, ...OPTIONAL_TEXTS.map((name) => optionalToTensors(name, catalogue))),
    price: tensor(price),
  };
}

/**
 * The inverse of {@linkcode catalogueToTensors}.
 *
 * @param items Number of items.
 * @throws {RangeError} If the length of a column isn't `items`, or a code has no text.
 * @throws {TypeError} If a column is missing or of another type.
 */
export function catalogueFromTensors(tensors: Tensors, items: number): Catalogue {
  const price = readTensor(tensors, "price", Float32Array).data;
  checkLength("price", price, items);
  return {
    categoryId: columnFromTensors("categoryId", tensors, items),
    categoryCode: columnFromTensors("categoryCode", tensors, items),
    brand: columnFromTensors("brand", tensors, items),
    price,
    ...Object.fromEntries(
      OPTIONAL_TEXTS.filter((name) => `${name}Codes` in tensors)
        .map((name) => [name, columnFromTensors(name, tensors, items)]),
    ),
  };
}

function optionalToTensors(name: OptionalText, catalogue: Catalogue): Tensors {
  const column = catalogue[name];
  return column ? columnToTensors(name, column) : {};
}

function columnToTensors(name: string, { codes, values }: TextColumn): Tensors {
  return {
    [`${name}Codes`]: tensor(narrowest(codes)),
    [`${name}Values`]: tensor(encoder.encode(JSON.stringify(values))),
  };
}

function columnFromTensors(name: string, tensors: Tensors, items: number): TextColumn {
  const codes = new Uint32Array(readWholeNumbers(tensors, `${name}Codes`));
  const json = readTensor(tensors, `${name}Values`, Uint8Array).data;
  const values = parseTexts(name, decoder.decode(json));
  checkLength(`${name}Codes`, codes, items);
  checkBelow(`${name}Codes`, codes, values.length);
  return { codes, values };
}

function parseTexts(name: string, json: string): string[] {
  const values: unknown = JSON.parse(json);
  if (!Array.isArray(values) || !values.every((value) => typeof value === "string")) {
    throw new TypeError(`${name}Values must be a JSON array of texts`);
  }
  return values;
}
