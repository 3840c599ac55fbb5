import { describe, expect, it } from 'vitest'
import { safeHref, segments } from '../src/chat/links'

const links = (text: string) => segments(text).filter((piece) => piece.href).map((piece) => piece.text)

describe('links in a text', () => {
  it('are found between Chinese and Latin words', () => {
    expect(links('请看https://songlin.example/returns。谢谢')).toEqual(['https://songlin.example/returns'])
    expect(links('see (https://a.example/b_(c)), or mailto:help@a.example!')).toEqual(['https://a.example/b_(c)', 'mailto:help@a.example'])
    expect(links('call tel:+8613800138000.')).toEqual(['tel:+8613800138000'])
  })

  it('lead nowhere else', () => {
    for (const text of ['javascript:alert(1)', 'data:text/html,x', 'https://', 'mailto:', 'https://user:word@evil.example/', 'vbscript:x', 'file:///etc/passwd']) {
      expect(links(text)).toEqual([])
      expect(safeHref(text)).toBeUndefined()
    }
  })

  it('lose nothing of the text', () => {
    const text = 'a <b>https://x.example</b> & "mailto:q@x.example" <script>alert(1)</script>'
    expect(segments(text).map((piece) => piece.text).join('')).toBe(text)
  })
})
