import { ElMessageBox } from 'element-plus'
import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useSession } from '../session/useSession'
import { useSay } from '../shared/useSay'
import type { Conversation } from './useConversation'

/** What the buttons and keys of a conversation do: asks where it matters, and says what came of it. */
export function useActions(conversation: Conversation, taken: () => void) {
  const { t } = useI18n()
  const { may } = useSession()
  const { done, failed, warn } = useSay()
  const busy = ref(false)

  async function run(action: () => Promise<void>, told?: string): Promise<void> {
    if (busy.value) return
    busy.value = true
    try {
      await action()
      if (told) done(told)
    } catch (failure) {
      failed(failure)
    } finally {
      busy.value = false
    }
  }

  const sure = (title: string, text: string, yes: string, type?: 'warning') =>
    ElMessageBox.confirm(text, title, {
      confirmButtonText: yes,
      cancelButtonText: t('shell.common.cancel'),
      ...(type ? { type } : {}),
    }).then(
      () => true,
      () => false,
    )

  async function take(): Promise<void> {
    const about = conversation.detail.value
    if (!about || conversation.mine.value) return
    if (about.mode !== 'agent') return takeIt(false)
    const name = about.assignee?.name ?? t('shell.somebody')
    if (!may.value.force) {
      warn(t('conversation.hasIt', { name }))
      return
    }
    if (
      await sure(
        t('conversation.takeOver'),
        t('conversation.takeOverText', { name }),
        t('conversation.takeOverYes'),
        'warning',
      )
    ) {
      await takeIt(true)
    }
  }

  const takeIt = (force: boolean) =>
    run(async () => {
      await conversation.take(force)
      taken()
    })

  async function handBack(): Promise<void> {
    if (conversation.mine.value) await run(conversation.handBack, t('conversation.handedBack'))
  }

  async function close(): Promise<void> {
    if (!conversation.mine.value) return
    if (await sure(t('conversation.closeTitle'), t('conversation.closeText'), t('conversation.close'))) {
      await run(conversation.close, t('conversation.closed'))
    }
  }

  return { busy, take, handBack, close }
}

export type Actions = ReturnType<typeof useActions>
