import { shallowRef } from 'vue'
import { get, post, remove, type Body } from '../shared/api/http'
import type { ApiToken } from '../shared/api/types'
import { useLoad } from '../shared/parts/useLoad'

export type NewToken = Body<'/api/tokens', 'post'>

/** What other programs call with. */
export function useTokens() {
  const tokens = shallowRef<ApiToken[]>([])
  const { loading, failure, load } = useLoad(
    () => get('/api/tokens'),
    (answer) => (tokens.value = answer.tokens),
  )

  return {
    tokens,
    loading,
    failure,
    load,
    /** The secret is told this once. */
    async make(body: NewToken): Promise<string> {
      const made = await post('/api/tokens', { body })
      tokens.value = [made.token, ...tokens.value]
      return made.secret
    },
    async revoke(id: string): Promise<void> {
      const revoked = await remove('/api/tokens/{id}', { id })
      tokens.value = tokens.value.map((token) => (token.id === id ? revoked : token))
    },
  }
}
