import type { ZoneEntry } from '../region'

/**
 * The three functional zones (功能区) of 滨州, written by hand: the standard codes do not know them. Each took its streets
 * over from the county whose code they still carry. `371681003 高新街道` is 邹平's and in no zone.
 */
export const ZONES: readonly ZoneEntry[] = [
  {
    code: '371600Z01',
    name: '经济技术开发区',
    initials: 'jjjskfq',
    members: ['371602010', '371602011', '371602012'],
  },
  {
    code: '371600Z02',
    name: '高新技术产业开发区',
    initials: 'gxjscykfq',
    members: ['371602007', '371602013'],
  },
  { code: '371600Z03', name: '北海经济开发区', initials: 'bhjjkfq', members: ['371623105'] },
]
