import { PublicRegistration, type CitizenKind, type PublicRegistrationInput } from '@hotline/shared/public/registration'
import { reactive, watch } from 'vue'

export const STEPS = ['what', 'where', 'who', 'check'] as const
export type Step = (typeof STEPS)[number]
export type Privacy = 'open' | 'hidden' | 'anonymous'

export interface SubmitDraft {
  kind: CitizenKind | ''
  detail: string
  attachmentIds: string[]
  districtCode: string
  townCode: string
  villageCode: string
  /** So that the last step need not ask for it again. */
  villageName: string
  address: string
  location?: { lng: number; lat: number }
  number: string
  name: string
  privacy: Privacy
  isPublicAllowed: boolean
  isConsented: boolean
  /** What was sent last, and under which key: the same words asked again are the same submission. */
  attempt?: { text: string; key: string }
}

const KEPT = 'hotline.submit'
/** On a kiosk or a lent phone somebody else may come to the page that was left open. */
export const FORGOTTEN_MS = 30 * 60_000

const empty = (): SubmitDraft => ({
  kind: '',
  detail: '',
  attachmentIds: [],
  districtCode: '',
  townCode: '',
  villageCode: '',
  villageName: '',
  address: '',
  location: undefined,
  number: '',
  name: '',
  privacy: 'open',
  isPublicAllowed: false,
  isConsented: false,
  attempt: undefined,
})

function restored(): Partial<SubmitDraft> {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') as { at: number; draft: SubmitDraft } | null
    return kept && Date.now() - kept.at < FORGOTTEN_MS ? kept.draft : {}
  } catch {
    return {}
  }
}

let draft: SubmitDraft | undefined

/**
 * What is being written, in this tab of the browser only: it outlives a reload and a lost line, and is gone with the tab,
 * after half an hour's rest, and after the submission.
 */
export function useSubmitDraft(): SubmitDraft {
  if (!draft) {
    const fresh = reactive({ ...empty(), ...restored() })
    watch(fresh, (now) => keep(now), { deep: true, flush: 'sync' })
    draft = fresh
  }
  return draft
}

export function clearSubmitDraft(): void {
  Object.assign(useSubmitDraft(), empty())
  sessionStorage.removeItem(KEPT)
}

function keep(now: SubmitDraft): void {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ at: Date.now(), draft: now }))
  } catch {
    // A full or forbidden storage must not stop the writing.
  }
}

const CHANNEL = /MicroMessenger/i.test(navigator.userAgent) ? 'wechat' : 'website'
const said = (text: string): string | undefined => text.trim() || undefined

/** Without the pass of the photographs, which is no part of what is said. */
export function bodyOf(given: SubmitDraft, cityCode: string): PublicRegistrationInput {
  const isAnonymous = given.privacy === 'anonymous'
  return {
    channel: CHANNEL,
    caller: { number: said(given.number), name: isAnonymous ? undefined : said(given.name), isAnonymous },
    kind: given.kind as CitizenKind,
    detail: given.detail,
    regionCode: given.villageCode || given.townCode || given.districtCode || cityCode,
    address: said(given.address),
    location: given.location,
    confidentiality: given.privacy === 'hidden' ? 1 : 0,
    isPublicAllowed: given.isPublicAllowed,
    attachmentIds: [...given.attachmentIds],
  }
}

const FIELDS: Record<Step, readonly string[]> = {
  what: ['kind', 'detail', 'attachmentIds'],
  where: ['regionCode', 'address', 'location'],
  who: ['caller.number', 'caller.name', 'isConsented'],
  check: [],
}

export type Problems = Partial<Record<string, string>>

/** What is wrong in one step, by field, as the server would say it. */
export function problemsOf(given: SubmitDraft, step: Step, cityCode: string): Problems {
  const parsed = PublicRegistration.safeParse(bodyOf(given, cityCode))
  const problems: Problems = {}
  for (const { path, message } of parsed.error?.issues ?? []) {
    const field = path.join('.')
    if (FIELDS[step].includes(field)) problems[field] ??= message
  }
  if (step === 'who' && !given.isConsented) problems.isConsented = '请先勾选同意，我们才能用这些信息为您办理'
  return problems
}

/** Where a field of the server's answer is filled in. */
export function stepOfField(path: string): Step {
  return STEPS.find((step) => FIELDS[step].some((field) => path.startsWith(field))) ?? 'check'
}

/** The first step that is not yet right: nobody gets past it by an address. */
export function firstOpenStep(given: SubmitDraft, cityCode: string): Step {
  return STEPS.find((step) => Object.keys(problemsOf(given, step, cityCode)).length > 0) ?? 'check'
}
