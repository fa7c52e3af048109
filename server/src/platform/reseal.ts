/** A place in the database where sealed values stand: how to find them, and what each is bound to. */
export interface SealedPlace<T extends { _id: string } = { _id: string }> {
  collection: string
  /** For the progress of a change of keys, in Chinese. */
  label: string
  projection: Record<string, 1>
  valuesOf(document: T): { path: string; value: string; context: string }[]
}
