/** Leads those who do not see the whole form to the first thing that is wrong with it. */
export function pointAtMark(form: HTMLElement | undefined): void {
  const mark = form?.querySelector<HTMLElement>('[role=alert]')
  mark?.scrollIntoView({ block: 'nearest' })
  mark?.closest('.field')?.querySelector<HTMLElement>('input, textarea')?.focus()
}
