/** The array types that an artifact can hold, stored as raw little-endian numbers. */
export type TypedArray =
  | Float32Array
  | Float64Array
  | Int32Array
  | Int16Array
  | Uint32Array
  | Uint16Array
  | Uint8Array;

/** A dense array with a shape; the last dimension varies fastest. */
export interface Tensor {
  /** The length of each dimension; their product is `data.length`. */
  readonly shape: readonly number[];
  readonly data: TypedArray;
}

/** The tensors of a model or an id map, by name. */
export type Tensors = Readonly<Record<string, Tensor>>;

/**
 * Wraps an array as a tensor.
 *
 * @param shape Default one dimension, the array's length.
 * @throws {RangeError} If the shape doesn't match the array's length.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(tensor(new Float32Array(6), [2, 3]).shape, [2, 3]);
 * ```
 */
export function tensor(data: TypedArray, shape: readonly number[] = [data.length]): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  if (size !== data.length) {
    throw new RangeError(
      `Cannot make a tensor: shape [${shape}] holds ${size} numbers, got ${data.length}`,
    );
  }
  return { shape, data };
}

/** A single number as a tensor, in double precision. */
export function scalar(value: number): Tensor {
  return tensor(Float64Array.of(value));
}

const CONSTRUCTORS = {
  Float32Array,
  Float64Array,
  Int32Array,
  Int16Array,
  Uint32Array,
  Uint16Array,
  Uint8Array,
};

/** The name of a tensor's array type, for example `"Float32Array"`. */
export type TensorType = keyof typeof CONSTRUCTORS;

/** The array type of a tensor's data. */
export function tensorType({ data }: Tensor): TensorType {
  return data.constructor.name as TensorType;
}

/**
 * Views raw bytes as numbers of one type, without copying them.
 *
 * @throws {RangeError} If the length isn't a multiple of the number's size, or the start isn't
 * aligned to it.
 */
export function viewBytes(type: TensorType, bytes: Uint8Array<ArrayBuffer>): TypedArray {
  const constructor = CONSTRUCTORS[type];
  if (bytes.byteLength % constructor.BYTES_PER_ELEMENT !== 0) {
    throw new RangeError(
      `Cannot view bytes as ${type}: their number must be a multiple of ` +
        `${constructor.BYTES_PER_ELEMENT}, got ${bytes.byteLength}`,
    );
  }
  return new constructor(
    bytes.buffer,
    bytes.byteOffset,
    bytes.byteLength / constructor.BYTES_PER_ELEMENT,
  );
}

/**
 * Looks up a tensor of a given array type.
 *
 * @throws {TypeError} If the tensor is missing or has another type.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const tensors = { bias: tensor(Float32Array.of(1, 2)) };
 * assertEquals(readTensor(tensors, "bias", Float32Array).data, Float32Array.of(1, 2));
 * ```
 */
export function readTensor<T extends TypedArray>(
  tensors: Tensors,
  name: string,
  type: { new (length: number): T; readonly name: string },
): { readonly shape: readonly number[]; readonly data: T } {
  const found = tensors[name];
  if (!found) {
    const present = Object.keys(tensors).join(", ") || "none";
    throw new TypeError(`Cannot read tensors: "${name}" is missing, there are: ${present}`);
  }
  if (!(found.data instanceof type)) {
    throw new TypeError(
      `Cannot read tensor "${name}": expected a ${type.name}, got a ${tensorType(found)}`,
    );
  }
  return { shape: found.shape, data: found.data };
}

/** Looks up a single number stored by {@linkcode scalar}. */
export function readScalar(tensors: Tensors, name: string): number {
  const { data } = readTensor(tensors, name, Float64Array);
  if (data.length !== 1) {
    throw new TypeError(`Cannot read tensor "${name}" as one number: it holds ${data.length}`);
  }
  return data[0];
}
