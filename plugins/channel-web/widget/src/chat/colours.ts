/** Uses the channel's colour, with a text colour on it that can be read. */
export function paint(root: HTMLElement, color: string): void {
  if (!/^#[0-9a-f]{6}$/i.test(color)) return
  root.style.setProperty('--accent', color)
  root.style.setProperty('--on-accent', luminance(color) > 0.36 ? '#10201d' : '#ffffff')
}

export function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
