import { create } from "@bufbuild/protobuf";
import { ExpressionSchema } from "../generated/spark/connect/expressions_pb.ts";
import { type Plan, PlanSchema } from "../generated/spark/connect/base_pb.ts";
import { WriteOperation_SaveMode } from "../generated/spark/connect/commands_pb.ts";
import { type Relation, RelationSchema } from "../generated/spark/connect/relations_pb.ts";

/** Files that Spark reads as a table. */
export interface SourceFiles {
  /** How they are written. */
  readonly format: "csv" | "parquet" | "text" | "binaryFile";
  /** Paths, patterns or addresses that the server and its executors can read. */
  readonly paths: readonly string[];
  /** Spark's options of the format; default: none. */
  readonly options?: Readonly<Record<string, string>>;
  /**
   * Expressions of SQL to select, which may name the hidden columns of files; default: all columns.
   */
  readonly columns?: readonly string[];
}

/** A query as a relation. */
export function sqlRelation(query: string): Relation {
  return create(RelationSchema, { relType: { case: "sql", value: { query } } });
}

/** Files as a relation. */
export function filesRelation({ columns, ...files }: SourceFiles): Relation {
  const input = readRelation(files);
  if (columns === undefined) return input;
  const expressions = columns.map((expression) =>
    create(ExpressionSchema, { exprType: { case: "expressionString", value: { expression } } })
  );
  return create(RelationSchema, { relType: { case: "project", value: { input, expressions } } });
}

function readRelation({ format, paths, options = {} }: SourceFiles): Relation {
  return create(RelationSchema, {
    relType: {
      case: "read",
      value: {
        readType: {
          case: "dataSource",
          value: { format, paths: [...paths], options: { ...options } },
        },
      },
    },
  });
}

/** The command that gives a relation a name. */
export function commandPlan(name: string, input: Relation): Plan {
  return create(PlanSchema, {
    opType: {
      case: "command",
      value: {
        commandType: {
          case: "createDataframeView",
          value: { input, name, isGlobal: false, replace: true },
        },
      },
    },
  });
}

/** The command that writes a relation as Parquet files into a folder that must not exist. */
export function writePlan(input: Relation, folder: string): Plan {
  return create(PlanSchema, {
    opType: {
      case: "command",
      value: {
        commandType: {
          case: "writeOperation",
          value: {
            input,
            source: "parquet",
            saveType: { case: "path", value: folder },
            mode: WriteOperation_SaveMode.ERROR_IF_EXISTS,
          },
        },
      },
    },
  });
}
