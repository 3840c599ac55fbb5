import { describe, expect, it } from 'vitest'
import { decoded, merged } from '../src/instances/listFile'

describe('a list and a file', () => {
  it('are put together: what is there stays, and nothing is there twice', () => {
    expect(merged('外挂,cheat,3\n笨蛋', '笨蛋\r\n\r\n 限时,advert \n外挂,cheat,3\n限时,advert')).toEqual({
      text: '外挂,cheat,3\n笨蛋\n限时,advert',
      added: 1,
      known: 3,
    })
    expect(merged('', '')).toEqual({ text: '', added: 0, known: 0 })
  })

  it('are read in either encoding, without the mark at the beginning', () => {
    expect(decoded(new TextEncoder().encode('\ufeff词,类别').buffer)).toBe('词,类别')
    expect(decoded(new Uint8Array([0xb1, 0xbf, 0xb5, 0xb0]).buffer)).toBe('笨蛋')
  })
})
