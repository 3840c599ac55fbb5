/** A message's own name, made before its first attempt: 26 letters and digits, ordered by time. */
export function newCid(now: number): string {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  let time = ''
  for (let rest = now, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) time = letters.charAt(rest % 32) + time
  const random = crypto.getRandomValues(new Uint8Array(16))
  return time + [...random].map((byte) => letters.charAt(byte % 32)).join('')
}
