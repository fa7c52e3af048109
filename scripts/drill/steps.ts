import { afterwardsStep, callbackStep } from './callbackSteps'
import { acceptedStep, consultingStep } from './dispatchSteps'
import { supervisionStep } from './oversightSteps'
import { CALLER, step, type Next, type Scene, type Step } from './step'
import { unitStep } from './unitSteps'

/** Who does what next; undefined when the ticket has come to its end. Looks at the ticket as it is, not at what was meant. */
export function nextStep(scene: Scene): Next | undefined {
  return supervisionStep(scene) ?? stepByStatus(scene)
}

function stepByStatus(scene: Scene): Next | undefined {
  const { view, todo, matterCode } = scene
  switch (view.status) {
    case 'registered': {
      const { title, regionCode } = view
      return step(todo.dispatcher, 'accept', { title, regionCode, matterCode: view.matterCode ?? matterCode })
    }
    case 'needInfo':
      return supplyInfo(scene)
    case 'accepted':
      return acceptedStep(scene)
    case 'merged':
      return joinStep(scene)
    case 'consulting':
      return consultingStep(scene)
    case 'dispatched':
    case 'handling':
    case 'unitReview':
      return unitStep(scene)
    case 'hotlineReview':
      return hotlineReview(scene)
    case 'callback':
      return callbackStep(scene)
    default:
      return afterwardsStep(scene)
  }
}

function supplyInfo({ todo, view }: Scene): Step {
  const facts = '补充：事发地在小区东门外，每天晚上八点以后最明显'
  const done = () => void (todo.asksInfo = undefined)
  if (todo.asksInfo === 'caller') return step(CALLER, 'supplyInfo', { facts }, done)
  const address = `${view.address ?? view.regionName}东门`.slice(0, 200)
  return step(todo.agent, 'supplyInfo', { facts, address }, done)
}

/** The caller of a merged ticket goes on to be heard; a merger that was a mistake is undone. */
function joinStep({ view, todo, joins, mainId }: Scene): Step | undefined {
  const done = () => void joins.shift()
  if (joins[0] === 'urge')
    return { ...step(CALLER, 'urge', { note: '事情还没有解决，请尽快处理' }, done), standsIn: mainId ?? view.id }
  if (joins[0] === 'unmerge') return step(todo.dispatcher, 'unmerge', { reason: '核实后不是同一事项' }, done)
  return undefined
}

function hotlineReview({ todo }: Scene): Step {
  if (todo.hotlineSendBacks === 0)
    return step(todo.dispatcher, 'reviewByHotline', { isPassed: true, opinion: '答复规范，转回访' })
  const input = { isPassed: false, opinion: '未回应诉求人的全部问题，请补充' }
  return step(todo.dispatcher, 'reviewByHotline', input, () => void (todo.hotlineSendBacks -= 1))
}
