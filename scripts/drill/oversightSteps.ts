import { inHours, leadOf, step, type Scene, type Step } from './step'

/** What is supervised is answered and closed; what hangs on a suspension only when the work goes on again. */
export function supervisionStep({ view }: Scene): Step | undefined {
  if (view.status === 'archived') return undefined
  const open = view.supervisions?.find(
    ({ closedAt, trigger }) => !closedAt && !(trigger === 'suspended' && view.suspension),
  )
  if (!open) return undefined
  const { id: supervisionId, unitId, by, answers } = open
  if (unitId && answers.length === 0) {
    const answer = '已专题研究，明确专人负责，限期解决'
    return step(`clerk@${unitId}`, 'answerSupervision', { supervisionId, answer })
  }
  const isOfHotline = by.unitId === unitId || !by.unitId || by.unitId.includes('12345') || open.form === 'instruction'
  const as = isOfHotline ? 'supervisor1' : `lead@${by.unitId}`
  return step(as, 'closeSupervision', { supervisionId, result: '已按督办要求落实，予以销号' })
}

/** While the lead works on it: who looks over its shoulder. */
export function oversightStep(scene: Scene): Step | undefined {
  const { view, todo, world } = scene
  const lead = leadOf(view)
  const deadline = inHours(scene, 48)
  if (view.pendingAppeal)
    return step(
      'supervisor1',
      'judgeCallback',
      { verdict: todo.appeals ?? 'upheld', reason: '已调取录音和现场记录核对' },
      () => {
        todo.appeals = undefined
      },
    )
  if (todo.appeals && view.reworkCount > 0 && lead)
    return step(`lead@${lead.unitId}`, 'appealCallback', { reason: '已按标准办结，诉求人要求超出政策规定' })
  if (todo.escalates && view.reworkCount >= 3)
    return step('supervisor1', 'escalate', { requirement: '三次重办未解决，请属地政府牵头解决', deadline }, () => {
      todo.escalates = false
    })
  if (todo.instructs)
    return step('cityleader', 'instruct', { instruction: '请承办单位举一反三，彻底解决', deadline }, () => {
      todo.instructs = false
    })
  if (!todo.supervises || !lead) return undefined
  const superior = todo.supervises === 'superior' ? world.superiorOf(lead.unitId) : undefined
  const given = { form: 'written', trigger: 'unsolved', requirement: '请三日内解决并回告', deadline } as const
  return step(
    superior ? `lead@${superior}` : 'supervisor1',
    'supervise',
    given,
    () => void (todo.supervises = undefined),
  )
}
