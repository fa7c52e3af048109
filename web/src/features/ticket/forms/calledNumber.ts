import { inject, provide, ref, type InjectionKey, type Ref } from 'vue'

const KEY: InjectionKey<Ref<string>> = Symbol('calledNumber')

/**
 * Page: remembers the caller's number, once it has been revealed there, for the form that asks which one was called.
 * In memory only; a page for another ticket provides anew.
 */
export function provideCalledNumber(): Ref<string> {
  const number = ref('')
  provide(KEY, number)
  return number
}

/** '' while nobody has revealed it. */
export function useCalledNumber(): Ref<string> {
  return inject(KEY, () => ref(''), true)
}
