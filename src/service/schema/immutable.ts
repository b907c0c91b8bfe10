/** The same values, read-only all the way down. */
export type Immutable<Value> = Value extends readonly (infer Element)[]
  ? readonly Immutable<Element>[]
  : Value extends object ? { readonly [Key in keyof Value]: Immutable<Value[Key]> }
  : Value;
