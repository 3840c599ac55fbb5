import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js'

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
)

/** One row of numbers over the places of a plot. */
export interface Series {
  name: string
  /** One of the look's colours, such as `--accent`. */
  colour: string
  values: (number | undefined)[]
}

export interface PlotData {
  kind: 'bars' | 'lines'
  places: string[]
  series: Series[]
  format: (value: number) => string
}

const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** Draws into a canvas, in the colours of the moment. */
export function draw(canvas: HTMLCanvasElement, { kind, places, series, format }: PlotData): Chart {
  const bars = kind === 'bars'
  const font = { family: colour('--font') }
  return new Chart(canvas, {
    type: bars ? 'bar' : 'line',
    data: {
      labels: places,
      datasets: series.map((one) => ({
        label: one.name,
        data: one.values.map((value) => value ?? null),
        backgroundColor: colour(one.colour),
        borderColor: colour(one.colour),
        borderWidth: bars ? 0 : 2,
        borderRadius: bars ? 3 : 0,
        maxBarThickness: 28,
        pointRadius: places.length > 40 ? 0 : 2,
        spanGaps: true,
      })),
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      interaction: { mode: 'index', intersect: false },
      plugins: {
        tooltip: {
          callbacks: { label: (item) => `${item.dataset.label ?? ''}: ${format(Number(item.raw))}` },
          titleFont: font,
          bodyFont: font,
        },
      },
      scales: {
        x: {
          stacked: bars,
          grid: { display: false },
          ticks: { color: colour('--ink-3'), font, maxRotation: 0, autoSkipPadding: 16 },
        },
        y: {
          stacked: bars,
          beginAtZero: true,
          border: { display: false },
          grid: { color: colour('--line') },
          ticks: { color: colour('--ink-3'), font, maxTicksLimit: 5, callback: (value) => format(Number(value)) },
        },
      },
    },
  })
}
