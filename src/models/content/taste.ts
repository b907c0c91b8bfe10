import type { Profile } from "../../interactions/history.ts";
import type { Csr } from "../../linalg/sparse/csr.ts";
import { lengthOf } from "../../linalg/lengths.ts";
