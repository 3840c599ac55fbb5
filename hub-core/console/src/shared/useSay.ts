import { ElMessage } from 'element-plus'
import { useI18n } from 'vue-i18n'
import { Refused, Unreachable } from './api/http'

/** Tells people what was done and what went wrong. */
export function useSay() {
  const { t, te } = useI18n()

  function textOf(failure: unknown): string {
    if (failure instanceof Unreachable) return t('shell.problems.unreachable')
    if (!(failure instanceof Refused)) return t('shell.problems.internal')
    if (failure.code === 'taken') {
      return t('shell.problems.taken', { name: failure.problem.assignee?.name ?? t('shell.somebody') })
    }
    if (failure.code === 'too-many') return t('shell.problems.too-many', { seconds: failure.retryAfter ?? 30 })
    if (failure.code === 'invalid' || failure.code === 'bad-request' || failure.code === 'bad-json') {
      return failure.problem.detail ?? failure.problem.title
    }
    // Most conflicts are of two people at one thing; the others say what is in the way.
    if (failure.code === 'conflict' && failure.problem.detail) return failure.problem.detail
    const key = `shell.problems.${failure.code}`
    return te(key) ? t(key) : (failure.problem.detail ?? failure.problem.title)
  }

  return {
    textOf,
    done: (message: string) => ElMessage({ message, type: 'success', grouping: true, duration: 2_500 }),
    failed: (failure: unknown) =>
      ElMessage({ message: textOf(failure), type: 'error', grouping: true, duration: 6_000, showClose: true }),
    warn: (message: string) =>
      ElMessage({ message, type: 'warning', grouping: true, duration: 5_000, showClose: true }),
  }
}
