import { rowsFromTensors } from "../../src/linalg/packed_rows.ts";
import { numbersFromTensors } from "../../src/linalg/coded_numbers.ts";
import { startsFromTensors } from "../../src/linalg/lengths.ts";
import { readWholeNumbers } from "../../src/linalg/narrow.ts";
import { codesFromTensors, unpackCodes } from "../../src/linalg/sparse/coded_csr.ts";
import { csrFromTensors, unpackCsr } from "../../src/linalg/sparse/packed_csr.ts";
import { readTensor, scalar, tensor, type Tensors } from "../../src/linalg/tensor.ts";
import { readVarints } from "../../src/linalg/varint.ts";
import { decodedNumbers } from "../linalg/decoded_numbers.ts";

/** A model's tensors as in artifacts of format version 1: plain arrays of 32 bits. */
export function inVersion1(tensors: Tensors): Tensors {
  const members = Map.groupBy(
    Object.entries(tensors),
    ([name]) => /^m\d+-\w+-/.exec(name)?.[0] ?? "",
  );
  return Object.fromEntries(
    [...members].flatMap(([prefix, entries]) => {
      const own = Object.fromEntries(
        entries.map(([name, value]) => [name.slice(prefix.length), value]),
      );
      return Object.entries(plain(own)).map(([name, value]) => [prefix + name, value]);
    }),
  );
}

function plain({ ...tensors }: Record<string, Tensors[string]>): Tensors {
  if ("itemSessions" in tensors) return plainSessions(tensors);
  for (const name of ["itemFactors", "implicitFactors"]) {
    if (!(name in tensors)) continue;
    const { rows, width, data } = rowsFromTensors(tensors, name);
    tensors[name] = tensor(data, [rows, width]);
    delete tensors[`${name}Units`];
  }
  if ("userPower" in tensors) return plainPairs(tensors);
  if (!("bytes" in tensors)) return tensors;
  const { bytes: _bytes, lengths: _, lengthsVarints: __, units: _units, ...others } = tensors;
  const { columns, indptr, indices, values } = unpackCsr(csrFromTensors(tensors));
  return {
    ...others,
    columns: scalar(columns),
    indptr: tensor(indptr),
    indices: tensor(indices),
    values: tensor(values),
  };
}

/** Then graph_svd had its ratings divided by √(d_u·dᵢ). */
function plainPairs(
  { bytes, lengths, values, columns, userPower, ...others }: Record<string, Tensors[string]>,
): Tensors {
  const { rows, indptr, indices, codes, values: ratings } = unpackCodes(
    codesFromTensors({ bytes, lengths, values, columns }),
  );
  const itemDegrees = others.itemDegrees.data;
  const normalized = new Float32Array(indices.length);
  for (let user = 0; user < rows; user++) {
    const places = Array.from(
      { length: indptr[user + 1] - indptr[user] },
      (_, i) => indptr[user] + i,
    );
    const degree = places.reduce((sum, p) => sum + ratings[codes[p]], 0) ** userPower.data[0];
    for (const p of places) {
      normalized[p] = ratings[codes[p]] / Math.sqrt(degree * itemDegrees[indices[p]]);
    }
  }
  return {
    ...others,
    columns,
    indptr: tensor(indptr),
    indices: tensor(indices),
    values: tensor(normalized),
  };
}

function plainSessions(
  { lengths, weightsCodes, weightsValues, itemLengths, itemBytes, longest: _longest, ...others }:
    Record<
      string,
      Tensors[string]
    >,
): Tensors {
  const tensors = { lengths, weightsCodes, weightsValues, itemLengths, itemBytes, ...others };
  const items = readWholeNumbers(tensors, "items");
  const indptr = startsFromTensors(tensors, "lengths");
  const itemIndptr = startsFromTensors(tensors, "itemLengths");
  const starts = startsFromTensors(tensors, "itemBytes");
  const bytes = readTensor(tensors, "itemSessions", Uint8Array).data;
  const sessions = Array.from({ length: itemIndptr.length - 1 }, (_, item) => {
    let session = indptr.length - 1;
    return readVarints(bytes, starts[item], starts[item + 1]).map((gap) => session -= gap)
      .reverse();
  });
  return {
    ...others,
    indptr: tensor(indptr),
    items: tensor(Uint32Array.from(items)),
    weights: tensor(decodedNumbers(numbersFromTensors(tensors, "weights"))),
    itemIndptr: tensor(itemIndptr),
    itemSessions: tensor(Uint32Array.from(sessions.flat())),
  };
}
