/**
 * Time zones of desks by their keys, with what was written for those that are shown; one that is empty is that of the
 * books.
 */
export function withZones(zones: Record<string, string>, written: Record<string, string>): Record<string, string> {
  const all = Object.entries({ ...zones, ...written }).map(([desk, zone]) => [desk, zone.trim()] as const)
  return Object.fromEntries(all.filter(([, zone]) => zone))
}
