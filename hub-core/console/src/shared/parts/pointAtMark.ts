/** Leads those who do not see the whole form to the first thing that is wrong with it. */
export function pointAtMark(form: HTMLElement | undefined): void {
  const mark = form?.querySelector<HTMLElement>('[role=alert]')
  const field = mark?.closest('.field')
  field?.querySelector<HTMLElement>('input, textarea')?.focus()
  const shown = field ?? mark
  shown?.scrollIntoView({ block: 'nearest' })
}
