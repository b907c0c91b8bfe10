/** The types of `@std/yaml` as far as it is used; it is published on npm without types. */
export function parse(content: string): unknown;
