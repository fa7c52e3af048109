import { shallowRef } from 'vue'

/** Photographs that were taken before their form was open: the next field for attachments takes them up. */
export const photosToCome = shallowRef<File[]>([])
