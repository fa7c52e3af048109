import { inject, provide, ref, type InjectionKey, type Ref } from 'vue'

const KEY: InjectionKey<Ref<string | undefined>> = Symbol('callTarget')

/** Page: whose answer the callback form is about, when several callers' tickets were merged; undefined: the first one's. */
export function provideCallTarget(target: Ref<string | undefined>): void {
  provide(KEY, target)
}

export function useCallTarget(): Ref<string | undefined> {
  return inject(KEY, () => ref(undefined), true)
}

const TALK: InjectionKey<Ref<Date | undefined>> = Symbol('talkSince')

/** Page: since when the officer speaks with him; undefined where nobody knows. */
export function provideTalkSince(since: Ref<Date | undefined>): void {
  provide(TALK, since)
}

export function useTalkSince(): Ref<Date | undefined> {
  return inject(TALK, () => ref(undefined), true)
}

/** Each caller's answers are a draft of their own. */
export function draftIdOf(ticketId: string, target: string | undefined): string {
  return target ? `${ticketId}:${target}` : ticketId
}
