/** Addresses of the public pages, which are a small page of their own; all others are the console's. */
export const isPublicPath = (path: string): boolean => /^\/(public|progress)(\/|$)/.test(path)
