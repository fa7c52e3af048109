import { inject, provide, ref, type InjectionKey, type Ref } from 'vue'

const KEY: InjectionKey<Ref<string>> = Symbol('calledNumber')

/** Page: the caller's number, once it has been revealed there. In memory only, and only for the ticket on the screen. */
export function provideCalledNumber(): Ref<string> {
  const number = ref('')
  provide(KEY, number)
  return number
}

/** Form: the number to propose as the one that was called; '' when nobody has revealed it. */
export function useCalledNumber(): Readonly<Ref<string>> {
  return inject(KEY, () => ref(''), true)
}
