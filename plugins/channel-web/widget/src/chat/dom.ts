type Child = Node | string | undefined | false

/** Makes an element; texts become text nodes and nothing else. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, value)
  }
  element.append(...children.filter((child): child is Node | string => child !== undefined && child !== false))
  return element
}

const PATHS = {
  send: 'M3.4 20.4 21 12 3.4 3.6l-.01 6.53L15 12 3.39 13.87z',
  attach: 'M16.5 6.5v10a4.5 4.5 0 0 1-9 0V6a3 3 0 0 1 6 0v9.5a1.5 1.5 0 0 1-3 0V7H9v8.5a3 3 0 0 0 6 0V6a4.5 4.5 0 0 0-9 0v10.5a6 6 0 0 0 12 0v-10z',
  close: 'M7.4 8.6 12 13.2l4.6-4.6L18 10l-6 6-6-6z',
  person: 'M12 12a4 4 0 1 0-4-4 4 4 0 0 0 4 4zm0 2c-3.3 0-8 1.7-8 5v1h16v-1c0-3.3-4.7-5-8-5z',
  bot: 'M12 2a1.5 1.5 0 0 1 .75 2.8V6H16a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3h-2.6L10 21v-3H8a3 3 0 0 1-3-3V9a3 3 0 0 1 3-3h3.25V4.8A1.5 1.5 0 0 1 12 2zM9.2 10.4a1.3 1.3 0 1 0 1.3 1.3 1.3 1.3 0 0 0-1.3-1.3zm5.6 0a1.3 1.3 0 1 0 1.3 1.3 1.3 1.3 0 0 0-1.3-1.3z',
  file: 'M6 2h8l5 5v13a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2zm7 1.5V8h4.5z',
  reply: 'M10 8.5V4.6L2.8 11.8l7.2 7.2v-4c5 0 8.5 1.6 11 5.1-1-5-4-10.6-11-11.6z',
  up: 'M2 21h3.5V9.5H2zm20-10.6c0-1-.8-1.9-1.9-1.9h-5.8l.9-4.2v-.3c0-.4-.2-.8-.4-1L13.7 2 7.6 8.2c-.4.3-.6.8-.6 1.3V19c0 1.1.8 2 1.9 2h8.4c.8 0 1.5-.5 1.8-1.2l2.8-6.6c.1-.2.1-.5.1-.7z',
  down: 'M22 3h-3.5v11.5H22zM2 13.6c0 1 .8 1.9 1.9 1.9h5.8l-.9 4.2v.3c0 .4.2.8.4 1l1.1 1 6.1-6.2c.4-.3.6-.8.6-1.3V5c0-1.1-.8-2-1.9-2H6.7c-.8 0-1.5.5-1.8 1.2l-2.8 6.6c-.1.2-.1.5-.1.7z',
  star: 'm12 2.6 2.9 5.9 6.5.95-4.7 4.6 1.1 6.5L12 17.5l-5.8 3.05 1.1-6.5-4.7-4.6 6.5-.95z'
}

/** A small picture that says nothing to a screen reader. */
export function icon(name: keyof typeof PATHS): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', PATHS[name])
  path.setAttribute('fill-rule', 'evenodd')
  svg.append(path)
  return svg
}
