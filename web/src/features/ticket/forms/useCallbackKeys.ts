import type { Ref } from 'vue'
import { useKeys, type KeyAction, type KeyMap } from '../../../platform/keys'
import type { Option, Question } from './callbackQuestions'

interface Desk {
  questions: Readonly<Ref<Question[]>>
  current: Ref<Question['id'] | undefined>
  pick: (id: Question['id'], value: Option['value']) => void
  writeRemark: () => void
  send: () => void
  /** Whether one Enter is enough now: all is answered, or one answer is for all three. */
  mayFinish: () => boolean
  finish: () => void
}

const LETTERS: Record<string, string> = { y: '是 / 已解决 / 合理', p: '部分解决', n: '否 / 未解决 / 不合理' }

/** The conversation by keys: each answers the current question and brings the next. */
export function useCallbackKeys({ questions, current, pick, writeRemark, send, mayFinish, finish }: Desk): void {
  const question = () => questions.value.find(({ id }) => id === current.value)
  const optionOf = (key: string) => question()?.options.find((option) => option.key === key)
  const isMultiple = () => question()?.isMultiple === true
  const answer = (key: string, label: string): KeyAction => ({
    label,
    when: () => optionOf(key) !== undefined,
    run: () => {
      const option = optionOf(key)
      if (option && current.value) pick(current.value, option.value)
    },
  })
  const move = (step: number): void => {
    const index = questions.value.findIndex(({ id }) => id === current.value)
    const from = index < 0 ? questions.value.length : index
    current.value = questions.value[Math.min(Math.max(from + step, 0), questions.value.length - 1)]?.id
  }
  /** A pressed button or link has its own Enter. */
  const isBusy = () => document.activeElement?.matches('input, textarea, button, a') ?? false
  const isWriting = () => document.activeElement instanceof HTMLTextAreaElement

  const keys: KeyMap = {
    ...Object.fromEntries(Object.entries(LETTERS).map(([key, label]) => [key, answer(key, label)])),
    ...Object.fromEntries(
      ['5', '4', '3', '2', '1', '0', '6', '7'].map((key) => [
        key,
        answer(
          key,
          key === '0' ? '不评价 / 未表态' : key > '5' ? `第 ${key} 项原因` : `${key} 分（或第 ${key} 项原因）`,
        ),
      ]),
    ),
    Enter: {
      label: '原因选完下一题；三项同评、都问完时提交',
      when: () => !isBusy() && (isMultiple() || mayFinish()),
      run: () => (isMultiple() ? move(1) : finish()),
    },
    ArrowUp: { label: '上一题', when: () => !isWriting(), run: () => move(-1) },
    ArrowDown: { label: '下一题', when: () => !isWriting(), run: () => move(1) },
    'Ctrl+Enter': { label: '提交回访结果', run: send },
    r: { label: '记诉求人原话（Esc 离开）', run: writeRemark },
  }
  useKeys(keys)
}
