import type { FieldError } from '@hotline/shared/error'

/** What is wrong with a field, or '' (which is what a form item takes for "nothing"). */
export function errorAt(errors: readonly FieldError[], path: string): string {
  return errors
    .filter((error) => error.path === path)
    .map((error) => error.message)
    .join('；')
}
