import { button, type ButtonTexts } from './button'
import { languages } from './languages'

/** The button's words, as an admin names them beside those of the chat. */
export type NamedButtonTexts = { [Name in keyof ButtonTexts as `button${Capitalize<Name>}`]: string }

function named(tag: string): Record<string, string> {
  const { open, close, title, unread } = button[tag]!
  const ofButton: NamedButtonTexts = { buttonOpen: open, buttonClose: close, buttonTitle: title, buttonUnread: unread }
  return { ...ofButton, ...languages[tag] }
}

/** Every text by language and name: what an admin may put other words in the place of. */
export const namedTexts = Object.fromEntries(Object.keys(languages).map((tag) => [tag, named(tag)]))
