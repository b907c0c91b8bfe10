/** The part of `@std/yaml` that is used: as published on npm, it comes without types. */
export function parse(content: string): unknown;
