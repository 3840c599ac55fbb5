const SHORTEST = 100
const LONGEST = 110_000

/** What the hub counts in milliseconds, as people write it. */
export const inSeconds = (milliseconds: number | undefined) =>
  milliseconds === undefined ? '' : String(milliseconds / 1_000)

/** How long something may take, in milliseconds: absent where nothing is written, `NaN` where it is no time that the hub takes. */
export function fromSeconds(text: string): number | undefined {
  const written = text.trim()
  if (!written) return undefined
  if (!/^\d{1,3}(\.\d{1,3})?$/.test(written)) return NaN
  const milliseconds = Math.round(Number(written) * 1_000)
  return milliseconds >= SHORTEST && milliseconds <= LONGEST ? milliseconds : NaN
}
