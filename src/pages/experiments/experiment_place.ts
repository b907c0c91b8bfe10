/** Where an experiment's page is. */
export function experimentPlace(name: string): string {
  return `experiments/${encodeURIComponent(name)}`;
}
