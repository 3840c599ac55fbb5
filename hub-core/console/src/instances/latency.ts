/** 840 ms, 1.2 s */
export const took = (ms: number) => (ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`)

/** 850 µs, 12 ms, 1.2 s */
export const latency = (micros: number) => (micros < 1_000 ? `${micros} µs` : took(Math.round(micros / 1_000)))
