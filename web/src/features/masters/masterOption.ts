/** One choice of a picker. `label` stands in the closed control, `name` and `where` in the list. */
export interface MasterOption {
  value: string
  label: string
  name: string
  where?: string
}
