const SECTION = new TextEncoder().encode('kefuhub-manifest')
const MAGIC = [0x00, 0x61, 0x73, 0x6d]
const HEADER = 8
const CUSTOM = 0

type Bytes = Uint8Array<ArrayBuffer>

/**
 * Puts a manifest into a WASM module, as `kefuhub wasm pack` does: in a section of its own at the end, which engines pass
 * over. What is no module stays as it is; the hub says what is wrong with it.
 */
export function withManifest(module: Bytes, manifest: Bytes): Bytes {
  const kept = withoutManifest(module)
  if (!kept) return module
  const content = joined([unsigned(SECTION.length), SECTION, manifest])
  return joined([...kept, Uint8Array.of(CUSTOM), unsigned(content.length), content])
}

/** The parts of a module but for the section that holds a manifest; nothing when it cannot be read. */
function withoutManifest(module: Bytes): Bytes[] | undefined {
  if (module.length < HEADER || MAGIC.some((byte, index) => module[index] !== byte)) return undefined
  const kept = [module.subarray(0, HEADER)]
  for (let from = HEADER; from < module.length;) {
    const size = number(module, from + 1)
    if (!size || size.next + size.value > module.length) return undefined
    const to = size.next + size.value
    if (module[from] !== CUSTOM || !isNamed(module.subarray(size.next, to))) kept.push(module.subarray(from, to))
    from = to
  }
  return kept
}

function isNamed(section: Bytes): boolean {
  const length = number(section, 0)
  if (length?.value !== SECTION.length) return false
  return SECTION.every((byte, index) => section[length.next + index] === byte)
}

/** A number in LEB128, and where what follows begins. */
function number(bytes: Bytes, from: number): { value: number; next: number } | undefined {
  let value = 0
  for (let at = from; at < from + 5; at++) {
    const byte = bytes[at]
    if (byte === undefined) return undefined
    value += (byte & 0x7f) * 2 ** (7 * (at - from))
    if (byte < 0x80) return { value, next: at + 1 }
  }
  return undefined
}

function unsigned(value: number): Bytes {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80)
  return Uint8Array.from([...bytes, rest])
}

function joined(parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
