import { largestOf, toUnits, unitFor } from "./fixed_point.ts";
import { readTensor, tensor, type Tensors } from "./tensor.ts";

/** Vectors of one length, row-major. */
export interface Rows {
  /** Number of vectors. */
  readonly rows: number;
  /** Length of a vector. */
  readonly width: number;
  readonly data: Float32Array;
}

/**
 * Vectors as tensors, with 16 bits per number: `name`, rows × width, in units of `nameUnits`, one
 * per row (see {@linkcode unitFor}). A product with a vector is off by about 10⁻⁵ of the lengths'
 * product. A row with a number that isn't finite has the unit NaN.
 */
export function rowsToTensors(
  name: string,
  { rows, width, data }: Rows,
): Tensors {
  const packed = new Int16Array(data.length);
  const units = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const start = row * width, end = start + width;
    const unit = unitFor(largestOf(data, start, end));
    units[row] = unit;
    for (let at = start; at < end; at++) packed[at] = toUnits(data[at], unit);
  }
  return { [name]: tensor(packed, [rows, width]), [`${name}Units`]: tensor(units) };
}

/**
 * Restores the vectors that {@linkcode rowsToTensors} saved, or artifacts of format version 1 in
 * single precision. They are unpacked on first use, which lets go of the packed ones: models that
 * aren't asked stay small.
 *
 * @throws {TypeError} If a tensor is missing or has another type.
 * @throws {RangeError} If there isn't one unit per row.
 */
export function rowsFromTensors(tensors: Tensors, name: string): Rows {
  if (tensors[name]?.data instanceof Float32Array) {
    const { shape, data } = readTensor(tensors, name, Float32Array);
    return { rows: shape[0], width: shape[1], data };
  }
  const { shape: [rows, width], data: numbers } = readTensor(tensors, name, Int16Array);
  const units = readTensor(tensors, `${name}Units`, Float32Array).data;
  if (units.length !== rows) {
    throw new RangeError(`${name}Units must hold ${rows} numbers, it holds ${units.length}`);
  }
  let packed: Int16Array | undefined = numbers;
  let unpacked: Float32Array | undefined;
  return {
    rows,
    width,
    get data() {
      if (packed) unpacked = unpack(packed, units, width);
      packed = undefined;
      return unpacked!;
    },
  };
}

function unpack(packed: Int16Array, units: Float32Array, width: number): Float32Array {
  const data = new Float32Array(packed.length);
  for (let row = 0, at = 0; row < units.length; row++) {
    for (const end = at + width; at < end; at++) data[at] = packed[at] * units[row];
  }
  return data;
}
