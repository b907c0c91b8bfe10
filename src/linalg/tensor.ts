/** The arrays that an artifact can hold, each stored as raw little-endian numbers. */
export type TypedArray =
  | Float32Array
  | Float64Array
  | Int32Array
  | Uint32Array
  | Uint16Array
  | Uint8Array;

/** A dense array of numbers with its shape; the last dimension varies fastest. */
export interface Tensor {
  /** Length of every dimension; their product is `data.length`. */
  readonly shape: readonly number[];
  readonly data: TypedArray;
}

/** What a model or an id map is made of, by name. */
export type Tensors = Readonly<Record<string, Tensor>>;

/**
 * Wraps an array as a tensor.
 *
 * @param shape Defaults to one dimension, the array's length.
 * @throws {RangeError} If the shape doesn't hold exactly the array's numbers.
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

/** A single number as a tensor, kept in double precision. */
export function scalar(value: number): Tensor {
  return tensor(Float64Array.of(value));
}

const CONSTRUCTORS = {
  Float32Array,
  Float64Array,
  Int32Array,
  Uint32Array,
  Uint16Array,
  Uint8Array,
};

/** The name of a tensor's number type, for example `"Float32Array"`. */
export type TensorType = keyof typeof CONSTRUCTORS;

/** The number type of a tensor's data. */
export function tensorType({ data }: Tensor): TensorType {
  return data.constructor.name as TensorType;
}

/**
 * Looks at raw bytes as numbers of one type, without copying them.
 *
 * @throws {RangeError} If they are no whole number of such numbers, or begin between two places of
 * one.
 */
export function viewBytes(type: TensorType, bytes: Uint8Array<ArrayBuffer>): TypedArray {
  const constructor = CONSTRUCTORS[type];
  if (bytes.byteLength % constructor.BYTES_PER_ELEMENT !== 0) {
    throw new RangeError(
      `Cannot view bytes as ${type}: it takes ${constructor.BYTES_PER_ELEMENT} a number, got ${bytes.byteLength}`,
    );
  }
  return new constructor(
    bytes.buffer,
    bytes.byteOffset,
    bytes.byteLength / constructor.BYTES_PER_ELEMENT,
  );
}

/**
 * Reads one tensor of a given number type out of a set, as a model does when it is loaded.
 *
 * @throws {TypeError} If the tensor is missing or of another type; says which.
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
    throw new TypeError(`Cannot read tensor "${name}": it is missing, there are: ${present}`);
  }
  if (!(found.data instanceof type)) {
    throw new TypeError(
      `Cannot read tensor "${name}": expected a ${type.name}, got a ${tensorType(found)}`,
    );
  }
  return { shape: found.shape, data: found.data };
}

/** Reads a single number stored by {@linkcode scalar}. */
export function readScalar(tensors: Tensors, name: string): number {
  const { data } = readTensor(tensors, name, Float64Array);
  if (data.length !== 1) {
    throw new TypeError(`Cannot read tensor "${name}" as one number: it holds ${data.length}`);
  }
  return data[0];
}
