/** What a page may keep. */
export interface Keeper {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
  key(index: number): string | null
  readonly length: number
}

/** A keeper for browsers that allow none: good until the page is closed. */
export class MemoryKeeper implements Keeper {
  private readonly items = new Map<string, string>()

  get length(): number {
    return this.items.size
  }

  getItem(key: string): string | null {
    return this.items.get(key) ?? null
  }

  setItem(key: string, value: string): void {
    this.items.set(key, value)
  }

  removeItem(key: string): void {
    this.items.delete(key)
  }

  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null
  }
}

/** The browser's storage if it works, else memory. */
export function browserKeeper(): Keeper {
  try {
    const probe = 'hubchat.probe'
    localStorage.setItem(probe, '1')
    localStorage.removeItem(probe)
    return localStorage
  } catch {
    return new MemoryKeeper()
  }
}

/** One channel's share of a keeper. A full storage is no reason not to chat. */
export class Box {
  constructor(
    private readonly keeper: Keeper,
    readonly prefix: string
  ) {}

  read(key: string): string | undefined {
    return this.keeper.getItem(this.prefix + key) ?? undefined
  }

  write(key: string, value: string): void {
    try {
      this.keeper.setItem(this.prefix + key, value)
    } catch {
      // Full: the chat goes on, a reload forgets.
    }
  }

  remove(key: string): void {
    this.keeper.removeItem(this.prefix + key)
  }

  readJson<T>(key: string): T | undefined {
    try {
      return JSON.parse(this.read(key) ?? 'null') ?? undefined
    } catch {
      return undefined
    }
  }

  writeJson(key: string, value: unknown): void {
    this.write(key, JSON.stringify(value))
  }

  keys(start: string): string[] {
    const keys: string[] = []
    for (let i = 0; i < this.keeper.length; i++) {
      const key = this.keeper.key(i)
      if (key?.startsWith(this.prefix + start)) keys.push(key.slice(this.prefix.length))
    }
    return keys
  }
}
