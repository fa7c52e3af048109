import { hasRole, type Actor } from '../actor'
import { AppError } from '../error'
import { UNIT_ROLES } from '../user/roles'
import type { UnitTree } from '../unit/unit'
import type { KnowledgeArticle } from './article'
import { KNOWLEDGE_ACT_LABELS, KNOWLEDGE_ACTS, type KnowledgeAct, type KnowledgeDesk } from './inputs'
import { KNOWLEDGE_KEEPERS, KNOWLEDGE_PROPOSERS, KNOWLEDGE_READERS } from './roles'

type Judged = Pick<KnowledgeArticle, 'state' | 'current' | 'work'>
type Units = Pick<UnitTree, 'isWithin'>

const isKeeper = (actor: Actor) => hasRole(actor, ...KNOWLEDGE_KEEPERS)

/** Of the hotline's own house: may write about every unit's duties. */
function isOfHotline(actor: Actor): boolean {
  return hasRole(actor, ...KNOWLEDGE_PROPOSERS.filter((role) => !UNIT_ROLES.includes(role)))
}

/** May write an article for which this unit answers. */
export function mayProposeFor(unitId: string, actor: Actor, units: Units): boolean {
  return isOfHotline(actor) || (hasRole(actor, ...KNOWLEDGE_PROPOSERS) && units.isWithin(unitId, actor.unitId))
}

/** Its words before they are published: the author, the keepers, and the unit that answers for it. */
export function maySeeWork({ work }: Judged, actor: Actor, units: Units): boolean {
  if (!work) return false
  const isOwnUnit = hasRole(actor, ...UNIT_ROLES) && units.isWithin(work.content.unitId, actor.unitId)
  return work.author.userId === actor.userId || isKeeper(actor) || isOwnUnit
}

export function mayReadArticle(article: Judged, actor: Actor, units: Units): boolean {
  if (!hasRole(actor, ...KNOWLEDGE_READERS)) return false
  return article.current !== undefined || maySeeWork(article, actor, units)
}

type Refusal = readonly ['forbidden' | 'illegalTransition' | 'ruleViolated', string]

const isOpen = ({ work }: Judged) => work?.status === 'draft' || work?.status === 'sentBack'
const notAuthor: Refusal = ['forbidden', '只有起草人可以修改、送审或放弃']
const notKeeper: Refusal = ['forbidden', '只有知识库管理员和热线主任可以审核、发布、撤回和复核']

function ofAuthor(when: (article: Judged) => boolean, otherwise: string) {
  return (article: Judged, actor: Actor): Refusal | undefined => {
    if (!when(article)) return ['illegalTransition', otherwise]
    return article.work?.author.userId === actor.userId ? undefined : notAuthor
  }
}

function ofReviewer(article: Judged, actor: Actor): Refusal | undefined {
  if (!isKeeper(actor)) return notKeeper
  if (article.work?.status !== 'review') return ['illegalTransition', '不在待审核中']
  return article.work.author.userId === actor.userId ? ['ruleViolated', '起草人不得审核自己的条目'] : undefined
}

function ofKeeper(article: Judged, actor: Actor): Refusal | undefined {
  if (!isKeeper(actor)) return notKeeper
  return article.state === 'published' ? undefined : ['illegalTransition', '条目没有在发布中']
}

/** Who may do what, and when: the routes obey it, and the buttons come of it. */
const RULES: Record<KnowledgeAct, (article: Judged, actor: Actor, units: Units) => Refusal | undefined> = {
  save: ofAuthor(isOpen, '不是可以修改的草稿'),
  submit: ofAuthor(isOpen, '不是可以送审的草稿'),
  discard: ofAuthor(isOpen, '没有可以放弃的草稿'),
  recall: ofAuthor(({ work }) => work?.status === 'review', '不在待审核中'),
  publish: ofReviewer,
  sendBack: ofReviewer,
  revise: ({ current, work }, actor, units) => {
    if (!current) return ['illegalTransition', '条目还没有发布过']
    if (!mayProposeFor(current.content.unitId, actor, units)) return ['forbidden', '只能修订本单位职责内的条目']
    return work ? ['illegalTransition', `${work.author.name} 正在修订这一条`] : undefined
  },
  withdraw: ofKeeper,
  renew: ofKeeper,
}

export function knowledgeActsOf(article: Judged, actor: Actor, units: Units): KnowledgeAct[] {
  return KNOWLEDGE_ACTS.filter((act) => !RULES[act](article, actor, units))
}

/** @throws AppError forbidden, illegalTransition, ruleViolated */
export function assertKnowledgeAct(act: KnowledgeAct, article: Judged, actor: Actor, units: Units): void {
  const refusal = RULES[act](article, actor, units)
  if (refusal) throw new AppError(refusal[0], `不能${KNOWLEDGE_ACT_LABELS[act]}：${refusal[1]}`)
}

/** The desks that somebody has. Where a unit may write, what is to be gone through again is its own. */
export function knowledgeDesksOf(actor: Actor): (KnowledgeDesk | 'feedback')[] {
  const desks: (KnowledgeDesk | 'feedback')[] = []
  if (hasRole(actor, ...KNOWLEDGE_READERS)) desks.push('all')
  if (hasRole(actor, ...KNOWLEDGE_PROPOSERS)) desks.push('mine')
  if (isKeeper(actor)) desks.push('review', 'due', 'feedback')
  else if (hasRole(actor, 'clerk', 'unitLead', 'unitHead')) desks.push('due')
  return desks
}

/** Sees and clears what stands on everybody's desks. */
export function keepsKnowledge(actor: Actor): boolean {
  return isKeeper(actor)
}
